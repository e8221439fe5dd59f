/**
 * What does the server hold, as far as it has been heard of, and what stands over it? state = the server's + what waits.
 *
 * `base` is the server's state at `version`. `waiting` are operations it has not confirmed, in order. News of the server go
 * in beneath what waits: `advance`. What waits and does not fit any more is left out of the state, not out of the queue.
 */
import { applyAll } from "./operations.js";
import { Touches } from "./touch.js";

/** @typedef {import("./types.js").Operation} Operation */
/** @typedef {import("./types.js").State} State */
/** @typedef {{version: number, op_id: string, operations: Operation[]}} Step a revision of the server's history */

/** How many steps of others are remembered, to look at what was made before they were heard of. */
const REMEMBERED = 2000;

export class Replica {
  /** @param {State} base @param {number} version */
  constructor(base, version) {
    this.base = base;
    this.version = version;
    this.state = base;
    /** @type {Operation[]} each with its `op_id` */
    this.waiting = [];
    /** @type {Step[]} what others did, the newest last */
    this.foreign = [];
    /** @type {Set<string>} operations that the server holds and the base, too */
    this.absorbed = new Set();
    /** @type {Set<string>} operations that the server holds and the base does not yet */
    this.acknowledged = new Set();
    /** @type {Map<string, number>} the version that the author of what waits had seen, where it is not this page's alone */
    this.seen = new Map();
    /** @type {Map<string, number>} operations that met what others did, and the version at which that was seen */
    this.conflicted = new Map();
    /** @type {Set<string>} `op_id`s that wait and do not fit */
    this.misfits = new Set();
  }

  /** @param {Operation[]} operations that wait from now on @param {State} state what they make of the present one */
  push(operations, state) {
    this.waiting.push(...operations);
    for (const { op_id } of operations) this.seen.set(op_id, this.version);
    this.state = state;
  }

  /** @returns {number} how many operations the server has not judged */
  get unjudged() {
    return this.waiting.filter(({ op_id }) => !this.acknowledged.has(op_id)).length;
  }

  /** @param {string} op_id notes that the server holds it; it stands where it is until its revision is heard of */
  acknowledge(op_id) {
    if (!this.absorbed.has(op_id)) this.acknowledged.add(op_id);
  }

  /**
   * Takes in revisions of the server: steps over those it holds, stops before a gap.
   * @param {Step[]} steps in order of their versions
   * @returns {{complete: boolean, foreign: Step[], conflicts: Operation[]}} whether there was no gap; steps of others; and
   *   what waits and would change what they have changed: it is taken out of what waits
   */
  advance(steps) {
    const foreign = [];
    const fresh = [];
    let plain = true;
    let complete = true;
    for (const step of steps) {
      if (step.version <= this.version) continue;
      if (step.version > this.version + 1) {
        complete = false;
        break;
      }
      const at = this.waiting.findIndex(({ op_id }) => op_id === step.op_id);
      plain &&= at === 0 && !this.misfits.has(step.op_id);
      if (at >= 0) this.waiting.splice(at, 1);
      else foreign.push(step);
      fresh.push(...step.operations);
      this.version = step.version;
      this.absorbed.add(step.op_id);
      this.acknowledged.delete(step.op_id);
      this.seen.delete(step.op_id);
    }
    this.base = applyAll(this.base, fresh);
    this.foreign = [...this.foreign, ...foreign].slice(-REMEMBERED);
    const conflicts = this.conflicts(this.waiting, foreign);
    for (const { op_id } of conflicts) this.conflicted.set(op_id, this.version);
    this.waiting = this.waiting.filter((operation) => !conflicts.includes(operation));
    // What was confirmed in its order leaves the sum as it is.
    if (!plain) this.#sum();
    return { complete, foreign, conflicts };
  }

  /**
   * @param {Operation[]} operations @param {Step[]} steps @returns {Operation[]} those that would change what the steps changed
   */
  conflicts(operations, steps) {
    if (!operations.length || !steps.length) return [];
    const touches = new Touches(steps.flatMap((step) => step.operations));
    const met = operations.filter((operation) => !this.acknowledged.has(operation.op_id) && touches.meet(operation));
    // Another tab may be ahead: what its person had seen is no conflict.
    const seen = ({ op_id }) => this.seen.get(op_id) ?? 0;
    return met.filter((operation) => seen(operation) < steps[0].version || new Touches(steps.filter(({ version }) => version > seen(operation)).flatMap((step) => step.operations)).meet(operation));
  }

  /** @param {Operation[]} operations all that waits now, in order, whoever made it @param {Map<string, number>} [seen] the version its author had seen */
  replace(operations, seen = new Map()) {
    for (const [op_id, version] of seen) if (!this.seen.has(op_id)) this.seen.set(op_id, version);
    const known = new Set(operations.map(({ op_id }) => op_id));
    const held = this.waiting.filter(({ op_id }) => this.acknowledged.has(op_id) && !known.has(op_id));
    const waiting = [...held, ...operations.filter(({ op_id }) => !this.absorbed.has(op_id) && !this.conflicted.has(op_id))];
    const same = waiting.length === this.waiting.length && waiting.every(({ op_id }, at) => op_id === this.waiting[at].op_id);
    if (same) return;
    this.waiting = waiting;
    this.#sum();
  }

  #sum() {
    this.misfits = new Set();
    this.state = applyAll(this.base, this.waiting, { skip: ({ op_id }) => this.misfits.add(op_id) });
  }
}
