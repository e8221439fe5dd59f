/** How is the library worked by hand? Search as one types, rows by keys, days from a calendar; all of it goes without, too. */
import { withPicker } from "../ui/day_picker.js";

const finder = /** @type {HTMLFormElement} */ (document.getElementById("finder"));
const box = /** @type {HTMLInputElement} */ (document.getElementById("q"));
const days = /** @type {HTMLElement} */ (finder.querySelector(".days"));

const words = /** @type {import("../ui/day_picker.js").Words} */ ({ ...days.dataset });
for (const input of days.querySelectorAll("input")) withPicker(input, words);

// What is left empty narrows nothing and need not stand in the address.
finder.addEventListener("htmx:configRequest", (event) => {
  const { parameters } = /** @type {CustomEvent} */ (event).detail;
  for (const name of Object.keys(parameters)) if (parameters[name] === "") delete parameters[name];
});

// Who is at a row already when the rows of the last letters come stays there, or at the first if it is gone.
/** @type {string|null} */
let stoodAt = null;
document.addEventListener("htmx:beforeSwap", () => {
  stoodAt = document.activeElement?.closest("#found .row") ? document.activeElement.getAttribute("href") : null;
});
document.addEventListener("htmx:afterSwap", () => {
  if (stoodAt === null) return;
  const links = rows();
  (links.find((link) => link.getAttribute("href") === stoodAt) ?? links[0])?.focus();
  stoodAt = null;
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  const target = /** @type {HTMLElement} */ (event.target);
  if (target === box) return leaveBox(event);
  if (target.closest("input, select, textarea, [role=dialog]")) return;
  if (event.code === "Slash" && !event.shiftKey) {
    event.preventDefault();
    box.focus();
    box.select();
  } else if (event.code === "KeyJ" || event.code === "KeyK") {
    event.preventDefault();
    step(event.code === "KeyJ" ? 1 : -1);
  }
});

/** @param {KeyboardEvent} event Arrow down goes from the box to what it found, Escape out of it. */
function leaveBox(event) {
  if (event.code === "ArrowDown") {
    event.preventDefault();
    step(1);
  } else if (event.code === "Escape" && !box.value) {
    box.blur();
  }
}

/** @param {1|-1} way to the next or the last row; Enter then follows its link */
function step(way) {
  const links = rows();
  const at = links.findIndex((link) => link === document.activeElement);
  links[Math.min(Math.max(at + way, 0), links.length - 1)]?.focus();
}

/** @returns {HTMLElement[]} the links of the rows, in order */
function rows() {
  return [...document.querySelectorAll("#found .row h2 a")];
}
