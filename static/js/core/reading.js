/**
 * How is the article's text shown, and what do places of the shown text mean in the published one? Everything in the page
 * counts in the published text; only what touches the DOM asks the reading. Code points.
 */
import { Alignment } from "./alignment.js";
import { INK, inkless } from "./ink.js";
import { union } from "./ranges.js";
import { lines } from "./segments.js";
import { bisectRight, Text } from "./text.js";

/** @typedef {import("./types.js").Range} Range */

/** @type {Intl.Segmenter|undefined} */
let graphemes;

/** The published text, or another one that is aligned with it line by line. */
export class Reading {
  /** @param {Text} published @param {Text} shown @param {Alignment} there from the published to the shown text */
  constructor(published, shown, there) {
    this.published = published;
    this.shown = shown;
    this.there = there;
    this.back = there.inverse;
    this.lines = lines(published, shown);
    this.begins = this.lines.map((line) => line.start);
  }

  /** @param {Text} text @returns {Reading} the text as it was published */
  static ofPublished(text) {
    return new Reading(text, text, Alignment.identity(text.length));
  }

  /**
   * @param {Text} published @param {{text: string, sections: number[]}} analysis what the server says
   * @returns {Reading} @throws {RangeError} where it is of another text
   */
  static aligned(published, { text, sections }) {
    const [shown, there] = [new Text(text), Alignment.fromSections(sections)];
    const breaks = (one) => one.value.split("\n").length;
    const fits = there.sourceLength === published.length && there.targetLength === shown.length && breaks(published) === breaks(shown);
    const reading = fits ? new Reading(published, shown, there) : null;
    // Each paragraph of the page has to have some text.
    if (!reading || reading.lines.some(({ start, end }) => start === end)) throw new RangeError("an analysis of another text");
    return reading;
  }

  /** @param {readonly Range[]} ranges published @returns {Range[]} where they are to be seen; never nothing, and in order */
  show(ranges) {
    if (this.shown === this.published) return /** @type {Range[]} */ (ranges);
    return union(ranges.map(([start, end]) => this.#visible(this.there.range(start, end))));
  }

  /** @param {number} start @param {number} end shown @returns {Range|null} what that is in the published text; null where it is not there */
  take(start, end) {
    const [from, to] = this.back.range(start, end);
    return from < to ? [from, to] : null;
  }

  /** @param {number} point shown @param {boolean} [after] of a change it lies in the end, not the beginning @returns {number} published */
  point(point, after = false) {
    return this.back.position(point, after);
  }

  /** @param {Range} range shown @returns {Range} where nothing to be seen is left of a published range, the letter beside it */
  #visible([start, end]) {
    if (INK.test(this.shown.slice(start, end))) return [start, end];
    const line = this.lines[Math.max(bisectRight(this.begins, start) - 1, 0)];
    const base = this.shown.toUnits(line.start);
    const value = this.shown.slice(line.start, line.end);
    let [at, before] = [this.shown.toUnits(Math.min(end, line.end)) - base, this.shown.toUnits(Math.min(start, line.end)) - base - 1];
    while (at < value.length && inkless(value[at])) at++;
    while (before > 0 && inkless(value[before])) before--;
    graphemes ??= new Intl.Segmenter("fa", { granularity: "grapheme" });
    const letter = graphemes.segment(value).containing(at < value.length ? at : Math.max(before, 0));
    return [this.shown.toPoints(base + letter.index), this.shown.toPoints(base + letter.index + letter.segment.length)];
  }
}
