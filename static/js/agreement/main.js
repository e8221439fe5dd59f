/**
 * How is the agreement page worked by hand? The confusion is a grid of buttons: arrows move, Enter opens a cell's
 * examples beside it, Escape comes back. While figures are computed the page follows the job, and shows them when they
 * are there. Without this script a cell is a link of a form, and the trend its table.
 */
import { walkGrid } from "../ui/grid.js";
import { drawCharts } from "../ui/lines.js";
import { shutMenus } from "../ui/menu.js";

const EVERY_MS = 1000;
const TROUBLED_MS = 4000;
const grid = /** @type {HTMLTableElement|null} */ (document.getElementById("heat"));

const { keep } = grid ? walkGrid(grid) : { keep: () => {} };

/** @returns {HTMLButtonElement|undefined} */
const chosen = () => /** @type {HTMLButtonElement|undefined} */ (grid?.querySelector("[aria-pressed=true]") ?? grid?.querySelector("button") ?? undefined);

let asked = 0;

/** @param {HTMLButtonElement} button whose examples are to be seen */
async function open(button) {
  const mine = ++asked;
  const address = new URL(location.href);
  address.searchParams.set("cell", button.value);
  const part = new URL(address);
  part.searchParams.set("part", "examples");
  const answer = await fetch(part, { credentials: "same-origin" }).catch(() => null);
  if (mine !== asked) return;
  if (!answer?.ok || answer.redirected) return location.assign(address); // what the server has to say shows there
  const shown = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("examples");
  if (!shown || mine !== asked) return;
  document.getElementById("examples")?.replaceWith(shown);
  for (const other of grid?.querySelectorAll("[aria-pressed=true]") ?? []) other.setAttribute("aria-pressed", "false");
  button.setAttribute("aria-pressed", "true");
  keep(button);
  history.replaceState(null, "", address);
  const first = /** @type {HTMLElement|null} */ (shown.querySelector("a"));
  (first ?? shown).focus({ preventScroll: true });
  shown.scrollIntoView({ block: "nearest" });
}

keep(chosen());
grid?.closest("form")?.addEventListener("submit", (event) => {
  event.preventDefault();
  open(/** @type {HTMLButtonElement} */ (event.submitter));
});
document.addEventListener("keydown", (event) => {
  const inside = /** @type {Element} */ (event.target).closest?.("#examples");
  if (event.code === "Escape" && inside) chosen()?.focus();
});

/** Asks how far the job is; when it has ended the page is read again, with its figures or its error. */
async function follow() {
  const live = document.getElementById("live");
  if (!live?.dataset.poll) return;
  let came = true;
  if (!document.hidden) {
    const answer = await fetch(live.dataset.poll, { credentials: "same-origin" }).catch(() => null);
    came = Boolean(answer?.ok);
    const fresh = came && new DOMParser().parseFromString(await /** @type {Response} */ (answer).text(), "text/html").getElementById("live");
    if (came && !/** @type {HTMLElement|null} */ (fresh)?.dataset.poll) return location.reload();
    if (fresh && !live.contains(document.activeElement)) live.replaceWith(fresh);
  }
  setTimeout(follow, came ? EVERY_MS : TROUBLED_MS);
}

drawCharts(document);
shutMenus();
setTimeout(follow, EVERY_MS);
