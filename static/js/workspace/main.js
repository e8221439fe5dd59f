/** How do the parts become the workspace? They are made here, joined, and told apart: text, panel, keys, saving. */
import { actionOf, isField, isForControl, isHeld, passesList } from "../core/keymap.js";
import { arrive } from "./arrival.js";
import { Clock } from "./clock.js";
import { Context } from "./context.js";
import { Desk } from "./desk.js";
import { closeSheet } from "./drawer.js";
import { Everywhere } from "./everywhere.js";
import { Guide } from "./guide.js";
import { toggleHelp } from "./help.js";
import { Keyboard } from "./keyboard.js";
import { Labels } from "./labels.js";
import { LabelKeys } from "./label_keys.js";
import { leaveBy } from "./leaving.js";
import { Linker } from "./linker.js";
import { StanceMatrix } from "./matrix.js";
import { Readings } from "./readings.js";
import { startSaving } from "./saving.js";
import { SignSwitch } from "./signs.js";
import { Spread } from "./spread.js";
import { Talk } from "./talk.js";
import { Things } from "./things.js";
import { ViewMenu } from "./view_menu.js";
import { Warnings } from "./warnings.js";
import { onThemeSwitch } from "../ui/theme.js";

/** @param {string} id @returns {any} */
const byId = (id) => document.getElementById(id);

const ws = new Context(JSON.parse(byId("workspace-data").textContent), {
  language: document.documentElement.lang,
  doc: byId("doc"),
  stage: byId("stage"),
});
ws.things = new Things(ws, () => desk.panel.drawSoon());
const labelKeys = new LabelKeys(ws, () => desk.panel.drawSoon());
const desk = new Desk(ws, {
  overlay: byId("overlay"), margin: byId("margin"), popover: byId("popover"), hint: byId("hint"), tabs: byId("tabs"), body: byId("panel-body"),
  toast: byId("toast"),
});
const keyboard = new Keyboard(desk);
const viewMenu = new ViewMenu(desk, byId("view-menu"));
const matrix = new StanceMatrix(desk, byId("panel-body"));
const linker = new Linker(desk);
const spread = new Spread(desk);
const everywhere = new Everywhere(desk, spread);

const beside = { panel: byId("panel"), popover: byId("popover"), list: byId("panel-body"), overlay: byId("overlay") };
const guide = new Guide(ws, desk, { ...beside, button: byId("guide-button") });
const talk = new Talk(ws, desk, { ...beside, button: byId("talk-button") });
const readings = new Readings(ws, desk, byId("reading-button"));
const signs = new SignSwitch(ws, byId("overlay"), byId("signs-button"));
const warnings = new Warnings(ws, desk, { ...beside, button: byId("warnings-button") });

const OF_SHEETS = new Set(["help", "matrix"]);

/** What keys and the buttons of the bar do. */
const ACTIONS = {
  ...keyboard.actions,
  undo: () => ws.store.step("undo"),
  redo: () => ws.store.step("redo"),
  delete: () => desk.deleteSelected(),
  stance: () => desk.beginStance(),
  matrix: () => matrix.toggle(),
  everywhere: () => everywhere.ask(),
  link: () => linker.ask(),
  escape: () => closeMenu() || closeSheet() || leaveControl() || desk.escape(),
  help: () => toggleHelp(ws, labelKeys),
  guide: () => guide.toggle(),
  talk: () => talk.write(),
  threads: () => talk.toggle(),
  chips: () => viewMenu.cycle("chips"),
  focus: () => viewMenu.cycle("focus"),
  reading: () => void readings.toggle(),
  signs: () => signs.toggle(),
  warnings: () => warnings.toggle(),
  "next-warning": () => warnings.next(),
  "next-article": () => goToArticle("after"),
  "previous-article": () => goToArticle("before"),
  finish: () => shownForm("finish", "accept")?.requestSubmit(),
  skip: () => openForm("skip"),
  return: () => openForm("return"),
};

/** @returns {boolean} whether a menu of the bar was open and is closed now: Escape is taken here, the browser would not hear it */
function closeMenu() {
  const menu = /** @type {HTMLElement|null} */ (document.querySelector("[popover]:popover-open"));
  menu?.hidePopover();
  return menu !== null;
}

/** Gives the keys back to the text. @returns {boolean} whether a control of the lists had them, and nothing is asked */
function leaveControl() {
  const control = /** @type {HTMLElement|null} */ (document.activeElement);
  if (desk.pick.active || desk.hints.active || !(desk.panel.body.contains(control) || control instanceof HTMLSelectElement)) return false;
  control.blur();
  return true;
}

/** @param {string[]} ids @returns {HTMLFormElement|undefined} the first of these forms that is to be seen */
function shownForm(...ids) {
  return ids.map(byId).find((form) => form && !form.hidden);
}

/** Opens a form of the bar; where the page has it not, the key does nothing. @param {string} id @returns {boolean|void} */
function openForm(id) {
  const form = byId(id);
  if (!form) return false;
  form.showPopover();
}

/** Nothing is handed in by going: what is not on the server yet is sent from there (ui/late.js). @param {"before"|"after"} way */
function goToArticle(way) {
  const url = ws.data.urls.neighbours[way];
  if (url) location.assign(url);
  else desk.say(ws.t(`no_article_${way}`));
}

function tellHistory() {
  document.querySelector("[data-do=undo]").toggleAttribute("disabled", !ws.store.history.canUndo);
  document.querySelector("[data-do=redo]").toggleAttribute("disabled", !ws.store.history.canRedo);
}

// Letters to type are shown to a hand that types.
document.addEventListener("pointerdown", ({ pointerType }) => (document.documentElement.dataset.hand = pointerType), { capture: true });
document.addEventListener("keydown", () => delete document.documentElement.dataset.hand, { capture: true });
document.addEventListener("keydown", (event) => {
  if ((isField(event.target) && !passesList(event)) || event.isComposing) return;
  const action = actionOf(event);
  if (isHeld(event, action)) return action !== null && event.preventDefault();
  // Keys belong to a sheet that lies over the page; Escape closes it by itself.
  if (document.querySelector("dialog:modal") && !OF_SHEETS.has(action)) return;
  if (action !== "escape" && (desk.hints.key(event) || desk.pick.key(event))) return event.preventDefault();
  if (isForControl(event)) return;
  if (action === null ? keyboard.onLabelKey(event) : ACTIONS[action]?.() !== false) event.preventDefault();
});
// What is drafted or selected here is no selection of the browser's: it is copied as it was published.
document.addEventListener("copy", (event) => {
  const held = desk.draft ?? ws.state.spans.get(desk.view.selected ?? "")?.ranges;
  if (!held || isField(document.activeElement) || !getSelection().isCollapsed) return;
  event.clipboardData.setData("text/plain", ws.text.quote(held));
  event.preventDefault();
});
// A list that was opened with the mouse would go on turning with the arrows that move the cursor.
document.addEventListener("change", ({ target }) => {
  if (target instanceof HTMLSelectElement && "hand" in document.documentElement.dataset) target.blur();
});
byId("popover").addEventListener("click", ({ target }) => {
  if (target.closest("[data-act=everywhere]")) everywhere.ask();
  if (target.closest("[data-act=link]")) linker.ask();
  const reach = target.closest("[data-act=sentence], [data-act=piece]");
  if (reach) ACTIONS[reach.dataset.act]();
});
for (const button of document.querySelectorAll("[data-do]")) {
  button.addEventListener("click", () => {
    const menu = byId("tools");
    if (menu.matches(":popover-open")) menu.hidePopover();
    ACTIONS[button.getAttribute("data-do")]();
  });
}
// The work is handed in, or given back, once the server holds all of it.
leaveBy(byId("skip"), () => saving.settled());
leaveBy(byId("finish"), () => saving.settled(), () => warnings.mayFinish(byId("finish")));
for (const id of ["accept", "return"]) leaveBy(byId(id));
ws.store.subscribe(tellHistory);
onThemeSwitch(byId("theme"));
new Clock(ws, byId("time"));

// The spans are in the page before any script runs: they are painted with its first contents.
new PerformanceObserver((list) => {
  for (const { name, startTime } of list.getEntries()) if (name === "first-contentful-paint") performance.mark("spans-painted", { startTime });
}).observe({ type: "paint", buffered: true });
// What waits from an earlier visit is shown at once and sent; then the overlays, which need the font's widths.
const labels = new Labels(ws, desk, () => {
  labelKeys.renew();
  warnings.look();
});
const { saving, resumed } = startSaving(ws, desk, { button: byId("status"), text: byId("status-text") }, labels);
await resumed;
await document.fonts.ready;
desk.draw();
readings.start();
signs.start();
arrive(desk, location.hash);
performance.mark("ready");
document.documentElement.setAttribute("data-ready", "");
