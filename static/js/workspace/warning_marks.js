/** Where is a warning seen in the text? As a quiet wavy line, painted over the words without touching them. */

/** @typedef {import("../core/warnings.js").Finding} Finding */
/** @typedef {import("../core/types.js").Range} Range */

export class WarningMarks {
  /** @param {import("./context.js").Context} ws @param {import("./view.js").View} view @param {HTMLElement} overlay */
  constructor(ws, view, overlay) {
    Object.assign(this, { ws, view, overlay });
    /** @type {Finding[]} */
    this.findings = [];
    // Numbers of claims are drawn anew when sizes change.
    new ResizeObserver(() => this.#claims()).observe(ws.doc);
  }

  /** @param {Finding[]} findings those that are open */
  show(findings) {
    this.findings = findings.filter(({ noun, id }) => noun === "span" && this.ws.state.spans.has(id));
    this.view.highlights.set("warning", this.findings.flatMap((finding) => this.#rangesOf(finding)));
    this.#claims();
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
