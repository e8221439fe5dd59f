/**
 * How does a dashboard come together? Each panel is asked for by itself; one that fails says so and is asked for again.
 * Charts are drawn when their panel has come; the heat map is walked by arrows, and a cell opens what is behind it.
 */
import { withPicker } from "../ui/day_picker.js";
import { walkGrid } from "../ui/grid.js";
import { drawCharts } from "../ui/lines.js";
import { shutMenus } from "../ui/menu.js";

const board = document.querySelector(".board");

/** @param {Element} panel that has come */
function arrive(panel) {
  drawCharts(panel);
  for (const table of panel.querySelectorAll("table[data-grid]")) {
    const { keep } = walkGrid(/** @type {HTMLTableElement} */ (table));
    keep(/** @type {HTMLElement|null} */ (table.querySelector("[aria-current]") ?? table.querySelector("tbody a")));
  }
}

/** @param {Element} panel that did not come */
function fail(panel) {
  const said = /** @type {HTMLTemplateElement} */ (document.getElementById("failed")).content.cloneNode(true);
  panel.querySelector(".waiting")?.remove();
  panel.querySelector(".failed")?.remove();
  panel.append(said);
  panel.setAttribute("aria-busy", "false");
}

/** @param {Event} event @returns {any} what htmx says of the request */
const detail = (event) => /** @type {CustomEvent} */ (event).detail;

/** @param {Event} event @returns {Element|null} the panel that a request was for */
const panelOf = (event) => /** @type {Element} */ (event.target).closest(".part");

if (board) {
  for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    board.addEventListener(name, (event) => {
      const panel = panelOf(event);
      if (panel) fail(panel);
    });
  }
  board.addEventListener("htmx:beforeSwap", (event) => {
    // Signed out meanwhile: what came is the page for signing in, and belongs in no panel.
    if (new URL(detail(event).xhr.responseURL).pathname.includes("/dashboard/")) return;
    detail(event).shouldSwap = false;
    location.reload();
  });
  board.addEventListener("htmx:afterSwap", (event) => {
    const panel = panelOf(event);
    if (!panel) return;
    panel.setAttribute("aria-busy", "false");
    arrive(panel);
  });
  board.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const panel = target.closest(".part");
    if (panel && target.closest("[data-do='again']")) again(panel);
    const cell = /** @type {HTMLAnchorElement|null} */ (target.closest("a[data-cell]"));
    if (cell && panel && !(/** @type {MouseEvent} */ (event).ctrlKey || /** @type {MouseEvent} */ (event).metaKey)) {
      event.preventDefault();
      open(cell, panel);
    }
  });
  board.addEventListener("keydown", (event) => {
    if (/** @type {KeyboardEvent} */ (event).code !== "Escape") return;
    const behind = /** @type {Element} */ (event.target).closest("#behind");
    const current = /** @type {HTMLElement|null} */ (behind?.closest(".part")?.querySelector("[aria-current]") ?? null);
    current?.focus();
  });
}

/** @param {Element} panel to be asked for once more */
function again(panel) {
  panel.querySelector(".failed")?.remove();
  panel.setAttribute("aria-busy", "true");
  /** @type {any} */ (window).htmx.trigger(panel, "again");
}

/** @param {HTMLAnchorElement} cell whose stances are to be seen @param {Element} panel */
async function open(cell, panel) {
  await /** @type {any} */ (window).htmx.ajax("GET", cell.href.split("#")[0], { target: panel, swap: "innerHTML", source: panel });
  const behind = /** @type {HTMLElement|null} */ (panel.querySelector("#behind"));
  behind?.focus({ preventScroll: true });
  behind?.scrollIntoView({ block: "nearest" });
}

const days = /** @type {HTMLElement|null} */ (document.querySelector(".menu .days"));
for (const input of days?.querySelectorAll("input") ?? []) withPicker(input, /** @type {any} */ ({ ...days.dataset }));
shutMenus();
// A panel that is a page of its own is there already.
if (!board) for (const panel of document.querySelectorAll(".part")) arrive(panel);
