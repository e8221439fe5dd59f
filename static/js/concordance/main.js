/** How do rows, bar and server become the concordance? Keys, mouse and finger mark hits; a label's key shows what it would do. */
import { newId } from "../core/ids.js";
import { digits } from "../core/numerals.js";
import { isField } from "../core/keymap.js";
import { onChosen } from "../ui/chosen.js";
import { withPicker } from "../ui/day_picker.js";
import { OfflineError, Refused, SignedOut } from "../net/api.js";
import { Bar } from "./bar.js";
import { Rows } from "./rows.js";
import { Server } from "./server.js";

/** @param {string} id @returns {any} */
const byId = (id) => document.getElementById(id);
const data = JSON.parse(byId("concordance-data").textContent);
const language = document.documentElement.lang;
const number = (n) => digits(language === "fa" ? String(n).replace(/\B(?=(\d{3})+$)/g, "٬") : n.toLocaleString("en"), language);

/** @param {string} key @param {Record<string, string|number>} [values] */
const t = (key, values = {}) =>
  data.strings[key].replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? number(values[name]) : values[name]));

const server = new Server(data);
const rows = new Rows(() => byId("kwic"), marked);
const on = { choose, apply, clear: () => rows.clear(), page: () => rows.togglePage(), all: markAll, change: ask };
const bar = new Bar(byId("kwic-bar"), { data, t, number, on });
/** The name of the step that is being prepared: sent again it is done once. */
let step = newId();
/** Counts the questions: an answer to an older one is not shown. */
let asked = 0;

/** @param {string} text what has happened, also for a screen reader */
function say(text) {
  byId("kwic-says").textContent = text;
}

function marked() {
  bar.count = rows.marks.size;
  if (bar.count) say("");
  else bar.label = null;
  if (bar.label) return void ask();
  bar.draw();
}

/** @param {import("./bar.js").Label} label */
function choose(label) {
  if (!bar.count || bar.busy) return;
  bar.label = label;
  bar.begin = false;
  ask();
}

const body = () => ({ id: step, label: bar.label.key, hits: [...rows.marks.values()], into: bar.into, words: data.query.q ?? "" });

/** Asks what the chosen label would do to the marked hits. */
async function ask() {
  if (!bar.label) return bar.draw();
  const question = ++asked;
  step = newId();
  bar.preview = null;
  bar.draw();
  const preview = await answer(server.label({ ...body(), preview: true }), "offline");
  if (question !== asked) return;
  if (!preview) bar.label = null;
  bar.preview = preview;
  bar.draw();
}

/** Does it, and shows what the server has then. */
async function apply() {
  if (!bar.ready) return;
  bar.busy = "working";
  bar.draw();
  const said = await answer(server.label({ ...body(), begin: bar.begin }), "unsure");
  bar.busy = "";
  if (!said) return bar.draw();
  const { edit } = said;
  rows.clear();
  await refresh();
  const refused = edit.refused.reduce((sum, { n }) => sum + n, 0);
  say([t("applied", { n: edit.new + edit.changed, m: edit.sets }), refused ? t("refused", { n: refused }) : "", ...edit.refused.map(({ detail }) => detail)].join(" "));
}

let undoing = false;
async function undo() {
  const edit = byId("kwic-done")?.dataset.edit;
  if (!edit) return say(t("nothing_to_undo"));
  if (undoing) return;
  undoing = true;
  say(t("undoing"));
  const said = await answer(server.undo(edit), "unsure");
  undoing = false;
  if (!said) return;
  await refresh();
  const left = said.left_in_all ? [t("left", { n: said.left_in_all }), ...new Set(said.left.slice(0, 5).map(({ quote, detail }) => `«${quote}»: ${detail}`))] : [];
  say([t("undone", { n: said.restored, m: said.sets }), ...left].join(" "));
}

async function markAll() {
  bar.busy = "collecting";
  bar.draw();
  const hits = await answer(server.hits(data.most), "offline");
  bar.busy = "";
  if (hits) rows.markAll(hits);
  else bar.draw();
}

/** @template T @param {Promise<T>} asking @param {"offline"|"unsure"} silence what to say where no answer comes @returns {Promise<T|null>} */
async function answer(asking, silence) {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof SignedOut) say(t("signed_out"));
    else if (error instanceof Refused) say(error.detail);
    else if (error instanceof OfflineError) say(t(silence));
    else throw error;
    return null;
  }
}

/** Takes the rows from the server anew: they say what holds now. The hand stays where it was. */
async function refresh() {
  const { at } = rows;
  const onGrid = byId("kwic")?.contains(document.activeElement) || document.activeElement === document.body || byId("kwic-bar").contains(document.activeElement);
  const response = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html" } }).catch(() => null);
  const fresh = response?.ok ? new DOMParser().parseFromString(await response.text(), "text/html").getElementById("kwic-results") : null;
  if (!fresh) return location.reload();
  byId("kwic-results").replaceWith(document.adoptNode(fresh));
  rows.show();
  rows.go(at, Boolean(onGrid));
}

function open() {
  const link = /** @type {HTMLAnchorElement|null} */ (rows.row?.querySelector(".hit a"));
  link?.click();
}

/** What keys do; false leaves them to the browser. */
const KEYS = {
  Slash: (event) => (event.shiftKey ? byId("kwic-keys").showModal() : byId("query").focus()),
  KeyJ: (event) => rows.move(1, event.shiftKey),
  KeyK: (event) => rows.move(-1, event.shiftKey),
  ArrowDown: (event) => rows.move(1, event.shiftKey),
  ArrowUp: (event) => rows.move(-1, event.shiftKey),
  Home: () => onGrid() && rows.go(0),
  End: () => onGrid() && rows.go(Infinity),
  Space: (event) => onGrid() && rows.toggle(rows.at, { range: event.shiftKey }),
  KeyX: () => rows.rows.length > 0 && rows.togglePage(),
  Enter: () => (bar.label ? apply() : onGrid() && open()),
  Escape: escape,
};

const onGrid = () => byId("kwic")?.contains(document.activeElement) ?? false;

function escape() {
  if (bar.busy) return;
  if (bar.label) {
    bar.label = null;
    asked++;
    bar.draw();
  } else rows.clear();
  say("");
}

/** @param {KeyboardEvent} event @returns {unknown} false where the key is not the page's */
function pressed(event) {
  if (event.ctrlKey || event.metaKey) {
    if (event.code === "KeyZ" && !event.shiftKey) return undo();
    if (event.code === "KeyA" && rows.rows.length) return rows.togglePage();
    return false;
  }
  if (event.altKey) return false;
  const label = bar.count ? bar.labelOf(event) : undefined;
  if (label && event.code !== "KeyJ" && event.code !== "KeyK") return choose(label);
  return KEYS[event.code] ? KEYS[event.code](event) : false;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || byId("kwic-keys").open || event.target.closest?.(".days")) return;
  const box = event.target instanceof HTMLInputElement && event.target.type === "checkbox";
  if (isField(event.target) && !box) {
    if (event.code === "Escape") event.target.blur();
    return;
  }
  const control = event.target instanceof Element && event.target.closest("button, a[href]") !== null;
  if ((control && ["Enter", "Space"].includes(event.code)) || (box && event.code === "Space")) return;
  if (pressed(event) !== false) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (target.closest("[data-do=undo]")) return void undo();
  if (target.closest("[data-do=keys]")) return byId("kwic-keys").showModal();
  const row = /** @type {HTMLElement|null} */ (target.closest(".hit-row"));
  if (!row || target.closest("a") || !getSelection()?.isCollapsed) return;
  rows.toggle(rows.rows.indexOf(row), { range: event.shiftKey });
});
// Shift marks a range; the browser would select the text between.
document.addEventListener("mousedown", (event) => event.shiftKey && event.target.closest?.(".hit-row") && event.preventDefault());
document.addEventListener("focusin", (event) => {
  const row = event.target instanceof Element ? event.target.closest(".hit-row") : null;
  if (row) rows.go(rows.rows.indexOf(/** @type {HTMLElement} */ (row)), false);
});

const days = /** @type {HTMLElement} */ (document.querySelector(".days"));
for (const input of days.querySelectorAll("input")) withPicker(input, /** @type {any} */ ({ ...days.dataset }));
// What is left empty narrows nothing and need not stand in the address; a filter holds as soon as it is chosen.
const finder = /** @type {HTMLFormElement} */ (document.querySelector(".finder"));
finder.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
});
onChosen(finder, () => byId("query").value && finder.requestSubmit());

// One tab stop for the grid: its links are reached with Enter on their row.
rows.go(0, false);
document.documentElement.setAttribute("data-ready", "");
