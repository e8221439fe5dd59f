/**
 * Where do edits wait that the server has not judged? In IndexedDB, by person and set, in the order they were made.
 *
 * A row: {at, person, set, place, op_id, operation, about, seen, refusal}. `place` says where it is to be sent, and which page
 * shows it; `seen` is the version of the set its author had seen; `about` names it for a card; `refusal` says why it was
 * refused, once it was. A row leaves when the server holds the operation or the person discards it, and for no other reason.
 */
import { answer, kept } from "./database.js";

/** @typedef {import("../core/types.js").Operation} Operation */
/** @typedef {{label: string|null, quotes: string[]}} About */
/** @typedef {{reason: string, detail: string}} Refusal */
/** @typedef {{version: number, ids: Set<string>}} Seen */
/** @typedef {{url: string, sha256: string, title: string, page: string}} Place the address of the set's operations, the hash of its text; what its page is called and where it is */
/** @typedef {{at?: number, person: number, set: number, place?: Place, op_id: string, operation: Operation, about: About, seen: number, refusal: Refusal|null}} Row */

/** The rows of one person and set. Where IndexedDB fails (a private window, a full disk) they wait in memory only. */
export class Outbox {
  /** @param {IDBDatabase|null|Promise<IDBDatabase|null>} database it may still be opening @param {import("./database.js").Owner} owner @param {Place} [place] */
  constructor(database, owner, place) {
    /** Undefined until it has opened, null where there is none. @type {IDBDatabase|null|undefined} */
    this.database = undefined;
    this.owner = owner;
    this.place = place;
    /** @type {Row[]} not in IndexedDB: before it has opened, on their way there, or refused by it */
    this.memory = [];
    this.opened = Promise.resolve(database).then((found) => this.#open(found));
    /** What is being written; nothing is sent before it is kept. @type {Promise<unknown>} */
    this.writing = this.opened;
    /** Whether this browser has refused to keep something. */
    this.unkept = false;
    /** @type {Row[]} as last read: all there is, should IndexedDB fail while the page is open */
    this.read = [];
  }

  /** @returns {[number, number]} */
  get #key() {
    return [this.owner.person, this.owner.set];
  }

  /** Whether there is something that closing the page would lose. */
  get endangered() {
    return this.memory.length > 0 && (this.unkept || this.database === undefined);
  }

  /** @param {IDBDatabase|null} database keeps what was made while it opened */
  #open(database) {
    this.database = database;
    return this.memory.length ? this.#keep([...this.memory]) : null;
  }

  /**
   * Keeps operations. Once the database has opened the write is on its way when this returns: it outlives the page.
   * @param {{operation: Operation, about: About}[]} made @param {number} seen
   */
  add(made, seen) {
    const rows = made.map(({ operation, about }) => ({ ...this.owner, place: this.place, op_id: operation.op_id, operation, about, seen, refusal: null }));
    // What was refused waits in memory, and all that follows with it: else a relation would go before its span.
    const behind = this.unkept && this.memory.length > 0;
    this.memory.push(...rows);
    if (!behind && this.database !== undefined) this.#keep(rows);
  }

  /** @param {Row[]} rows of the memory @returns {Promise<unknown>} once it is known whether they are kept */
  #keep(rows) {
    return this.#write((store) => {
      for (const row of rows) store.add(row);
    }, rows);
  }

  /** @returns {Promise<Row[]>} all rows, refused ones too, in order */
  async load() {
    await this.writing;
    const stored = await this.#stored();
    const known = new Set(stored.map(({ op_id }) => op_id));
    this.read = [...stored, ...this.memory.filter(({ op_id }) => !known.has(op_id))];
    return this.read;
  }

  /** @returns {Promise<Row[]>} */
  async #stored() {
    if (!this.database) return [];
    try {
      return await answer(this.database.transaction("outbox").objectStore("outbox").index("owner").getAll(this.#key));
    } catch {
      // Its data have been cleared, or its disk has failed: what this page knows goes on from memory.
      this.database = null;
      this.unkept = true;
      const mine = new Set(this.memory);
      this.memory = [...this.read.filter((row) => !mine.has(row)), ...this.memory];
      return [];
    }
  }

  /**
   * Writes down what became of rows, in one transaction.
   * @param {{gone?: string[], refused?: Map<string, Refusal>, seen?: Seen}} verdicts by `op_id`; `seen` are those that have been
   *   held against what others did up to a version
   */
  async settle({ gone = [], refused = new Map(), seen }) {
    if (this.database === undefined) await this.opened;
    const out = new Set(gone);
    this.memory = this.memory.filter(({ op_id }) => !out.has(op_id));
    this.read = this.read.filter(({ op_id }) => !out.has(op_id));
    for (const row of this.memory) row.refusal = refused.get(row.op_id) ?? row.refusal;
    this.#write((store) => {
      for (const id of gone) take(store, id, (cursor) => cursor.delete());
      for (const [id, refusal] of refused) take(store, id, (cursor) => cursor.update({ ...cursor.value, refusal }));
      for (const id of seen?.ids ?? []) take(store, id, (cursor) => cursor.value.seen < seen.version && cursor.update({ ...cursor.value, seen: seen.version }));
    });
    await this.writing;
  }

  /** Lets a refused operation wait again, behind all others. @param {string} id @param {number} seen the version its author has seen by now */
  async retry(id, seen) {
    if (this.database === undefined) await this.opened;
    const again = (/** @type {Row} */ { at, ...row }) => ({ ...row, seen, refusal: null });
    const mine = this.memory.find(({ op_id }) => op_id === id);
    if (mine) this.memory = [...this.memory.filter((row) => row !== mine), again(mine)];
    this.#write((store) => take(store, id, (cursor) => {
      const row = again(cursor.value);
      cursor.delete().onsuccess = () => store.add(row);
    }));
    await this.writing;
  }

  /**
   * @param {(store: IDBObjectStore) => void} change @param {Row[]} [rows] of the memory, that leave it when kept
   * @returns {Promise<unknown>} once it is written, or can't be
   */
  #write(change, rows = []) {
    if (!this.database) {
      this.unkept ||= rows.length > 0;
      return Promise.resolve();
    }
    let written;
    try {
      const transaction = this.database.transaction("outbox", "readwrite", { durability: "strict" });
      change(transaction.objectStore("outbox"));
      written = kept(transaction);
      // Said now, the browser carries it out even if the page is gone the next moment.
      if (rows.length) transaction.commit();
    } catch (error) {
      written = Promise.reject(error);
    }
    const forget = () => {
      this.memory = this.memory.filter((row) => !rows.includes(row));
    };
    const ended = written.then(forget, () => {
      this.unkept ||= rows.length > 0;
    });
    this.writing = Promise.all([this.writing, ended]);
    return ended;
  }
}

/**
 * @param {IDBDatabase} database @param {number} person @param {string} [but] the page of a set to leave out
 * @returns {Promise<Row[][]>} all that a person has waiting in this browser, or refused, by set
 */
export async function remainingRows(database, person, but) {
  const ofPerson = IDBKeyRange.bound([person], [person, []]);
  /** @type {Row[]} */
  const rows = await answer(database.transaction("outbox").objectStore("outbox").index("owner").getAll(ofPerson));
  // Rows that don't say where they belong are older than places: the page of their set sends them.
  const known = rows.filter(({ place }) => place && place.page !== but);
  return [...Map.groupBy(known, ({ set }) => set).values()];
}

/** @param {IDBObjectStore} store @param {string} id @param {(cursor: IDBCursorWithValue) => void} change called if the row is there */
function take(store, id, change) {
  const request = store.index("op_id").openCursor(id);
  request.onsuccess = () => request.result && change(request.result);
}
