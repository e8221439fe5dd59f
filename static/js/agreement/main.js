/**
 * How is the agreement page worked by hand? The confusion is a grid of buttons: arrows move, Enter opens a cell's
 * examples beside it, Escape comes back. While figures are computed the page follows the job, and shows them when they
 * are there. Without this script a cell is a link of a form.
 */

const EVERY_MS = 1000;
const TROUBLED_MS = 4000;
const grid = /** @type {HTMLTableElement|null} */ (document.getElementById("heat"));

/** Rows of cells that can be reached; the place where nothing stands against nothing is null. */
const rows = grid ? [...grid.tBodies[0].rows].map((row) => [...row.cells].slice(1).map((cell) => cell.querySelector("button"))) : [];

/** @returns {HTMLButtonElement|undefined} */
const chosen = () => /** @type {HTMLButtonElement|undefined} */ (grid?.querySelector("[aria-pressed=true]") ?? rows[0]?.[0] ?? undefined);

/** @param {HTMLButtonElement|null|undefined} button that Tab comes to from now on */
function keep(button) {
  for (const other of grid?.querySelectorAll("button[tabindex='0']") ?? []) other.setAttribute("tabindex", "-1");
  button?.setAttribute("tabindex", "0");
}

/** @param {KeyboardEvent} event @returns {[number, number]|null} rows and columns to move by */
function step(event) {
  const onwards = getComputedStyle(/** @type {Element} */ (grid)).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  if (event.code === "ArrowDown") return [1, 0];
  if (event.code === "ArrowUp") return [-1, 0];
  if (event.code === "ArrowLeft" || event.code === "ArrowRight") return [0, event.code === onwards ? 1 : -1];
  return null;
}

/** @param {KeyboardEvent} event */
function move(event) {
  const button = /** @type {HTMLButtonElement} */ (event.target);
  const at = rows.findIndex((row) => row.includes(button));
  if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
  const column = rows[at].indexOf(button);
  const by = step(event);
  let next = by && rows[at + by[0]]?.[column + by[1]];
  if (event.code === "Home") next = rows[at][0];
  if (event.code === "End") next = rows[at].findLast((cell) => cell);
  if (!by && !next) return;
  event.preventDefault();
  if (!next) return;
  keep(next);
  next.focus();
}

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
grid?.addEventListener("keydown", move);
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

setTimeout(follow, EVERY_MS);
