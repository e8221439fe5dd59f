/**
 * What did other pages leave unsent in this browser? A person's edits of whatever set go out from the page that is open now,
 * as that set's own page would send them: in order, by one page at a time, held against what others have done since.
 */
import { Store } from "../core/store.js";
import { Outbox, remainingRows } from "./outbox.js";
import { Saving } from "./saving.js";

/** @typedef {import("./outbox.js").Row} Row */
/** @typedef {{set: number, title: string, page: string, waiting: number, refused: number, gone: boolean, discard: () => Promise<void>}} Remaining */

/**
 * Tries once to send all of it, and asks how each set stands.
 * @param {IDBDatabase} database @param {number} person @param {string} [but] the page of a set that sends its edits itself
 * @returns {Promise<Remaining[]>} what still waits, or was refused, and what to call it
 */
export async function sendRemaining(database, person, but) {
  const gone = new Set();
  for (const rows of await remainingRows(database, person, but)) {
    if ((await send(database, rows)) === "gone") gone.add(rows[0].set);
  }
  return (await remainingRows(database, person, but)).map((rows) => {
    const { set, place: { title, page } } = rows[0];
    const waiting = rows.filter(({ refusal }) => !refusal).length;
    const discard = () => new Outbox(database, { person, set }).settle({ gone: rows.map(({ op_id }) => op_id) });
    return { set, title, page, waiting, refused: rows.length - waiting, gone: gone.has(set), discard };
  });
}

/** @param {IDBDatabase} database @param {Row[]} rows of one set @returns {Promise<string>} how the set stands for the person, "" where that was not heard */
async function send(database, rows) {
  const { person, set, place } = rows[0];
  let standing = "";
  // An empty state is enough: the server judges, and what others did is known by its steps alone.
  const store = new Store({ set: { version: Math.min(...rows.map(({ seen }) => seen)) }, spans: [], relations: [], article_labels: [] }, null);
  const saving = new Saving({ store, database, owner: { person, set }, place, onStanding: ({ status }) => (standing = status) });
  try {
    await saving.queue.refresh();
    // The history first: it tells what the server holds already, and what has met an edit of others. Asked also where all
    // is refused: whether the set's page is still there to show why.
    if ((await saving.live.now()) && rows.some(({ refusal }) => !refusal)) await saving.settled();
  } finally {
    saving.stop();
  }
  return standing;
}
