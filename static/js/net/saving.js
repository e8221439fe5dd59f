/**
 * How do the store, this browser and the server stay one? Every edit is kept, then sent; every step of the server goes in
 * beneath what waits; the tabs of one browser tell each other at once. No DOM here: workspace/saving.js shows it.
 */
import { Api, OfflineError } from "./api.js";
import { Live } from "./live.js";
import { Outbox } from "./outbox.js";
import { Queue } from "./queue.js";

/** @typedef {import("../core/replica.js").Step} Step */
/** @typedef {import("./queue.js").QueueState} QueueState */
/** @typedef {{status: string, editable: boolean}} Standing how the set stands for this person */

export class Saving {
  /**
   * @param {{store: import("../core/store.js").Store, database: IDBDatabase|null|Promise<IDBDatabase|null>, owner: import("./database.js").Owner, place: import("./outbox.js").Place,
   *   timing?: typeof import("./queue.js").TIMING, pace?: typeof import("./live.js").PACE,
   *   onState?: (state: QueueState) => void, onForeign?: (steps: Step[]) => void, onStanding?: (standing: Standing) => void, onScheme?: (version: number, topics: string) => Promise<void>, onRewound?: () => void, onUnsettled?: () => void}} options
   */
  constructor({ store, database, owner, place, timing, pace, onState = () => {}, onForeign = () => {}, onStanding = () => {}, onScheme = async () => {}, onRewound = () => {}, onUnsettled = () => {} }) {
    Object.assign(this, { store, onForeign, onStanding, onScheme, onRewound, onUnsettled });
    const name = `newsroom-${owner.person}-${owner.set}`;
    const api = new Api({ url: place.url, person: owner.person });
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = ({ data }) => this.#onMessage(data);
    this.queue = new Queue({
      api, sha256: place.sha256, store, timing, onState, lock: name, outbox: new Outbox(database, owner, place),
      onChange: () => this.#changed(), onSteps: (steps) => this.take(steps), onMissing: () => this.live.now(), onClosed: () => this.live.now(),
    });
    this.live = new Live({
      api, pace, version: () => store.replica.version, onNews: (news, since) => this.#onNews(news, since), onProblem: (problem) => this.#onProblem(problem),
    });
  }

  /** Shows and sends what an earlier visit left, and begins to listen. @returns {Promise<void>} once that is shown */
  async start() {
    await this.#refresh();
    this.queue.kick();
    this.live.now();
  }

  /** Keeps operations that the store has just applied, and sends them. @param {Parameters<Queue["push"]>[0]} made */
  push(made) {
    if (!made.length) return;
    this.queue.push(made);
    this.queue.outbox.writing.then(() => this.#say({ outbox: true }));
    this.live.wake();
  }

  /** Tries at once to reach the server. */
  retry() {
    this.queue.retry();
    this.live.now();
  }

  /** @returns {Promise<boolean>} once nothing is under way; whether the server holds everything and nothing was refused */
  async settled() {
    const all = await this.queue.settled();
    if (!all) this.onUnsettled();
    return all;
  }

  /** Takes steps of the server in; asks for those missing before them. @param {Step[]} steps @param {{tell?: boolean}} [options] */
  async take(steps, { tell = true } = {}) {
    const { complete, foreign, conflicts } = this.store.receive(steps);
    if (tell && steps.length) this.#say({ steps });
    if (conflicts.length) await this.queue.refuse(conflicts, { reason: "changed_since", detail: "" });
    if (foreign.length) this.onForeign(foreign);
    if (!complete) await this.live.now();
  }

  /** @param {import("./api.js").News} news @param {number} since what was asked for */
  async #onNews({ version, revisions, status, editable, scheme, topics }, since) {
    // The server holds less than it has told before: it was put back to an older state.
    if (version < since) return this.onRewound();
    // The labels first: the steps may bear new ones.
    await this.onScheme(scheme, topics);
    this.take(revisions);
    this.onStanding({ status, editable });
  }

  /** @param {QueueState["problem"]|"gone"} problem */
  #onProblem(problem) {
    const was = this.queue.problem;
    if (problem === "gone") return this.onStanding({ status: "gone", editable: false });
    this.queue.problem = problem;
    // The server is back, or the person is: what waits goes on.
    if (was && !problem) this.queue.retry();
    else this.queue.say();
  }

  #changed() {
    this.#refresh();
    this.#say({ outbox: true });
  }

  /** @returns {Promise<unknown>} once what waits is shown, or can't be yet */
  #refresh() {
    return this.queue.refresh().catch((error) => {
      // The server can't be asked what became of something: the queue will.
      if (error instanceof OfflineError) this.queue.kick();
      else throw error;
    });
  }

  /** @param {{steps?: Step[], outbox?: boolean}} message to the other tabs */
  #say(message) {
    if (!this.stopped) this.channel.postMessage(message);
  }

  /** @param {{steps?: Step[], outbox?: boolean}} message of another tab */
  #onMessage({ steps, outbox }) {
    if (steps) this.take(steps, { tell: false });
    if (outbox) this.#refresh();
  }

  /** Falls silent at once, as a closed page does. */
  stop() {
    this.stopped = true;
    this.queue.stop();
    this.live.stop();
    this.channel.close();
  }
}
