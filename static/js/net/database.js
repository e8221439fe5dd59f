/** Where does this browser keep what must outlive the page? One IndexedDB; all of it by person and annotation set. */

export const NAME = "newsroom-edits";

/** @typedef {{person: number, set: number}} Owner whose edits, of which annotation set */

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
export const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @param {IDBTransaction} transaction @returns {Promise<void>} once it is kept; rejects where it is not */
export const kept = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
  });

/** @returns {Promise<IDBDatabase|null>} null where the browser has none (a private window of some) */
export async function openDatabase() {
  try {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      const outbox = request.result.createObjectStore("outbox", { keyPath: "at", autoIncrement: true });
      outbox.createIndex("owner", ["person", "set"]);
      outbox.createIndex("op_id", "op_id", { unique: true });
      request.result.createObjectStore("undo", { keyPath: ["person", "set"] });
    };
    const database = await answer(request);
    database.onversionchange = () => database.close();
    return database;
  } catch {
    return null;
  }
}

let asked = false;

/** Asks the browser not to clear by itself what is kept here: once a visit, and only when there is something to keep. */
export async function keepForGood() {
  if (asked) return;
  asked = true;
  try {
    // Pages without TLS have no such storage.
    if (!(await navigator.storage?.persisted())) await navigator.storage?.persist();
  } catch {
    // Storage is forbidden here: the page says so where it matters.
  }
}
