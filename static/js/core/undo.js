/** What can be undone? Groups of inverse operations; undoing a group makes the group that redoes it. */

/** @typedef {import("./types.js").Operation} Operation */

/** Two stacks of groups; a new edit empties the second. */
export class History {
  constructor() {
    /** @type {Operation[][]} */
    this.undone = [];
    /** @type {Operation[][]} */
    this.done = [];
  }

  /** @param {Operation[]} inverses what takes the newest group back, in the order to apply */
  record(inverses) {
    if (!inverses.length) return;
    this.done.push(inverses);
    this.undone = [];
  }

  get canUndo() {
    return this.done.length > 0;
  }

  get canRedo() {
    return this.undone.length > 0;
  }

  /**
   * Takes the newest group back (or forth).
   * @param {"undo"|"redo"} way @param {(operations: Operation[]) => Operation[]} run applies and returns the inverses
   * @returns {boolean} whether there was one
   */
  step(way, run) {
    const [from, to] = way === "undo" ? [this.done, this.undone] : [this.undone, this.done];
    const group = from.pop();
    if (!group) return false;
    to.push(run(group));
    return true;
  }
}
