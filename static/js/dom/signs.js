/** Where do invisible characters stand? A sign over each in view, in a layer of its own: nothing is put into the text. */
import { findSigns } from "../core/signs.js";
import { h } from "./h.js";
import { unitsOf } from "./overlay.js";

const LETTER = 4.6;
const PADDING = 6;
const JOINERS = new Set(["zwnj", "zwj"]);

/** Shows the signs of each unit (a paragraph, or sentences of a long one) once it comes into view. */
export class Signs {
  /** @param {{layer: HTMLElement, doc: HTMLElement}} places */
  constructor({ layer, doc }) {
    Object.assign(this, { layer, doc });
    this.on = false;
    /** @type {Map<Element, HTMLElement>} */
    this.groups = new Map();
    this.sight = new IntersectionObserver((entries) => this.#onSight(entries), { rootMargin: "400px 0px" });
    new ResizeObserver(() => this.on && this.#draw([...this.groups.keys()])).observe(doc);
    doc.addEventListener("reading", () => this.on && this.#begin());
  }

  /** @param {boolean} on */
  show(on) {
    this.on = on;
    if (on) return this.#begin();
    this.sight.disconnect();
    this.#clear();
  }

  #clear() {
    this.groups.clear();
    this.layer.replaceChildren();
  }

  /** Looks at the text anew: which units there are, and what stands in them. */
  #begin() {
    this.sight.disconnect();
    this.#clear();
    for (const unit of unitsOf(this.doc)) this.sight.observe(unit);
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #onSight(entries) {
    if (this.on) this.#draw(entries.filter((entry) => entry.isIntersecting && !this.groups.has(entry.target)).map((entry) => entry.target));
  }

  /** @param {Element[]} units */
  #draw(units) {
    // All rectangles are read before anything is written: mixing them makes the browser lay out again and again.
    const origin = this.layer.getBoundingClientRect();
    const plans = units.map((unit) => ({ unit, signs: signsOf(unit, origin) }));
    for (const { unit, signs } of plans) {
      const group = h("div", null, signs);
      this.groups.get(unit)?.remove();
      this.groups.set(unit, this.layer.appendChild(group));
    }
  }
}

/** @param {Element} unit @param {DOMRect} origin @returns {HTMLElement[]} */
function signsOf(unit, origin) {
  const found = findSigns(unit.textContent);
  const walker = document.createTreeWalker(unit, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let node = walker.nextNode();
  let begin = 0;
  /** @param {number} at units into the unit @param {boolean} ending */
  const place = (at, ending) => {
    while (ending ? at > begin + node.nodeValue.length : at >= begin + node.nodeValue.length) {
      begin += node.nodeValue.length;
      node = walker.nextNode();
    }
    return /** @type {const} */ ([node, at - begin]);
  };
  const measured = found.flatMap(({ at, length, sign }) => {
    range.setStart(...place(at, false));
    range.setEnd(...place(at + length, true));
    const rects = [...range.getClientRects()];
    let rect = rects.find(({ width }) => width > 0) ?? rects[0];
    if (rect?.width && JOINERS.has(sign.key)) {
      // Firefox gives it the room of the letter before it: it stands behind that.
      range.collapse(false);
      rect = range.getClientRects()[0] ?? rect;
    }
    // A space at the end of a line is not drawn.
    return rect ? [{ key: sign.key, text: sign.key === "spaces" ? `␣${length}` : sign.text, rect }] : [];
  });
  return stacked(measured).map(({ key, text, rect, level }) => {
    const style = { left: `${rect.left - origin.left}px`, top: `${rect.top - origin.top}px`, width: `${rect.width}px`, height: `${rect.height}px`, "--level": String(level) };
    return h(`i.sign.is-${key}`, { style, "data-t": text });
  });
}

/**
 * What is written on signs that stand close together goes one above the other.
 * @template {{text: string, rect: DOMRect}} T
 * @param {T[]} signs @returns {(T & {level: number})[]}
 */
function stacked(signs) {
  /** @type {{left: number, right: number, top: number, level: number}[]} */
  const taken = [];
  return signs.map((sign) => {
    if (!sign.text) return { ...sign, level: 0 };
    const { left, right, top } = sign.rect;
    const half = (sign.text.length * LETTER + PADDING) / 2;
    const own = { left: (left + right) / 2 - half, right: (left + right) / 2 + half, top, level: 0 };
    while (taken.some((one) => one.top === top && one.level === own.level && one.left < own.right && own.left < one.right)) own.level++;
    taken.push(own);
    return { ...sign, level: own.level };
  });
}
