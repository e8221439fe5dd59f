/**
 * How does an edit reach the server exactly once? It is kept first, then sent in order, one request at a time, by one tab at
 * a time, until the server has judged it. `op_id` makes sending twice harmless; a refused one steps aside and is shown.
 */
import { alone } from "./alone.js";
import { OfflineError, Refused, SignedOut } from "./api.js";

/** @typedef {import("../core/types.js").Operation} Operation */
/** @typedef {import("./outbox.js").Row} Row */
/** @typedef {{problem: "signed_out"|"other_person"|"offline"|null, flying: boolean, waiting: number, refused: Row[], unkept: boolean}} QueueState */

const BATCH = 20;
/** So many 500s in a row, and operations go one by one; so many more, and the one that the server fails on steps aside. */
const SUSPECT = 3;
const GUILTY = 6;

export const TIMING = { firstWait: 600, longestWait: 30_000 };

export class Queue {
  /**
   * @param {{api: import("./api.js").Api, sha256: string, outbox: import("./outbox.js").Outbox, store: import("../core/store.js").Store,
   *   lock: string, timing?: typeof TIMING, onState: (state: QueueState) => void, onChange: () => void,
   *   onClosed: () => void, onMissing: () => Promise<boolean>, onSteps: (steps: import("../core/replica.js").Step[]) => Promise<void>}} options
   *   `onChange` is called when rows have come or gone, `onClosed` when the set takes no edits; `onSteps` takes in what the
   *   server has confirmed, `onMissing` asks it for what is missing and says whether it answered
   */
  constructor({ timing = TIMING, ...options }) {
    Object.assign(this, options);
    this.timing = timing;
    this.wait = timing.firstWait;
    this.timer = 0;
    this.crashes = 0;
    /** @type {QueueState["problem"]} */
    this.problem = null;
    /** @type {Row[]} */
    this.refused = [];
    /** @type {Set<string>} held against what others have done since their author saw the set */
    this.looked = new Set();
    /** From which version on the steps of others are known to the store. */
    this.floor = this.store.replica.version;
    /** @type {Promise<void>|null} */
    this.flight = null;
    this.stopped = false;
    /** Whether what earlier visits left has been read. */
    this.begun = false;
  }

  /** @param {{operation: Operation, about: import("./outbox.js").About}[]} made what has just been applied to the store */
  push(made) {
    if (!made.length) return;
    for (const { operation } of made) this.looked.add(operation.op_id);
    this.outbox.add(made, this.store.replica.version);
    this.kick();
  }

  /** Reads what waits, whoever put it there, and shows it. @returns {Promise<Row[]>} what is to be sent */
  async refresh() {
    const { replica } = this.store;
    let rows = await this.outbox.load();
    if (this.#vanished(rows) || replica.acknowledged.size) {
      // Another tab has sent it, or discarded it: the server knows, and until it has said so nothing more is built on it.
      if (!(await this.onMissing())) throw new OfflineError("steps of the server are missing");
      rows = await this.outbox.load();
    }
    this.begun = true;
    this.refused = rows.filter(({ refusal }) => refusal);
    const waiting = rows.filter(({ refusal }) => !refusal);
    // What was let wait again has been made with the conflict seen.
    for (const { op_id, seen } of waiting) if (seen >= replica.conflicted.get(op_id)) replica.conflicted.delete(op_id);
    this.store.setWaiting(waiting.map(({ operation }) => operation), new Map(waiting.map(({ op_id, seen }) => [op_id, seen])));
    // The reply was lost, and the history tells that the server holds it; even one that was refused when sent before.
    const held = rows.filter(({ op_id }) => replica.absorbed.has(op_id)).map(({ op_id }) => op_id);
    this.refused = this.refused.filter(({ op_id }) => !held.includes(op_id));
    if (held.length) await this.outbox.settle({ gone: held, seen: this.#seen() });
    this.say();
    return waiting.filter(({ op_id }) => !held.includes(op_id) && !replica.conflicted.has(op_id));
  }

  /** @returns {import("./outbox.js").Seen} what has been held against all that others did */
  #seen() {
    const { version, waiting } = this.store.replica;
    return { version, ids: new Set(waiting.map(({ op_id }) => op_id).filter((id) => this.looked.has(id))) };
  }

  /** @param {Row[]} rows @returns {boolean} whether something waits here that is kept nowhere any more */
  #vanished(rows) {
    const known = new Set(rows.map(({ op_id }) => op_id));
    return this.store.replica.waiting.some(({ op_id }) => !known.has(op_id));
  }

  /** Tries at once, whatever it was waiting for. */
  retry() {
    this.wait = this.timing.firstWait;
    this.kick();
  }

  /** Sends what waits, unless that is under way. */
  kick() {
    clearTimeout(this.timer);
    this.again = true;
    if (!this.flight && !this.stopped) this.flight = this.#fly();
    this.say();
  }

  /** @returns {Promise<boolean>} once nothing is under way; whether the server holds everything */
  async settled() {
    await this.outbox.writing;
    this.kick();
    while (this.flight) await this.flight;
    return (await this.outbox.load()).length === 0;
  }

  /** @param {string} id lets a refused operation wait again */
  async retryOne(id) {
    await this.outbox.retry(id, this.store.replica.version);
    this.onChange();
    this.kick();
  }

  /** @param {string} id forgets a refused operation */
  async discard(id) {
    await this.outbox.settle({ gone: [id] });
    this.onChange();
  }

  /** @param {Operation[]} operations @param {import("./outbox.js").Refusal} refusal takes them out of what is sent */
  async refuse(operations, refusal) {
    await this.outbox.settle({ refused: new Map(operations.map(({ op_id }) => [op_id, refusal])) });
    this.onChange();
  }

  async #fly() {
    try {
      while (this.again && !this.stopped) {
        this.again = false;
        await alone(this.lock, () => this.#drain());
      }
    } finally {
      this.flight = null;
      this.say();
    }
  }

  async #drain() {
    try {
      for (;;) {
        if (this.stopped) return;
        const rows = await this.#lookedAt(await this.refresh());
        if (!rows.length || this.stopped) return;
        await this.#send(rows.slice(0, this.crashes >= SUSPECT ? 1 : BATCH));
        this.crashes = 0;
        this.wait = this.timing.firstWait;
        this.problem = null;
      }
    } catch (error) {
      if (error instanceof SignedOut) this.problem = error.other ? "other_person" : "signed_out";
      else this.problem = "offline";
      this.#later();
      if (!(error instanceof OfflineError) && !(error instanceof SignedOut)) throw error;
    }
  }

  /** Holds rows of earlier visits and other tabs against what others did since. @param {Row[]} rows @returns {Promise<Row[]>} what may be sent */
  async #lookedAt(rows) {
    const fresh = rows.filter(({ op_id }) => !this.looked.has(op_id));
    if (!fresh.length) return rows;
    await this.#know(Math.min(...fresh.map(({ seen }) => seen)), new Set(rows.map(({ op_id }) => op_id)));
    const { replica } = this.store;
    const late = replica.conflicts(fresh.map(({ operation }) => operation), replica.foreign);
    for (const { op_id } of fresh) this.looked.add(op_id);
    if (late.length) await this.refuse(late, { reason: "changed_since", detail: "" });
    return rows.filter(({ operation }) => !late.includes(operation));
  }

  /** Reads the history from `since` up to where the store's begins. @param {number} since @param {Set<string>} mine */
  async #know(since, mine) {
    const { replica } = this.store;
    const older = [];
    for (let from = since; from < this.floor; ) {
      const { revisions } = await this.api.news(from);
      if (!revisions.length) break;
      older.push(...revisions.filter(({ version }) => version <= this.floor));
      from = revisions.at(-1).version;
    }
    for (const { op_id } of older) if (mine.has(op_id)) replica.absorbed.add(op_id);
    replica.foreign.unshift(...older.filter(({ op_id }) => !mine.has(op_id)));
    this.floor = Math.min(this.floor, since);
  }

  /** @param {Row[]} rows */
  async #send(rows) {
    // What has met an edit of others in the last moment is not sent any more.
    const batch = rows.filter(({ op_id }) => !this.store.replica.conflicted.has(op_id));
    if (!batch.length) return;
    const operations = batch.map(({ operation }) => operation);
    const since = this.store.replica.version;
    try {
      const verdicts = await this.api.post({ text_sha256: this.sha256, since, operations });
      if (!this.stopped) await this.#judged(operations, verdicts);
    } catch (error) {
      if (error instanceof Refused) await this.#refusedWhole(batch, error);
      else if (error instanceof OfflineError && error.status === 500) await this.#crashed(batch, error);
      else throw error;
    }
  }

  /** @param {Operation[]} operations @param {import("./api.js").Verdict[]} verdicts in the same order */
  async #judged(operations, verdicts) {
    const judged = operations.map((operation, at) => ({ operation, verdict: verdicts[at] }));
    const held = judged.filter(({ verdict }) => verdict.status !== "rejected");
    for (const { operation } of held) this.store.replica.acknowledge(operation.op_id);
    const steps = held.map(({ operation, verdict }) => ({ version: verdict.version, op_id: operation.op_id, operations: [operation] }));
    await this.onSteps(steps.sort((a, b) => a.version - b.version));
    const refused = judged.filter(({ verdict }) => verdict.status === "rejected");
    await this.outbox.settle({
      gone: held.map(({ operation }) => operation.op_id),
      refused: new Map(refused.map(({ operation, verdict: { reason, detail } }) => [operation.op_id, { reason, detail }])),
      seen: this.#seen(),
    });
    this.onChange();
  }

  /** @param {Row[]} batch @param {any} error the set is closed, not there, another text: nothing of it is taken; or one spoils all */
  async #refusedWhole(batch, { status, reason, detail }) {
    const ofTheSet = [403, 404, 409].includes(status);
    if (!ofTheSet && batch.length > 1) {
      for (const row of batch) await this.#send([row]);
      return;
    }
    const all = ofTheSet ? await this.refresh() : batch;
    await this.refuse(all.map(({ operation }) => operation), { reason, detail });
    if (ofTheSet) this.onClosed();
  }

  /** @param {Row[]} batch @param {OfflineError} error a failing server is waited for; one that fails on this alone is not */
  async #crashed(batch, error) {
    this.crashes += 1;
    if (this.crashes < GUILTY || batch.length > 1) throw error;
    await this.api.news(this.store.replica.version);
    await this.refuse(batch.map(({ operation }) => operation), { reason: "server_error", detail: "" });
  }

  #later() {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.kick(), this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, this.timing.longestWait);
  }

  say() {
    const { problem, refused, outbox } = this;
    const waiting = this.store.replica.unjudged;
    // That nothing waits nobody knows yet.
    if (!waiting && !this.begun) return;
    this.onState({ problem, flying: this.flight !== null, waiting, refused, unkept: outbox.unkept && outbox.memory.length > 0 });
  }

  /** Ends what is under way; what waits stays kept. */
  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }
}
