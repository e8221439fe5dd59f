// Where does a code point stand in a JavaScript string, and back? Records count code points, the DOM UTF-16 units.

/** Converts between code points and UTF-16 units of one text; each conversion is a binary search. */
export class TextIndex {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    /** @type {number[]} code point offsets of the characters that take two units */
    this.astral = [];
    let pairs = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0xd800 && unit < 0xdc00) {
        this.astral.push(i - pairs);
        pairs++;
        i++;
      }
    }
    this.length = text.length - pairs;
  }

  /** @param {number} point a code point offset @returns {number} the UTF-16 offset */
  toUnits(point) {
    return point + countBelow(this.astral, point);
  }

  /** @param {number} units a UTF-16 offset, between two characters @returns {number} the code point offset */
  toPoints(units) {
    let low = 0;
    let high = this.astral.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.astral[middle] + middle < units) low = middle + 1;
      else high = middle;
    }
    return units - low;
  }

  /** @param {number} start @param {number} end code points @returns {string} */
  slice(start, end) {
    return this.text.slice(this.toUnits(start), this.toUnits(end));
  }
}

/** @param {number[]} sorted @param {number} value @returns {number} how many are smaller */
export function countBelow(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param {string} text @returns {number} its length in code points */
export function pointLength(text) {
  let pairs = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit < 0xdc00) {
      pairs++;
      i++;
    }
  }
  return text.length - pairs;
}
