/** How do the parts become the adjudication page? They are made here, joined, and told apart: text, cards, strip, keys. */
import { isField, isForControl, isHeld } from "../core/keymap.js";
import { tell } from "../dom/said.js";
import { AdjudicationApi } from "../net/adjudication.js";
import { onThemeSwitch } from "../ui/theme.js";
import { Guide } from "../workspace/guide.js";
import { ask } from "./ask.js";
import { Cards } from "./cards.js";
import { Context } from "./context.js";
import { Desk } from "./desk.js";
import { toggleHelp } from "./help.js";
import { actionOf } from "./keys.js";
import { PageText } from "./page_text.js";
import { Strip } from "./strip.js";

/** @param {string} id @returns {any} */
const byId = (id) => document.getElementById(id);

const cx = new Context(JSON.parse(byId("adjudication-data").textContent), { language: document.documentElement.lang, doc: byId("doc") });
const api = new AdjudicationApi(cx.data.urls, cx.data.person);
const strip = new Strip(cx, { strip: byId("strip"), notices: byId("notices"), bar: document.querySelector(".bar") });
const cards = new Cards(cx, { list: byId("cards"), tabs: byId("card-tabs"), overlay: byId("overlay") });
const desk = new Desk(cx, api, { cards, strip, text: new PageText(cx, byId("overlay")), say });
strip.canRedo = () => desk.canRedo;
const nothing = document.createElement("div");
const guide = new Guide(/** @type {any} */ (cx), /** @type {any} */ ({ draft: null, view: { selected: null } }), { panel: byId("beside"), popover: nothing, list: byId("cards"), button: byId("guide-button") });

/** @type {number|undefined} */
let quietening;

/** @param {string} said shown for a while at the foot of the page, and read out */
function say(said) {
  const toast = byId("toast");
  tell(toast, said);
  clearTimeout(quietening);
  quietening = setTimeout(() => (toast.hidden = true), 4000);
}

const onward = cx.rtl ? 1 : -1;

/** What keys and buttons do. @type {Record<string, () => any>} */
const ACTIONS = {
  ...Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`take-${at + 1}`, () => desk.take(at + 1)])),
  none: () => desk.none(),
  both: () => desk.both(),
  own: () => desk.own(),
  "start-left": () => desk.nudge("start", onward),
  "start-right": () => desk.nudge("start", -onward),
  "end-left": () => desk.nudge("end", onward),
  "end-right": () => desk.nudge("end", -onward),
  note: () => document.querySelector("[data-field=note]")?.focus(),
  record: () => desk.record(),
  undo: () => desk.undo(),
  redo: () => desk.redo(),
  next: () => desk.step(1),
  previous: () => desk.step(-1),
  later: () => desk.later(),
  accept: () => desk.accept(),
  ask: () => ask(cx, api, say),
  guide: () => guide.toggle(),
  help: () => toggleHelp(cx),
  escape: () => desk.escape(),
  finish: () => finish(),
  reopen: () => desk.command("reopen"),
  "take-over": () => desk.command("take-over"),
};

async function finish() {
  if (await desk.finish()) location.assign(cx.data.urls.next ?? cx.data.urls.queue);
}

/** Pressed while the server was answering: done in their order once it has, so that nobody has to wait for it. @type {string[]} */
const waiting = [];
let busy = false;

/** @param {string} action @returns {boolean} whether there was something to do */
function act(action) {
  if (busy) return waiting.push(action) > 0;
  const doing = ACTIONS[action]?.();
  if (!(doing instanceof Promise)) return doing !== false;
  busy = true;
  void doing.finally(() => {
    busy = false;
    // What was meant for the next one must not meet this one again.
    if (cards.now.trouble) waiting.length = 0;
    while (waiting.length && !busy) act(waiting.shift());
  });
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const action = actionOf(event);
  if (isField(event.target) && !ofNote(event, action)) return;
  if (isHeld(event, action)) return action !== null && event.preventDefault();
  if (document.querySelector("dialog:modal") && action !== "help") return;
  if (action === null || isForControl(event)) return;
  if (act(action)) event.preventDefault();
});

/** Enter in the note records, Escape leaves it. @param {KeyboardEvent} event @param {string|null} action @returns {boolean} */
function ofNote({ target }, action) {
  if (!(target instanceof HTMLElement) || target.dataset.field !== "note") return false;
  if (action === "escape") target.blur();
  return action === "record" || action === "finish";
}

document.addEventListener("input", ({ target }) => {
  if (target instanceof HTMLTextAreaElement && target.dataset.field === "note") desk.note(target.value);
});
document.addEventListener("click", ({ target }) => {
  const found = /** @type {HTMLElement|null} */ (target instanceof Element ? target.closest("[data-do], [data-open], [data-filter]") : null);
  if (!found || found.closest("dialog")) return;
  const { do: what, open, filter, candidate, type } = found.dataset;
  if (open) desk.open(open);
  else if (filter) desk.show(filter);
  else if (what === "open") desk.open(found.closest("[data-id]").getAttribute("data-id"), { scroll: false });
  else if (what === "take") desk.take(candidate);
  else if (what === "type") desk.type(type);
  else act(what);
});
byId("doc").addEventListener("click", (/** @type {MouseEvent} */ event) => {
  if (!desk.boundary.active) openAt(event);
});

/** Opens the narrowest disagreement under the mouse. @param {MouseEvent} event */
function openAt({ clientX, clientY }) {
  const hit = cx.units.filter((unit) => unit.noun === "span" && unit.ranges.some(([start, end]) => [...cx.places.range(start, end).getClientRects()].some((rect) => rect.left <= clientX && clientX <= rect.right && rect.top <= clientY && clientY <= rect.bottom)));
  const length = ({ ranges }) => ranges.reduce((sum, [start, end]) => sum + end - start, 0);
  const [narrowest] = hit.sort((a, b) => length(a) - length(b));
  if (narrowest) desk.open(narrowest.key, { scroll: false });
}

document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void desk.refresh());
new ResizeObserver(() => {
  desk.text.redraw();
  cards.place();
}).observe(byId("doc"));
onThemeSwitch(byId("theme"));

await document.fonts.ready;
desk.start();
document.documentElement.setAttribute("data-ready", "");
