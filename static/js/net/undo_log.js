/** How does undo outlive the page? Its two stacks are kept by person and set; the page that wrote last wins. */
import { answer } from "./database.js";

const PAUSE = 200;

export class UndoLog {
  /**
   * @param {IDBDatabase|null|Promise<IDBDatabase|null>} opening @param {import("./database.js").Owner} owner
   * @param {import("../core/undo.js").History} history
   */
  constructor(opening, owner, history) {
    Object.assign(this, { opening, owner, history });
    /** @type {IDBDatabase|null} */
    this.database = null;
    this.timer = 0;
    this.turns = history.turns;
  }

  /** @returns {Promise<{done: import("../core/undo.js").Group[], undone: import("../core/undo.js").Group[]}|null>} what was kept; null where that can't be read */
  async load() {
    this.database = await this.opening;
    if (!this.database) return null;
    try {
      return (await answer(this.database.transaction("undo").objectStore("undo").get([this.owner.person, this.owner.set]))) ?? null;
    } catch {
      // Its data have been cleared, or its disk has failed: the page works all the same.
      return null;
    }
  }

  /** Keeps the stacks, soon: an edit is painted first. What this page has not moved another may have: it stays as that left it. */
  saveSoon() {
    if (this.turns !== this.history.turns) this.timer ||= setTimeout(() => this.save(), PAUSE);
  }

  /** Keeps the stacks, if they have changed. The write outlives the page. */
  save() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (!this.database || this.turns === this.history.turns) return;
    this.turns = this.history.turns;
    const { done, undone } = this.history;
    try {
      const transaction = this.database.transaction("undo", "readwrite");
      transaction.objectStore("undo").put({ ...this.owner, done, undone });
      transaction.commit();
    } catch {
      // A full disk, or data that have been cleared, cost the steps of undo, not an edit.
    }
  }
}
