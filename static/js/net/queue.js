/**
 * How does an edit reach the server exactly once? It is kept in IndexedDB first, then sent in order, one request at a time.
 *
 * What is kept: {op_id, set, at, operation}, in order of `at`. An operation leaves the store once the server has judged it.
 */
import { OfflineError, post, SignedOut } from "./api.js";

/** @typedef {import("../core/types.js").Operation} Operation */
/** @typedef {{name: "saved"|"saving"|"queued"|"attention"|"signed_out", waiting: number, rejected: {operation: Operation, result: any}[]}} QueueState */

const BATCH = 20;
const FIRST_WAIT = 600;
const LONGEST_WAIT = 30_000;

export class Queue {
  /**
   * @param {{url: string, sha256: string, set: number, store: import("./outbox.js").Outbox, onState: (state: QueueState) => void}} options
   */
  constructor({ url, sha256, set, store, onState }) {
    Object.assign(this, { url, sha256, set, store, onState });
    /** @type {Operation[]} */
    this.waiting = [];
    /** @type {{operation: Operation, result: any}[]} */
    this.rejected = [];
    this.flying = false;
    this.wait = FIRST_WAIT;
    this.timer = 0;
    this.problem = /** @type {"signed_out"|"queued"|null} */ (null);
    /** @type {(() => void)[]} */
    this.idle = [];
  }

  /** @returns {Promise<Operation[]>} what an earlier visit left; it is sent again, the server tells duplicates */
  async restore() {
    const left = await this.store.load(this.set);
    this.waiting = [...left, ...this.waiting];
    this.#kick();
    return left;
  }

  /** @param {Operation[]} operations each with its `op_id` */
  push(operations) {
    this.waiting.push(...operations);
    this.store.add(this.set, operations);
    this.#kick();
  }

  /** Sends at once what waits for its next try. */
  retry() {
    this.wait = FIRST_WAIT;
    clearTimeout(this.timer);
    this.problem = null;
    this.waiting.push(...this.rejected.map(({ operation }) => operation));
    this.rejected = [];
    this.#kick();
  }

  /** Forgets what the server refused. @returns {Promise<void>} */
  async discard() {
    await this.store.remove(this.rejected.map(({ operation }) => operation.op_id));
    this.rejected = [];
    this.#say();
  }

  /** @returns {Promise<boolean>} once nothing is under way; false if something waits or was refused */
  async settled() {
    if (this.flying) await new Promise((resolve) => this.idle.push(() => resolve(undefined)));
    return this.waiting.length === 0 && this.rejected.length === 0;
  }

  /** Tries again if something waits and nothing is under way. */
  nudge() {
    if (this.rejected.length === 0) this.retry();
  }

  #kick() {
    this.#say();
    if (!this.flying && this.waiting.length) this.#fly();
  }

  async #fly() {
    this.flying = true;
    clearTimeout(this.timer);
    // One tab sends at a time: two would send the same operations, out of order.
    const send = () => this.#drain();
    try {
      await (navigator.locks ? navigator.locks.request(`newsroom-queue-${this.set}`, send) : send());
    } finally {
      this.flying = false;
      this.#say();
      for (const resolve of this.idle.splice(0)) resolve();
    }
  }

  async #drain() {
    while (this.waiting.length) {
      const batch = this.waiting.slice(0, BATCH);
      try {
        const results = await post(this.url, { text_sha256: this.sha256, operations: batch });
        await this.#judged(batch, results);
      } catch (error) {
        this.problem = error instanceof SignedOut ? "signed_out" : "queued";
        if (!(error instanceof OfflineError) && !(error instanceof SignedOut)) throw error;
        if (error instanceof OfflineError) this.#later();
        return;
      }
    }
  }

  /** @param {Operation[]} batch @param {{status: string}[]} results in the batch's order */
  async #judged(batch, results) {
    this.wait = FIRST_WAIT;
    this.problem = null;
    const refused = batch.map((operation, at) => ({ operation, result: results[at] })).filter(({ result }) => result?.status === "rejected");
    this.rejected.push(...refused);
    const kept = new Set(refused.map(({ operation }) => operation.op_id));
    this.waiting.splice(0, batch.length);
    await this.store.remove(batch.map((operation) => operation.op_id).filter((id) => !kept.has(id)));
    this.#say();
  }

  #later() {
    this.timer = setTimeout(() => this.#kick(), this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  #say() {
    const name = this.rejected.length ? "attention" : (this.problem ?? (this.flying || this.waiting.length ? "saving" : "saved"));
    this.onState({ name, waiting: this.waiting.length, rejected: this.rejected });
  }
}
