/** How does one reach a word or a button without a mouse? Each in view shows a short code; typing it leads there. */
import { codes } from "../core/codes.js";
import { h } from "../dom/h.js";
import { topOfText } from "../dom/sight.js";

/** @typedef {{id: string, rect: DOMRect, pick: () => void, where?: "above"|"inside", color?: string}} Target */

/** Home row first, then the rows around it. */
export const LETTERS = "FJDKSLAHGREUIWOVNCMTYBQPXZ";

const LEVEL = 17;
const ABOVE = 8;

export class Hints {
  constructor() {
    this.layer = document.body.appendChild(h("div.hints", { "aria-hidden": "true", hidden: true }));
    this.typed = "";
    /** @type {Map<string, Target>} */
    this.targets = new Map();
    /** @type {{find: () => Target[], letters: string, sticky: boolean}|null} */
    this.asked = null;
    addEventListener("scroll", () => this.redraw(), { passive: true });
    addEventListener("resize", () => this.redraw());
  }

  /** Finds the targets again, if there are any: they have moved. */
  redraw() {
    if (this.asked) this.#draw();
  }

  get active() {
    return this.asked !== null && this.targets.size > 0;
  }

  /**
   * Shows codes.
   * @param {() => Target[]} find targets in view, the likeliest first; asked again when the window scrolls
   * @param {{letters?: string, sticky?: boolean}} [options] sticky: stays after a pick, for several in a row
   * @returns {boolean} whether there is anything to pick
   */
  show(find, { letters = LETTERS, sticky = false } = {}) {
    this.asked = { find, letters, sticky };
    this.#draw();
    if (!this.targets.size) this.close();
    return this.active;
  }

  close() {
    this.asked = null;
    this.targets.clear();
    this.layer.hidden = true;
    this.layer.replaceChildren();
  }

  /**
   * Takes a key press.
   * @param {KeyboardEvent} event @returns {boolean} whether it was a letter of a code, or takes one back
   */
  key(event) {
    if (!this.active || event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.code === "Backspace" && this.typed) return this.#type("");
    const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
    if (!letter || event.shiftKey) return false;
    return this.#type(this.typed + letter);
  }

  /** @param {string} typed @returns {boolean} */
  #type(typed) {
    if (typed && ![...this.targets.keys()].some((code) => code.startsWith(typed))) return false;
    const found = this.targets.get(typed);
    this.typed = typed;
    if (!found) {
      this.#dim();
      return true;
    }
    const { asked } = this;
    this.close();
    found.pick();
    // What was picked may have asked for something else already.
    if (asked.sticky && !this.asked) this.show(asked.find, asked);
    return true;
  }

  #draw() {
    this.typed = "";
    // A letter above a word of the first line would lie on the bar.
    const top = topOfText() + ABOVE;
    const targets = this.asked.find().filter(({ rect, where }) => where === "inside" || rect.top >= top);
    const keys = codes(targets.length, this.asked.letters);
    this.targets = new Map(keys.map((code, at) => [code, targets[at]]));
    this.layer.hidden = false;
    /** @type {Map<string, number>} how many letters stand at a place already: spans may begin together */
    const stacked = new Map();
    this.layer.replaceChildren(...[...this.targets].map(([code, { id, rect, where, color }]) => {
      const [left, top] = where === "inside" ? [rect.left + 5, rect.top + 3] : [(rect.left + rect.right) / 2, rect.top + 2];
      const place = `${Math.round(left)} ${Math.round(top)}`;
      const level = stacked.get(place) ?? 0;
      stacked.set(place, level + 1);
      const style = { left: `${left}px`, top: `${top - level * LEVEL}px` };
      return h(`b.hint-key${color ? `.c-${color}` : ""}`, { "data-code": code, "data-for": id, style }, h("i", { "data-t": "" }), h("span", { "data-t": code }));
    }));
  }

  #dim() {
    for (const key of this.layer.children) {
      const code = key.getAttribute("data-code");
      key.toggleAttribute("hidden", !code.startsWith(this.typed));
      key.firstElementChild.setAttribute("data-t", this.typed);
      key.lastElementChild.setAttribute("data-t", code.slice(this.typed.length));
    }
  }
}
