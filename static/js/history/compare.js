/** How are the differences of two versions gone through? J and K step from one to the next, in the list and in the text. */
import { Reading } from "../core/reading.js";
import { Text } from "../core/text.js";
import { Highlights } from "../dom/highlight.js";
import { Places } from "../dom/selection.js";

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** The list beside the text and the place in the text that it stands at. */
class Differences {
  /** @param {HTMLElement} doc @param {HTMLElement} list @param {string} text */
  constructor(doc, list, text) {
    this.highlights = new Highlights(new Places(Reading.ofPublished(new Text(text)), doc));
    /** @type {HTMLButtonElement[]} */
    this.lines = [...list.querySelectorAll("button[data-ranges]")];
    list.addEventListener("focusin", (event) => this.#show(event.target));
    list.addEventListener("click", (event) => this.#show(event.target));
    doc.addEventListener("click", (event) => this.#pick(event.target));
    document.addEventListener("keydown", (event) => this.#move(event));
  }

  /** Shows where a line stands. @param {EventTarget|null} target */
  #show(target) {
    const line = /** @type {HTMLButtonElement|null} */ (target instanceof Element && target.closest("button[data-ranges]"));
    if (!line) return;
    // Safari leaves the focus where it was when a button is clicked; J and K go on from here.
    line.focus({ preventScroll: true });
    for (const other of this.lines) other.toggleAttribute("aria-current", other === line);
    /** @type {import("../core/types.js").Range[]} code points */
    const ranges = JSON.parse(line.dataset.ranges);
    this.highlights.set("difference", ranges);
    line.scrollIntoView({ block: "nearest" });
    const range = ranges.length ? this.highlights.places.range(...ranges[0]) : null;
    const box = range?.getBoundingClientRect();
    if (box && (box.top < 80 || box.bottom > innerHeight - 80)) {
      scrollBy({ top: box.top - innerHeight / 3, behavior: still.matches ? "auto" : "smooth" });
    }
  }

  /** A click in the text goes to the shortest difference there: those that stayed the same are numbered behind them. @param {EventTarget|null} target */
  #pick(target) {
    const drawn = target instanceof Element && /** @type {HTMLElement|null} */ (target.closest("[data-i]"));
    const found = (drawn ? drawn.dataset.i : "").split(" ").map((id) => this.lines[parseInt(id, 36)]).find(Boolean);
    found?.focus();
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const step = { KeyJ: 1, ArrowDown: 1, KeyK: -1, ArrowUp: -1 }[event.code];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    const at = this.lines.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    // The arrows scroll the text unless one stands in the list.
    if (at < 0 && event.code.startsWith("Arrow")) return;
    if (event.target instanceof Element && event.target.closest("input, select, textarea")) return;
    const following = this.lines[Math.min(Math.max(at + step, 0), this.lines.length - 1)];
    if (!following) return;
    event.preventDefault();
    following.focus({ preventScroll: true });
  }
}

const doc = document.getElementById("doc");
const list = document.getElementById("differences");
// On a phone the list is a sheet over the text: it waits to be drawn up.
if (list && matchMedia("(max-width: 900px)").matches) list.removeAttribute("open");
if (doc && list) new Differences(doc, list, JSON.parse(document.getElementById("compare-data").textContent).text);
