/** How does undo outlive the page? Its two stacks are kept by person and set; the page that wrote last wins. */
import { answer } from "./database.js";

const PAUSE = 200;

export class UndoLog {
  /** @param {IDBDatabase|null} database @param {import("./database.js").Owner} owner @param {import("../core/undo.js").History} history */
  constructor(database, owner, history) {
    Object.assign(this, { database, owner, history });
    this.timer = 0;
  }

  /** @returns {Promise<{done: import("../core/undo.js").Group[], undone: import("../core/undo.js").Group[]}|null>} what was kept */
  async load() {
    if (!this.database) return null;
    try {
      return (await answer(this.database.transaction("undo").objectStore("undo").get([this.owner.person, this.owner.set]))) ?? null;
    } catch {
      // Its data have been cleared, or its disk has failed: the page works all the same.
      return null;
    }
  }

  /** Keeps the stacks, soon: an edit is painted first. */
  saveSoon() {
    this.timer ||= setTimeout(() => this.save(), PAUSE);
  }

  /** Keeps the stacks, if they have changed. The write outlives the page. */
  save() {
    if (!this.timer || !this.database) return;
    clearTimeout(this.timer);
    this.timer = 0;
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
