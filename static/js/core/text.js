/** What is the article's text to the page? Its string, its code point offsets, and the quotes of ranges. */
import { countBelow, TextIndex } from "./offsets.js";

/** @param {number[]} sorted @param {number} value whole number @returns {number} how many are not greater */
export const bisectRight = (sorted, value) => countBelow(sorted, value + 1);

/** A text addressed by code points. */
export class Text extends TextIndex {
  /** @param {string} value */
  constructor(value) {
    super(value);
    this.value = value;
  }

  /** @param {import("./types.js").Range[]} ranges @returns {string} the quote, pieces joined by " … " */
  quote(ranges) {
    return ranges.map(([start, end]) => this.slice(start, end)).join(" \u2026 ");
  }
}
