/** What stands above the words? Chips with the labels' titles, in layers of their own: nothing is put into the text. */
import { h } from "./h.js";

const GAP = 3;
const DOT = 6;
const FARTHEST_PUSH = 14;
const MOST_DOTS = 3;
const PADDING = 10;

/** @typedef {{title: string, color: string, length: number}} Chip */

/** Draws the chips of a unit (a paragraph, or sentences of a long one) once it comes into view. */
export class Chips {
  /**
   * @param {{layer: HTMLElement, doc: HTMLElement, rtl: boolean, chipOf: (short: string) => Chip|null}} options
   *   chipOf gives null for spans without a chip
   */
  constructor({ layer, doc, rtl, chipOf }) {
    Object.assign(this, { layer, doc, rtl, chipOf });
    /** @type {Map<Element, HTMLElement>} */
    this.groups = new Map();
    /** @type {Map<string, number>} */
    this.widths = new Map();
    this.canvas = document.createElement("canvas").getContext("2d");
    this.seen = new IntersectionObserver((entries) => this.#onSight(entries), { rootMargin: "400px 0px" });
    for (const unit of unitsOf(doc)) this.seen.observe(unit);
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #onSight(entries) {
    this.draw(entries.filter((entry) => entry.isIntersecting && !this.groups.has(entry.target)).map((entry) => entry.target));
  }

  /** Begins anew where units came and went: the text was drawn another way. Those that stayed keep their chips. */
  renew() {
    this.seen.disconnect();
    for (const [unit, group] of this.groups) {
      if (unit.isConnected) continue;
      group.remove();
      this.groups.delete(unit);
    }
    for (const unit of unitsOf(this.doc)) this.seen.observe(unit);
  }

  /** Draws everything drawn so far again: sizes have changed. */
  redraw() {
    this.draw([...this.groups.keys()]);
  }

  /** @param {Iterable<Element>} units drawn again, or changed */
  draw(units) {
    // All rectangles are read before anything is written: mixing them makes the browser lay out again and again.
    const origin = this.layer.getBoundingClientRect();
    const plans = [...units].map((unit) => ({ unit, chips: this.#plan(unit, origin) }));
    for (const { unit, chips } of plans) {
      const group = h("div", null, ...chips);
      const before = this.groups.get(unit);
      if (before) before.replaceWith(group);
      else this.layer.append(group);
      this.groups.set(unit, group);
    }
  }

  /** @param {Element} unit @param {DOMRect} origin @returns {HTMLElement[]} */
  #plan(unit, origin) {
    const found = [];
    for (const segment of unit.querySelectorAll("[data-start]")) {
      const chips = segment.getAttribute("data-start").split(" ").map(this.chipOf).filter(Boolean);
      if (!chips.length) continue;
      const rect = firstRect(segment);
      if (!rect) continue;
      const at = this.rtl ? origin.right - rect.right : rect.left - origin.left;
      for (const chip of chips.sort((a, b) => a.length - b.length)) found.push({ chip, at, top: rect.top - origin.top });
    }
    return this.#place(found.sort((a, b) => (Math.abs(a.top - b.top) > 8 ? a.top - b.top : a.at - b.at)));
  }

  /** @param {{chip: Chip, at: number, top: number}[]} found by line, then along it @returns {HTMLElement[]} */
  #place(found) {
    let line = -Infinity;
    let reached = -Infinity;
    let dots = 0;
    return found.map(({ chip, at, top }, index) => {
      if (top - line > 8) reached = -Infinity;
      line = top;
      const start = Math.max(at, reached + GAP);
      const next = found.slice(index + 1).find((later) => later.at > at + 1);
      const room = next && Math.abs(next.top - top) <= 8 ? next.at - start + FARTHEST_PUSH : Infinity;
      const width = this.#width(chip.title);
      const shrinks = start - at > FARTHEST_PUSH || room < width;
      dots = shrinks ? dots + 1 : 0;
      if (dots > MOST_DOTS) return null;
      reached = start + (shrinks ? DOT : width);
      const style = { "inset-inline-start": `${start}px`, top: `${top}px` };
      return shrinks
        ? h(`i.dot.c-${chip.color}`, { style })
        : h(`i.chip.c-${chip.color}`, { style, "data-t": chip.title });
    });
  }

  /** @param {string} title @returns {number} */
  #width(title) {
    let width = this.widths.get(title);
    if (width === undefined) {
      this.canvas.font = `650 9.5px Vazirmatn`;
      width = this.canvas.measureText(title).width + PADDING;
      this.widths.set(title, width);
    }
    return width;
  }
}

/** @param {HTMLElement} doc @returns {Element[]} what is drawn at once: paragraphs, or the units of long ones */
export function unitsOf(doc) {
  return [...doc.querySelectorAll("[data-cp]")].filter((element) => !element.firstElementChild?.hasAttribute("data-cp"));
}

/** @param {Element} segment @returns {DOMRect|undefined} collapsed spaces have rectangles without width */
export function firstRect(segment) {
  return [...segment.getClientRects()].find((rect) => rect.width > 0);
}

/** @param {Iterable<DOMRect>} rects @returns {{left: number, right: number, top: number, bottom: number}[]} one per line */
export function byLine(rects) {
  const lines = [];
  for (const { left, right, top, bottom, width } of rects) {
    if (!width) continue;
    const line = lines.find((known) => Math.abs(known.top - top) < (bottom - top) / 2);
    if (!line) lines.push({ left, right, top, bottom });
    else Object.assign(line, { left: Math.min(line.left, left), right: Math.max(line.right, right) });
  }
  return lines.sort((a, b) => a.top - b.top);
}
