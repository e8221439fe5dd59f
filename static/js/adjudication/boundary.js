/** How does an adjudicator give a span another boundary than anybody has? From the chosen one, by keys or by selecting. */
import { nudge } from "../core/nudge.js";
import { trim } from "../core/ink.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./types.js").Unit} Unit */

export class Boundary {
  /** @param {Context} cx @param {() => void} onChange */
  constructor(cx, onChange) {
    Object.assign(this, { cx, onChange });
    this.active = false;
    document.addEventListener("mouseup", () => this.active && this.#take());
  }

  /** @param {Unit} unit @returns {import("./types.js").Candidate} whose label and attributes the own boundary gets */
  candidateOf(unit) {
    const recorded = unit.verdict?.own ? unit.verdict.values[0].label : null;
    return unit.candidates.find(({ key }) => key === this.base) ?? unit.candidates.find(({ value }) => value.label === recorded) ?? unit.candidates[0];
  }

  /** @param {Unit} unit */
  enter(unit) {
    if (this.active) return this.leave();
    const { choices } = this.cx;
    this.base = choices.of(unit).take?.[0] ?? unit.candidates[0].key;
    this.active = true;
    choices.set(unit, { own: choices.of(unit).own ?? this.candidateOf(unit).value.ranges });
  }

  leave() {
    this.active = false;
  }

  /** @param {Unit} unit @param {"start"|"end"} edge @param {1|-1} way */
  nudge(unit, edge, way) {
    if (!this.active) return;
    const own = this.cx.choices.of(unit).own;
    const at = edge === "start" ? 0 : own.length - 1;
    const moved = nudge(this.cx.text, own[at], edge, way);
    const free = moved && own.every(([start, end], other) => other === at || moved[1] < start || end < moved[0]);
    if (free) this.cx.choices.set(unit, { own: own.map((range, other) => (other === at ? moved : range)) });
  }

  /** Takes what is selected in the text. */
  #take() {
    const { cx } = this;
    const selection = getSelection();
    if (!cx.unit || !selection?.rangeCount || selection.isCollapsed || !cx.doc.contains(selection.anchorNode)) return;
    const units = cx.selected();
    if (!units) return;
    const [start, end] = trim(cx.text.value, ...units);
    if (start >= end) return;
    cx.choices.set(cx.unit, { own: [[cx.text.toPoints(start), cx.text.toPoints(end)]] });
    selection.removeAllRanges();
    this.onChange();
  }
}
