/**
 * What did the workspace not get through before it was left? Edits, comments and time on task that wait in this browser go out
 * from any page of the same person; where edits stay, a line above the page says how many, and of which work.
 */
import { digits } from "../core/numerals.js";
import { h } from "../dom/h.js";
import { sendLateComments } from "../net/comments.js";
import { openDatabase } from "../net/database.js";
import { remainingRows } from "../net/outbox.js";
import { sendLate } from "../net/visits.js";

/** @typedef {import("../net/remaining.js").Remaining} Remaining */

const AGAIN_MS = 30_000;

const place = document.getElementById("unsent");
const opening = openDatabase();
let timer = 0;
/** @type {Promise<unknown>} */
let looking = Promise.resolve();

/** @param {HTMLElement} place @param {Remaining} of @returns {HTMLElement} */
function line(place, { title, page, waiting, refused, gone, discard }) {
  const [before, after] = /** @type {string} */ (place.dataset[gone ? "gone" : waiting ? "waiting" : "refused"]).split("{title}");
  const forget = () => discard().then(() => look(place));
  const way = gone ? h("button.quiet", { type: "button", onclick: forget }, place.dataset.discard) : h("a", { href: page }, place.dataset.open);
  return h("p", null, h("span", null, before, h("bdi", null, title), after.replace("{n}", digits(waiting + refused, document.documentElement.lang))), " ", way);
}

/** Sends what waits and shows what stays; one after the other. @param {HTMLElement} place */
async function look(place) {
  clearTimeout(timer);
  const shown = looking.then(() => show(place));
  looking = shown.catch(() => {});
  await shown;
}

/** @param {HTMLElement} place @returns {Promise<Set<number>>} the sets that edits wait of, or were refused */
async function waitingSets(place) {
  const database = await opening;
  const left = database ? await remainingRows(database, Number(place.dataset.person), location.pathname) : [];
  return new Set(left.map(([{ set }]) => set));
}

/** @param {HTMLElement} place */
async function show(place) {
  const database = await opening;
  const asked = /** @type {const} */ ([database, Number(place.dataset.person), location.pathname]);
  /** @type {Remaining[]} */
  let left = [];
  if (database && (await remainingRows(...asked)).length) {
    // Seldom needed, and larger than most pages' own code.
    const { sendRemaining } = await import("../net/remaining.js");
    left = await sendRemaining(...asked);
  }
  const said = JSON.stringify(left);
  // The same drawn again would be read out again.
  if (said !== (place.dataset.said ?? "[]")) place.replaceChildren(...left.map((one) => line(place, one)));
  place.dataset.said = said;
  if (left.length) timer = setTimeout(() => document.hidden || look(place), AGAIN_MS);
}

if (place) {
  const person = /** @type {string} */ (place.dataset.person);
  const workspace = document.getElementById("workspace-data");
  // The workspace sends its own: its time with that of the visit under way, its comments after its edits.
  const late = async () => {
    if (!workspace) sendLate(person);
    // A comment speaks of spans: what made them goes first.
    await look(place);
    const open = () => workspace && JSON.parse(workspace.textContent).urls.comments;
    await sendLateComments(person, { open, behind: await waitingSets(place) });
  };
  late();
  addEventListener("online", late);
  addEventListener("focus", () => place.childElementCount && look(place));
}
