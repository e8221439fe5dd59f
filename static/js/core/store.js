/** What holds now? The one state of the page; every edit goes through `run`, is remembered for undo and told to listeners. */
import { newId as randomId } from "./ids.js";
import { apply, initialState, inverse, Misfit } from "./operations.js";
import { Replica } from "./replica.js";
import { group, History } from "./undo.js";

/** @typedef {import("./types.js").Operation} Operation */
/** @typedef {import("./types.js").State} State */
/** @typedef {import("./replica.js").Step} Step */
/** @typedef {{before: State, after: State, operations: Operation[]}} Change `operations` are this page's own, to be sent; none where the news came from elsewhere */
/** @typedef {(change: Change) => void} Listener */
/** @typedef {"undo_dropped"|"edit_dropped"} Notice an undo or an edit was left out, for another hand has changed what it meant */

export class Store {
  /**
   * @param {import("./types.js").PageData} data @param {import("./text.js").Text} text
   * @param {{newId?: () => string}} [options]
   */
  constructor(data, text, { newId = randomId } = {}) {
    this.replica = new Replica(initialState(data), data.set?.version ?? 0);
    this.text = text;
    this.newId = newId;
    this.history = new History();
    /** @type {Listener[]} */
    this.listeners = [];
    /** @type {(notice: Notice) => void} */
    this.onNotice = () => {};
    /** Called with each edit of this page before any listener: what shows it may fail, what keeps it must not wait for that. @type {Listener} */
    this.onEdit = () => {};
    /** Called when a step that reaches into other articles is taken back or done again. @type {(spread: import("./undo.js").Spread, done: boolean) => void} */
    this.onSpread = () => {};
  }

  get state() {
    return this.replica.state;
  }

  /** @param {Listener} listener called after each group of operations, and after news from elsewhere */
  subscribe(listener) {
    this.listeners.push(listener);
  }

  /**
   * Applies operations as one group that undoes at once.
   * @param {Operation[]} operations without `op_id` @param {import("./undo.js").Spread} [spread] what goes on in other articles as part of the same step
   * @returns {Operation[]} what was done, each with its `op_id`; nothing where another hand has taken away what they are about
   */
  run(operations, spread) {
    try {
      const { change, inverses } = this.#apply(operations);
      this.history.record(inverses, change.after, spread);
      this.#tell(change);
      return change.operations;
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      this.onNotice("edit_dropped");
      return [];
    }
  }

  /** @param {"undo"|"redo"} way @returns {boolean} whether there was something to take back */
  step(way) {
    const before = this.state;
    /** @type {Operation[]} */
    let operations = [];
    const spread = this.history.next(way)?.spread;
    const outcome = this.history.step(way, before, (inverses) => {
      const back = this.#apply(inverses);
      operations = back.change.operations;
      return group(back.inverses, this.state);
    });
    if (outcome === "none") return false;
    if (spread && outcome === "done") this.onSpread(spread, way === "redo");
    this.#tell({ before, after: this.state, operations });
    if (outcome === "dropped") this.onNotice("undo_dropped");
    return true;
  }

  /** Takes in what the server has, beneath what waits. @param {Step[]} steps @returns {ReturnType<Replica["advance"]>} */
  receive(steps) {
    return this.#elsewhere(() => this.replica.advance(steps));
  }

  /** @param {Operation[]} operations all that waits now, in order, of this tab, of others and of earlier visits @param {Map<string, number>} [seen] by `op_id`, the version its author had seen */
  setWaiting(operations, seen) {
    this.#elsewhere(() => this.replica.replace(operations, seen));
  }

  /** @param {{done: import("./undo.js").Group[], undone: import("./undo.js").Group[]}} kept the undo stacks of an earlier visit */
  restoreHistory(kept) {
    this.history.restore(kept, this.state);
    this.#tell({ before: this.state, after: this.state, operations: [] });
  }

  /** @template T @param {() => T} change @returns {T} */
  #elsewhere(change) {
    const before = this.state;
    const outcome = change();
    if (this.state !== before) this.#tell({ before, after: this.state, operations: [] });
    return outcome;
  }

  /** Applies all of a group or, where one does not fit, none. @param {Operation[]} edits */
  #apply(edits) {
    const before = this.state;
    let state = before;
    /** @type {Operation[]} */
    const inverses = [];
    for (const operation of edits) {
      const back = inverse(state, operation, (ranges) => this.text.quote(ranges));
      state = apply(state, operation);
      if (back) inverses.unshift(back);
    }
    const operations = edits.map((operation) => ({ ...operation, op_id: this.newId() }));
    this.replica.push(operations, state);
    return { change: { before, after: state, operations }, inverses };
  }

  /** The one that keeps the edits hears first; another that fails is reported, and keeps nobody from hearing. @param {Change} change */
  #tell(change) {
    if (change.operations.length) this.onEdit(change);
    for (const listener of this.listeners) {
      try {
        listener(change);
      } catch (error) {
        reportError(error);
      }
    }
  }
}
