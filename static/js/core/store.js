/** What holds now? The one state of the page; every edit goes through `run`, is remembered for undo and told to listeners. */
import { apply, initialState, inverse, Misfit } from "./operations.js";
import { History } from "./undo.js";

/** @typedef {import("./types.js").Operation} Operation */
/** @typedef {import("./types.js").State} State */
/** @typedef {(change: {before: State, after: State, operations: Operation[]}) => void} Listener */

export class Store {
  /**
   * @param {import("./types.js").PageData} data @param {import("./text.js").Text} text
   * @param {{newId?: () => string}} [options]
   */
  constructor(data, text, { newId = () => crypto.randomUUID() } = {}) {
    this.state = initialState(data);
    this.text = text;
    this.newId = newId;
    this.history = new History();
    /** @type {Listener[]} */
    this.listeners = [];
  }

  /** @param {Listener} listener called after each group of operations */
  subscribe(listener) {
    this.listeners.push(listener);
  }

  /**
   * Applies operations as one group that undoes at once.
   * @param {Operation[]} operations without `op_id` @returns {Operation[]} what was done, each with its `op_id`
   */
  run(operations) {
    const { done, inverses } = this.#apply(operations);
    this.history.record(inverses);
    this.#tell(done);
    return done.operations;
  }

  /** @param {"undo"|"redo"} way @returns {boolean} whether there was something to take back */
  step(way) {
    let told = null;
    const stepped = this.history.step(way, (group) => {
      const { done, inverses } = this.#apply(group);
      told = done;
      return inverses;
    });
    if (told) this.#tell(told);
    return stepped;
  }

  /**
   * Applies operations that were made before this page was opened and still wait to be sent; no undo, no telling.
   * @param {Operation[]} operations
   */
  replay(operations) {
    for (const operation of operations) {
      try {
        this.state = apply(this.state, operation);
      } catch (error) {
        // The server had taken it already: its state holds the edit.
        if (!(error instanceof Misfit)) throw error;
      }
    }
  }

  /** @param {Operation[]} group */
  #apply(group) {
    const before = this.state;
    let state = before;
    /** @type {Operation[]} */
    const inverses = [];
    const operations = group.map((operation) => {
      const back = inverse(state, operation, (ranges) => this.text.quote(ranges));
      state = apply(state, operation);
      if (back) inverses.unshift(back);
      return { ...operation, op_id: this.newId() };
    });
    this.state = state;
    return { done: { before, after: state, operations }, inverses };
  }

  /** @param {{before: State, after: State, operations: Operation[]}} change */
  #tell(change) {
    for (const listener of this.listeners) listener(change);
  }
}
