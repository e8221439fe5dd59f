/** What is drawn again after an edit? Only the paragraphs it touched, and of long ones only the units that changed. */
import { piecesByLine, renderUnits, touched } from "../core/segments.js";

/** @typedef {import("../core/segments.js").Mark} Mark */

/** Keeps the article's HTML in step with the marks on it. */
export class Painter {
  /** @param {HTMLElement} doc @param {import("../core/reading.js").Reading} reading @param {Iterable<Mark>} marks in the shown text */
  constructor(doc, { shown, lines, begins }, marks) {
    this.doc = doc;
    this.text = shown;
    this.lines = lines;
    this.begins = begins;
    /** @type {Map<number, Map<string, Mark>>} marks on each line, by short id */
    this.byLine = new Map();
    /** @type {Map<number, string[]>} the HTML of the units of long lines that were drawn here */
    this.drawn = new Map();
    for (const mark of marks) this.#place(mark);
  }

  /** @param {Mark} mark @returns {number[]} the lines it lies on */
  #place(mark) {
    return touched(this.lines, this.begins, mark.ranges).map(([index]) => {
      if (!this.byLine.has(index)) this.byLine.set(index, new Map());
      this.byLine.get(index).set(mark.id, mark);
      return index;
    });
  }

  /** @param {number} index @returns {string[]} */
  #render(index) {
    const marks = this.byLine.get(index)?.values() ?? [];
    return renderUnits(this.text, this.lines[index], piecesByLine(this.lines, marks).get(index) ?? []);
  }

  /**
   * Draws changes.
   * @param {{before: Mark|null, after: Mark|null}[]} changes @returns {Set<Element>} the units that were drawn again
   */
  update(changes) {
    const stale = new Set();
    for (const { before } of changes) {
      for (const [index] of before ? touched(this.lines, this.begins, before.ranges) : []) stale.add(index);
    }
    for (const { after } of changes) {
      for (const [index] of after ? touched(this.lines, this.begins, after.ranges) : []) stale.add(index);
    }
    for (const index of stale) {
      if (this.lines[index].starts.length > 1 && !this.drawn.has(index)) this.drawn.set(index, this.#render(index));
    }
    for (const { before } of changes) {
      for (const [index] of before ? touched(this.lines, this.begins, before.ranges) : []) this.byLine.get(index).delete(before.id);
    }
    for (const { after } of changes) if (after) this.#place(after);
    const redrawn = new Set();
    for (const index of stale) for (const element of this.#draw(index)) redrawn.add(element);
    return redrawn;
  }

  /** Draws every line: the text is read another way than the page has it. */
  drawAll() {
    for (const { index, start, starts } of this.lines) {
      const paragraph = document.getElementById(`p${index}`);
      const html = this.#render(index);
      paragraph.setAttribute("data-cp", String(start));
      paragraph.innerHTML = html.length === 1 ? html[0] : html.map((unit, at) => `<span data-cp="${starts[at]}">${unit}</span>`).join("");
      if (html.length > 1) this.drawn.set(index, html);
    }
  }

  /** @param {number} index @returns {Element[]} */
  #draw(index) {
    const paragraph = document.getElementById(`p${index}`);
    const html = this.#render(index);
    if (html.length === 1) {
      paragraph.innerHTML = html[0];
      return [paragraph];
    }
    const known = this.drawn.get(index);
    const units = paragraph.querySelectorAll(":scope > [data-cp]");
    this.drawn.set(index, html);
    return [...units].filter((unit, at) => {
      if (html[at] === known[at]) return false;
      unit.innerHTML = html[at];
      return true;
    });
  }
}
