/** What did a workspace not get through before it was left? Time and comments go out from any page; of edits the page says where they wait. */
import { sendLateComments } from "../net/comments.js";
import { leftBehind } from "../net/left_behind.js";
import { sendLate } from "../net/visits.js";

/** What a page that was just left has sent may be on its way still. */
const PAUSE_MS = 3000;

const person = document.getElementById("bell")?.dataset.person;
const workspace = document.getElementById("workspace-data");
const note = /** @type {HTMLElement|null} */ (document.getElementById("left-behind"));

/** @type {{set: {id: number|null}, urls: {comments?: string}}|undefined} */
let opened;
/** Read when something waits, which is seldom: it holds the article. */
const own = () => (opened ??= workspace ? JSON.parse(workspace.textContent) : { set: { id: null }, urls: {} });

async function look() {
  // A workspace sends its own: its time with that of the visit under way, its comments after its edits.
  if (!workspace) sendLate(person);
  sendLateComments(person, () => own().urls.comments);
  const { url, operations } = note.dataset;
  const of = (/** @type {string} */ address, /** @type {number} */ id) => address.replace("/0/", `/${id}/`);
  const ask = () => leftBehind(Number(person), (id) => of(operations, id), () => own().set.id);
  let [first] = await ask();
  if (first) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    [first] = await ask();
  }
  note.hidden = !first;
  if (first) note.querySelector("a").href = of(url, first.set);
}

if (person && note) {
  look();
  addEventListener("online", look);
}
