/** Which articles have edits in this browser that the server does not hold, though their workspace is closed? */
import { Api, OfflineError, Refused, SignedOut } from "./api.js";
import { answer, NAME, openDatabase } from "./database.js";
import { Outbox } from "./outbox.js";

/**
 * Takes out of the outbox what the history turns out to hold: a page that is left in mid-send does not hear the verdict.
 * @param {number} person @param {(set: number) => string} urlOf the address of a set's operations @param {() => number|null} open the set whose
 *   workspace sends its own @returns {Promise<{set: number, count: number}[]>} what waits for its workspace to be opened again
 */
export async function leftBehind(person, urlOf, open) {
  const database = await knownDatabase();
  const found = [];
  for (const set of database ? await setsOf(database, person) : []) {
    const count = set === open() ? 0 : await countUnheld(new Outbox(database, { person, set }), new Api({ url: urlOf(set), person }));
    if (count) found.push({ set, count });
  }
  database?.close();
  return found;
}

/** @returns {Promise<IDBDatabase|null>} who has never worked in this browser gets no database for it */
async function knownDatabase() {
  const all = (await globalThis.indexedDB?.databases().catch(() => [])) ?? [];
  return all.some(({ name }) => name === NAME) ? openDatabase() : null;
}

/** @param {IDBDatabase} database @param {number} person @returns {Promise<number[]>} the sets of which anything is kept; none where that can't be read */
async function setsOf(database, person) {
  const all = IDBKeyRange.bound([person], [person, []]);
  const rows = await answer(database.transaction("outbox").objectStore("outbox").index("owner").getAll(all)).catch(() => []);
  return [...new Set(rows.map(({ set }) => set))];
}

/** @param {Outbox} outbox @param {Api} api @returns {Promise<number>} how many edits the server does not hold; none where it can't be asked */
async function countUnheld(outbox, api) {
  const rows = await outbox.load();
  const waiting = new Set(rows.map(({ op_id }) => op_id));
  try {
    for (let since = Math.min(...rows.map(({ seen }) => seen)), more = true; more; ) {
      const news = await api.news(since);
      for (const { op_id } of news.revisions) waiting.delete(op_id);
      more = news.more;
      since = news.revisions.at(-1)?.version ?? since;
    }
  } catch (error) {
    if (error instanceof OfflineError || error instanceof SignedOut || error instanceof Refused) return 0;
    throw error;
  }
  await outbox.settle({ gone: rows.map(({ op_id }) => op_id).filter((id) => !waiting.has(id)) });
  return waiting.size;
}
