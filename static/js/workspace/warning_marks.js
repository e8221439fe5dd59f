/** Where is a warning seen in the text? As a quiet wavy line, painted over the words without touching them. */
import { unitsOf } from "../dom/overlay.js";

/** @typedef {import("../core/warnings.js").Finding} Finding */
/** @typedef {import("../core/types.js").Range} Range */

/** While one scrolls nothing is painted anew; what comes into sight first was near before. */
const REST_MS = 250;

export class WarningMarks {
  /** @param {import("./context.js").Context} ws @param {import("./view.js").View} view @param {HTMLElement} overlay */
  constructor(ws, view, overlay) {
    Object.assign(this, { ws, view, overlay });
    /** @type {Finding[]} */
    this.findings = [];
    /** Units of the text in sight or near, in their order. @type {Set<Element>} */
    this.near = new Set();
    this.sight = new IntersectionObserver((entries) => this.#onSight(entries), { rootMargin: "600px 0px" });
    // Numbers of claims are drawn anew when sizes change.
    new ResizeObserver(() => this.#claims()).observe(ws.doc);
  }

  /** @param {Finding[]} findings those that are open */
  show(findings) {
    this.findings = findings.filter(({ noun }) => noun === "span");
    this.sight.disconnect();
    for (const unit of unitsOf(this.ws.doc)) this.sight.observe(unit);
    this.#lines();
    this.#claims();
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #onSight(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.near.add(target);
      else this.near.delete(target);
    }
    for (const unit of this.near) if (!unit.isConnected) this.near.delete(unit);
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.#lines(), REST_MS);
  }

  /** Only lines in sight are painted: each one out of sight costs time in every frame, and thousands cost more than a frame has. */
  #lines() {
    const begins = [...this.near].map((unit) => this.#begin(unit));
    const following = unitsOf(this.ws.doc).map((unit) => this.#begin(unit)).find((begin) => begin > Math.max(...begins));
    const [first, end] = [Math.min(...begins), following ?? Infinity];
    const there = this.findings.filter(({ id }) => this.ws.state.spans.has(id));
    const ranges = there.flatMap((finding) => this.#rangesOf(finding));
    this.view.highlights.set("warning", ranges.filter((range) => range[0] < end && range[1] > first));
  }

  /** @param {Element} unit @returns {number} code point of the published text */
  #begin(unit) {
    return this.ws.reading.point(Number(unit.getAttribute("data-cp")), true);
  }

  /** @param {Finding} finding @returns {readonly Range[]} what is wrong in the text itself; a whole claim is not underlined */
  #rangesOf({ kind, id, data }) {
    const span = this.ws.state.spans.get(id);
    if (kind === "cut") return data.words;
    if (kind === "edge") return span.ranges.flatMap((range) => hanging(range, data.mend));
    return this.ws.labelOf(span).kind === "claim" ? [] : span.ranges;
  }

  /** A claim with a warning has a ring around its number. */
  #claims() {
    const warned = new Set(this.findings.map(({ id }) => this.ws.short(id)));
    for (const number of this.overlay.querySelectorAll(".numbers .num")) number.classList.toggle("has-warning", warned.has(number.getAttribute("data-claim")));
  }
}

/** @param {Range} range @param {Range[]} mend @returns {Range[]} what hangs, with the letter beside it: a space alone shows no line */
function hanging([start, end], mend) {
  const kept = mend.find(([from, to]) => start <= from && to <= end);
  if (!kept) return [[start, end]];
  /** @type {Range[]} */
  const parts = [];
  if (start < kept[0]) parts.push([start, kept[0] + 1]);
  if (kept[1] < end) parts.push([kept[1] - 1, end]);
  return parts;
}
