/** Which row is the hand on, and which hits are marked? A grid with one tab stop; marks outlive a change of the page's rows. */

/** @typedef {{article: number, start: number, end: number, quote: string}} Hit */

/** @param {Hit} hit @returns {string} */
export const keyOf = ({ article, start }) => `${article}:${start}`;

/** @param {HTMLElement} row @returns {Hit} */
export function hitOf(row) {
  const { article, start, end, quote } = row.dataset;
  return { article: Number(article), start: Number(start), end: Number(end), quote: quote ?? "" };
}

export class Rows {
  /** @param {() => HTMLElement|null} grid @param {() => void} onMarks called when marks have changed */
  constructor(grid, onMarks) {
    this.grid = grid;
    this.onMarks = onMarks;
    /** @type {Map<string, Hit>} */
    this.marks = new Map();
    /** @type {number|null} where a range of marks began */
    this.anchor = null;
    this.at = 0;
  }

  /** @returns {HTMLElement[]} */
  get rows() {
    return [...(this.grid()?.querySelectorAll(".hit-row") ?? [])];
  }

  /** @returns {HTMLElement|undefined} */
  get row() {
    return this.rows[this.at];
  }

  /** @param {number} at @param {boolean} [focus] */
  go(at, focus = true) {
    const { rows } = this;
    if (!rows.length) return;
    this.at = Math.min(Math.max(at, 0), rows.length - 1);
    rows.forEach((row, index) => {
      row.setAttribute("tabindex", index === this.at ? "0" : "-1");
      row.querySelector("a")?.setAttribute("tabindex", "-1");
    });
    if (!focus) return;
    rows[this.at].focus({ preventScroll: true });
    rows[this.at].scrollIntoView({ block: "nearest" });
  }

  /** @param {1|-1} way @param {boolean} extending marks what it passes over @returns {boolean} false where there are no rows */
  move(way, extending) {
    const { rows } = this;
    if (!rows.length) return false;
    const onGrid = this.grid().contains(document.activeElement);
    const from = this.at;
    this.go(onGrid ? from + way : from);
    if (extending) this.#extend(from, rows);
    else this.anchor = null;
    return true;
  }

  /** @param {number} from @param {HTMLElement[]} rows the range from the anchor to the row, and nothing beside what was marked before it */
  #extend(from, rows) {
    this.anchor ??= from;
    for (let index = Math.min(this.anchor, this.at, from); index <= Math.max(this.anchor, this.at, from); index++) {
      const inside = index >= Math.min(this.anchor, this.at) && index <= Math.max(this.anchor, this.at);
      this.#set(rows[index], inside);
    }
    this.onMarks();
  }

  /** @param {number} at marks the row or lets it go; with `range` all from the last one on */
  toggle(at, { range = false } = {}) {
    const { rows } = this;
    const from = this.anchor ?? this.at;
    this.go(at);
    if (!rows[at]) return;
    if (range) return this.#extend(from, rows);
    this.anchor = at;
    this.#set(rows[at], !this.marks.has(keyOf(hitOf(rows[at]))));
    this.onMarks();
  }

  /** Marks all rows of the page, or lets them go where all are marked. */
  togglePage() {
    const { rows } = this;
    const all = rows.every((row) => this.marks.has(keyOf(hitOf(row))));
    for (const row of rows) this.#set(row, !all);
    this.onMarks();
  }

  /** @param {Hit[]} hits also those on other pages */
  markAll(hits) {
    for (const hit of hits) this.marks.set(keyOf(hit), hit);
    this.show();
    this.onMarks();
  }

  clear() {
    this.marks.clear();
    this.anchor = null;
    this.show();
    this.onMarks();
  }

  /** @param {HTMLElement} row @param {boolean} marked */
  #set(row, marked) {
    const hit = hitOf(row);
    if (marked) this.marks.set(keyOf(hit), hit);
    else this.marks.delete(keyOf(hit));
    row.setAttribute("aria-selected", String(marked));
  }

  /** Shows on the rows of the page what is marked. */
  show() {
    for (const row of this.rows) row.setAttribute("aria-selected", String(this.marks.has(keyOf(hitOf(row)))));
  }
}
