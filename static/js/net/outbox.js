/** Where do edits wait that the server has not judged? In IndexedDB, by set, in the order they were made. */

const NAME = "newsroom";
const STORE = "outbox";

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Operations that wait. Without IndexedDB (a private window) they wait in memory only. */
export class Outbox {
  constructor() {
    /** @type {Promise<IDBDatabase|null>} */
    this.database = this.#open();
  }

  async #open() {
    try {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        const store = request.result.createObjectStore(STORE, { keyPath: "at", autoIncrement: true });
        store.createIndex("set", "set");
        store.createIndex("op_id", "op_id", { unique: true });
      };
      return await answer(request);
    } catch {
      return null;
    }
  }

  /** @param {IDBTransactionMode} mode @returns {Promise<IDBObjectStore|undefined>} */
  async #store(mode) {
    return (await this.database)?.transaction(STORE, mode).objectStore(STORE);
  }

  /** @param {number} set @param {import("../core/types.js").Operation[]} operations */
  async add(set, operations) {
    const store = await this.#store("readwrite");
    for (const operation of operations) store?.add({ set, op_id: operation.op_id, operation });
  }

  /** @param {number} set @returns {Promise<import("../core/types.js").Operation[]>} in order */
  async load(set) {
    const store = await this.#store("readonly");
    if (!store) return [];
    const rows = await answer(store.index("set").getAll(set));
    return rows.sort((a, b) => a.at - b.at).map((row) => row.operation);
  }

  /** @param {string[]} ids op_ids the server has judged */
  async remove(ids) {
    const store = await this.#store("readwrite");
    if (!store) return;
    const keys = await Promise.all(ids.map((id) => answer(store.index("op_id").getKey(id))));
    for (const key of keys) if (key !== undefined) store.delete(key);
  }
}
