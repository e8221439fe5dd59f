/** How does the text show how far the work is? Agreed softly, decided in full, open with a number, the current one with its rails. */
import { Painter } from "../dom/paint.js";
import { byLine, Chips } from "../dom/overlay.js";
import { Highlights } from "../dom/highlight.js";
import { h } from "../dom/h.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./types.js").Unit} Unit */
/** @typedef {import("./types.js").Mark} Mark */

const RAIL = 8;
const MOST_RAILS = 4;

export class PageText {
  /** @param {Context} cx @param {HTMLElement} overlay */
  constructor(cx, overlay) {
    this.cx = cx;
    /** @type {Map<string, Mark>} */
    this.marks = new Map(cx.adjudication.marks.map((mark) => [mark.id, mark]));
    this.painter = new Painter(cx.doc, cx.reading, this.marks.values());
    this.highlights = new Highlights(cx.places);
    this.chips = new Chips({ layer: overlay.appendChild(h("div.chips")), doc: cx.doc, rtl: cx.rtl, chipOf: (id) => this.#chip(id) });
    this.numbers = overlay.appendChild(h("div.adj-numbers"));
    this.rails = overlay.appendChild(h("div.rails"));
  }

  /** @param {string} id @returns {import("../dom/overlay.js").Chip|null} only what is decided has one */
  #chip(id) {
    const mark = this.marks.get(id);
    if (!mark || mark.color.startsWith("soft-") || mark.kind !== "entity") return null;
    return { title: mark.title, color: mark.color, length: mark.ranges.at(-1)[1] - mark.ranges[0][0] };
  }

  /** Draws what has come, gone or changed since. */
  repaint() {
    const now = new Map(this.cx.adjudication.marks.map((mark) => [mark.id, mark]));
    const changes = [];
    for (const id of new Set([...this.marks.keys(), ...now.keys()])) {
      const [before, after] = [this.marks.get(id) ?? null, now.get(id) ?? null];
      if (JSON.stringify(before) !== JSON.stringify(after)) changes.push({ before, after });
    }
    this.marks = now;
    if (changes.length) this.chips.draw(this.painter.update(changes));
    this.draw();
  }

  /** Draws what lies over the text: grounds, numbers, rails. */
  draw() {
    const { cx } = this;
    const open = cx.units.filter((unit) => !unit.settled && unit.noun === "span");
    this.highlights.set("open", open.filter(({ key }) => key !== cx.current).flatMap(({ ranges }) => ranges));
    this.highlights.set("current", cx.unit ? cx.unit.ranges : []);
    this.#drawNumbers();
    this.#drawRails();
  }

  #drawNumbers() {
    const { cx } = this;
    const origin = this.numbers.getBoundingClientRect();
    const taken = new Map();
    const found = cx.units.filter(({ settled, key }) => !settled || key === cx.current).map((unit) => {
      const start = unit.noun === "label" ? cx.reading.begins[0] : unit.at;
      const rect = byLine(cx.places.letter(start).getClientRects())[0];
      if (!rect) return null;
      // Several that begin with one letter stand beside each other.
      const place = `${Math.round(rect.top)} ${Math.round(cx.rtl ? rect.right : rect.left)}`;
      const shift = (taken.get(place) ?? 0) * 17;
      taken.set(place, (taken.get(place) ?? 0) + 1);
      const at = (cx.rtl ? origin.right - rect.right : rect.left - origin.left) + shift;
      return h(`b.adj-mark${unit.key === cx.current ? ".on" : ""}`, { "data-n": cx.n(cx.numberOf(unit)), style: { "inset-inline-start": `${at}px`, top: `${rect.top - origin.top}px` } });
    });
    this.numbers.replaceChildren(...found.filter(Boolean));
  }

  #drawRails() {
    const { cx } = this;
    const { unit } = cx;
    this.rails.replaceChildren();
    if (!unit || unit.noun !== "span") return;
    const choice = cx.choices.of(unit);
    /** @type {Map<string, {ranges: import("./types.js").Range[], label: string, by: number[], chosen: boolean}>} a rail for each boundary */
    const byRanges = new Map();
    for (const { key, value, by } of unit.candidates) {
      const known = byRanges.get(JSON.stringify(value.ranges)) ?? { ranges: value.ranges, label: value.label, by: [], chosen: false };
      const chosen = !choice.own && (choice.take?.includes(key) ?? false);
      byRanges.set(JSON.stringify(value.ranges), { ...known, label: chosen ? value.label : known.label, by: [...known.by, ...by].sort((a, b) => a - b), chosen: known.chosen || chosen });
    }
    const rails = [...byRanges.values()].slice(0, MOST_RAILS);
    if (choice.own) rails.push({ ranges: choice.own, label: unit.candidates[0].value.label, by: [], chosen: true });
    const origin = this.rails.getBoundingClientRect();
    for (const [level, rail] of rails.entries()) {
      const color = cx.scheme.label(rail.label).color;
      for (const [start, end] of rail.ranges) {
        const lines = byLine(cx.places.range(start, end).getClientRects());
        for (const [at, line] of lines.entries()) {
          const style = { left: `${line.left - origin.left}px`, width: `${line.right - line.left}px`, top: `${line.bottom - origin.top - 2 + level * RAIL}px` };
          const caps = `${at === 0 ? ".begins" : ""}${at === lines.length - 1 ? ".ends" : ""}`;
          const said = rail.by.length ? rail.by.map((one) => cx.n(one)).join(` ${cx.t("and")} `) : "E";
          const who = at === lines.length - 1 && h("span.rail-who", { style: { "margin-inline-end": `${level * 30}px` } }, h("i", { dir: document.documentElement.dir, "data-t": said }));
          this.rails.append(h(`i.rail.c-${color}${rail.chosen ? ".chosen" : ""}${caps}`, { style }, who || null));
        }
      }
    }
  }

  /** @param {Unit} unit brings its line into sight */
  show(unit) {
    const start = unit.noun === "label" ? this.cx.reading.begins[0] : unit.at;
    const rect = this.cx.places.letter(start).getBoundingClientRect();
    // On a narrow page the cards are a sheet over the foot of the text.
    const side = document.querySelector(".adj-side");
    const bottom = getComputedStyle(side).position === "fixed" ? side.getBoundingClientRect().top : innerHeight;
    const [low, high] = [bottom * 0.2, bottom * 0.65];
    if (rect.top < low || rect.top > high) scrollBy({ top: rect.top - bottom * 0.4, behavior: "instant" });
  }

  /** Sizes have changed. */
  redraw() {
    this.chips.redraw();
    this.draw();
  }
}

