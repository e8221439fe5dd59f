/** Which words are there, and which does the word cursor reach next? Pure; ranges are code points of the published text. */
import { sentenceAround } from "./sentences.js";
import { snap } from "./snap.js";
import { allWords } from "./words.js";
import { bisectRight } from "./text.js";

/** @typedef {import("./text.js").Text} Text */
/** @typedef {import("./types.js").Range} Range */

const CLOSERS = new Map(Object.entries({ "«": "»", "(": ")", "[": "]", "{": "}", "“": "”", "‘": "’", '"': '"' }));

/** The words of a text, found by their place. */
export class WordList {
  /** @param {Text} text */
  constructor(text) {
    this.text = text;
    /** @type {Range[]} */
    this.words = allWords(text.value).map(([start, end]) => [text.toPoints(start), text.toPoints(end)]);
    this.starts = this.words.map(([start]) => start);
    /** @type {number[]} index of the first word of each line that has words */
    this.lineStarts = this.words.map((_, at) => at).filter((at) => at === 0 || this.#breaks(at));
  }

  /** @param {number} at @returns {boolean} whether a newline stands before the word */
  #breaks(at) {
    return this.text.slice(this.words[at - 1][1], this.words[at][0]).includes("\n");
  }

  get length() {
    return this.words.length;
  }

  /** @param {number} point code point @returns {number} index of the word there, else of the nearest before it; -1 in a text without words */
  at(point) {
    return this.words.length ? Math.max(bisectRight(this.starts, point) - 1, 0) : -1;
  }

  /** @param {number} index @returns {number} within the list */
  clamp(index) {
    return Math.min(Math.max(index, 0), this.words.length - 1);
  }

  /** @param {number} index @param {1|-1} way @returns {number} the first or the last word of the paragraph */
  paragraphEdge(index, way) {
    const line = bisectRight(this.lineStarts, index) - 1;
    return way < 0 ? this.lineStarts[line] : (this.lineStarts[line + 1] ?? this.words.length) - 1;
  }

  /** @param {number} index @param {1|-1} way @returns {number} the first word of the next sentence, or of this or the one before */
  sentenceStep(index, way) {
    const [start, end] = this.sentence(this.words[index][0]);
    if (way > 0) return this.clamp(bisectRight(this.starts, end - 1));
    const first = this.#from(start);
    return first < index ? first : this.#from(this.sentence(this.words[this.clamp(first - 1)][0])[0]);
  }

  /** @param {number} index @returns {number} the last word of its sentence; on that word already, of the next one */
  sentenceEnd(index) {
    const last = (at) => this.at(this.sentence(this.words[at][0])[1] - 1);
    const found = last(index);
    return found > index ? found : last(this.clamp(index + 1));
  }

  /** @param {number} point @returns {number} index of the first word that begins there or after */
  #from(point) {
    return this.clamp(bisectRight(this.starts, point - 1));
  }

  /** @param {number} point @returns {Range} the sentence there, its final stop included */
  sentence(point) {
    const [start, end] = sentenceAround(this.text.value, this.text.toUnits(point));
    return [this.text.toPoints(start), this.text.toPoints(end)];
  }

  /**
   * The range from one word to another, snapped as a drag is. A bracket opened inside is closed if its partner follows at once:
   * «تاس» is left with its mark by a drag, which the word cursor could not do.
   * @param {number} a @param {number} b indexes of words, in any order @returns {Range}
   */
  range(a, b) {
    const [start, end] = [this.words[Math.min(a, b)][0], this.words[Math.max(a, b)][1]];
    const { text } = this;
    const closer = this.text.slice(end, end + 1);
    const inside = text.slice(start, end);
    const closes = [...CLOSERS].some(([open, close]) => close === closer && isLeftOpen(inside, open, close));
    const units = snap(text.value, text.toUnits(start), text.toUnits(closes ? end + 1 : end));
    return units ? [text.toPoints(units[0]), text.toPoints(units[1])] : [start, end];
  }

  /** @param {Range} range @returns {Range} the sentences it lies in, without what snapping takes off their ends */
  sentences([start, end]) {
    const { text } = this;
    const [first, last] = [this.sentence(start)[0], this.sentence(end - 1)[1]];
    const units = snap(text.value, text.toUnits(first), text.toUnits(last));
    return units ? [text.toPoints(units[0]), text.toPoints(units[1])] : [start, end];
  }
}

/** @param {string} text @param {string} open @param {string} close @returns {boolean} */
function isLeftOpen(text, open, close) {
  const opened = text.split(open).length - 1;
  return open === close ? opened % 2 === 1 : opened > text.split(close).length - 1;
}
