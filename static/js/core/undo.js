/**
 * What can be undone? Groups of inverse operations; undoing a group makes the group that redoes it.
 *
 * A group remembers what stood in each place once it was done. If something else stands there when its turn comes,
 * another hand has changed it, and the group is dropped: undoing never overwrites what it has not seen.
 */
import { Misfit } from "./operations.js";
import { standing, touched } from "./touch.js";

/** @typedef {import("./types.js").Operation} Operation */
/** @typedef {import("./types.js").State} State */
/** @typedef {{id: string, [field: string]: any}} Spread what net/propagations.js says to the server */
/**
 * @typedef {object} Group
 * @property {Operation[]} operations what to do
 * @property {Record<string, string|null>} expects what must stand before
 * @property {Spread} [spread] a step in other articles that goes back and forth with it
 */

export const MOST_GROUPS = 200;

/** @param {Operation[]} inverses @param {State} state after the edit that they take back @returns {Group} */
export function group(inverses, state) {
  const things = new Set(inverses.map((operation) => touched(operation).thing));
  return { operations: inverses, expects: Object.fromEntries([...things].map((thing) => [thing, standing(state, thing)])) };
}

/** @param {Group} group @param {State} state @returns {boolean} whether everything stands as the group left it */
const applies = ({ expects }, state) => Object.entries(expects).every(([thing, said]) => standing(state, thing) === said);

/** Two stacks of groups; a new edit empties the second. */
export class History {
  constructor() {
    /** @type {Group[]} */
    this.undone = [];
    /** @type {Group[]} */
    this.done = [];
    /** How often something was done, undone or done again here. */
    this.turns = 0;
  }

  /** @param {Operation[]} inverses what takes the newest edit back, in the order to apply @param {State} state after the edit @param {Spread} [spread] */
  record(inverses, state, spread) {
    if (!inverses.length && !spread) return;
    this.turns += 1;
    this.done.push({ ...group(inverses, state), ...(spread && { spread }) });
    if (this.done.length > MOST_GROUPS) this.done.shift();
    this.undone = [];
  }

  /** @param {"undo"|"redo"} way @returns {Group|undefined} whose turn it is */
  next(way) {
    return (way === "undo" ? this.done : this.undone).at(-1);
  }

  get canUndo() {
    return this.done.length > 0;
  }

  get canRedo() {
    return this.undone.length > 0;
  }

  /**
   * Takes the newest group back (or forth).
   * @param {"undo"|"redo"} way @param {State} state @param {(operations: Operation[]) => Group} run applies and returns the group back
   * @returns {"done"|"dropped"|"none"} `dropped` where another hand has changed since what the group would change
   */
  step(way, state, run) {
    const [from, to] = way === "undo" ? [this.done, this.undone] : [this.undone, this.done];
    const next = from.pop();
    if (!next) return "none";
    this.turns += 1;
    if (!applies(next, state)) return "dropped";
    try {
      to.push({ ...run(next.operations), ...(next.spread && { spread: next.spread }) });
      return "done";
    } catch (error) {
      if (error instanceof Misfit) return "dropped";
      throw error;
    }
  }

  /**
   * Takes up what was kept; what does not apply to the state any more is dropped. Beneath what has been done here by then it
   * is taken up whole: what does not apply is found when its turn comes. What was undone before that can't be done again.
   * @param {{done: Group[], undone: Group[]}} kept @param {State} state
   */
  restore({ done, undone }, state) {
    if (this.turns) {
      this.done = [...done, ...this.done].slice(-MOST_GROUPS);
      return;
    }
    const top = (/** @type {Group[]} */ groups) => groups.findLastIndex((one) => applies(one, state)) + 1;
    this.done = done.slice(0, top(done));
    this.undone = undone.slice(0, top(undone));
  }
}
