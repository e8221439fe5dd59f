/** How does the reader show what the margin names? Its places are highlighted; the text itself is never touched. */
import { Reading } from "../core/reading.js";
import { Text } from "../core/text.js";
import { Highlights } from "../dom/highlight.js";
import { Places } from "../dom/selection.js";
import { onChosen } from "../ui/chosen.js";

const doc = document.getElementById("doc");
const margin = document.getElementById("summary");

/** Shows the places of all pressed lines, a highlight for each colour. */
class Shown {
  /** @param {HTMLElement} doc @param {HTMLElement} margin @param {string} text */
  constructor(doc, margin, text) {
    this.highlights = new Highlights(new Places(Reading.ofPublished(new Text(text)), doc));
    /** @type {HTMLButtonElement[]} */
    this.lines = [...margin.querySelectorAll("button[data-ranges]")];
    /** @type {HTMLButtonElement[]} */
    this.groups = [...margin.querySelectorAll("button[data-group]")];
    margin.addEventListener("click", (event) => this.#press(event));
    document.addEventListener("keydown", (event) => this.#move(event));
  }

  /** @param {MouseEvent} event */
  #press(event) {
    const button = event.target instanceof Element && event.target.closest("button");
    if (!button) return;
    // Safari leaves the focus where it was when a button is clicked; J and K go on from here.
    button.focus({ preventScroll: true });
    const on = button.getAttribute("aria-pressed") !== "true";
    const pressed = button.dataset.group ? this.#of(button.dataset.group) : [button];
    for (const line of pressed) line.setAttribute("aria-pressed", String(on));
    this.#draw();
    if (on && pressed.length === 1 && !button.dataset.group) this.#reveal(button);
  }

  /** @param {string} group @returns {HTMLButtonElement[]} */
  #of(group) {
    return this.lines.filter((line) => line.closest("[data-lines]").getAttribute("data-lines") === group);
  }

  #draw() {
    /** @type {Map<string, import("../core/types.js").Range[]>} */
    const byColour = new Map(this.lines.map((line) => [line.dataset.colour, []]));
    for (const line of this.lines) {
      if (line.getAttribute("aria-pressed") === "true") byColour.get(line.dataset.colour).push(...rangesOf(line));
    }
    for (const [colour, ranges] of byColour) this.highlights.set(`reader-${colour}`, ranges);
    for (const group of this.groups) {
      const lines = this.#of(group.dataset.group);
      group.setAttribute("aria-pressed", String(lines.every((line) => line.getAttribute("aria-pressed") === "true")));
    }
  }

  /** Brings the first place of a line to where it is read. @param {HTMLButtonElement} line */
  #reveal(line) {
    const [first] = rangesOf(line);
    const range = first && this.highlights.places.range(...first);
    const box = range?.getBoundingClientRect();
    if (box && (box.top < 80 || box.bottom > innerHeight - 40)) {
      range.startContainer.parentElement.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
    }
  }

  /** J and K, or the arrows, go through the lines. @param {KeyboardEvent} event */
  #move(event) {
    const step = { KeyJ: 1, ArrowDown: 1, KeyK: -1, ArrowUp: -1 }[event.code];
    const at = this.lines.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    // The arrows scroll the text unless one stands in the margin.
    if (at < 0 && event.code.startsWith("Arrow")) return;
    if (event.target instanceof Element && event.target.closest("input, select, textarea, dialog")) return;
    const following = this.lines[Math.min(Math.max(at + step, 0), this.lines.length - 1)];
    if (following) {
      event.preventDefault();
      following.focus();
    }
  }
}

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {HTMLElement} line @returns {import("../core/types.js").Range[]} code points */
const rangesOf = (line) => JSON.parse(line.dataset.ranges);

// On a phone the margin is a sheet over the text: it waits to be drawn up.
if (margin && matchMedia("(max-width: 900px)").matches) margin.removeAttribute("open");
if (doc && margin) new Shown(doc, margin, JSON.parse(document.getElementById("reader-data").textContent).text);
const whose = document.getElementById("whose");
if (whose) onChosen(whose, (list) => list.form.requestSubmit());

const keys = /** @type {HTMLDialogElement|null} */ (document.getElementById("keys"));
document.addEventListener("keydown", (event) => {
  if (event.code !== "Slash" || !event.shiftKey || !keys) return;
  event.preventDefault();
  if (keys.open) keys.close();
  else keys.showModal();
});
