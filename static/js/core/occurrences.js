/** Where else do the same words stand? Exactly the same letters; a part of a longer word is none, unless a part was meant. */
import { clusterAround } from "./snap.js";
import { wordAround } from "./words.js";

/** @typedef {import("./types.js").Range} Range */

/** @param {import("./text.js").Text} text @param {Range} range code points @returns {boolean} whether the words there are no part of longer ones */
export const isWhole = (text, [start, end]) => cutsNoWord(text.value, text.toUnits(start), text.toUnits(end));

/**
 * @param {import("./text.js").Text} text @param {Range} range code points; the words that are looked for
 * @returns {Range[]} all places in the order of the text, this one too; none meets another
 */
export function occurrences(text, [start, end]) {
  const value = text.value;
  const words = text.slice(start, end);
  const whole = isWhole(text, [start, end]);
  /** @type {Range[]} */
  const found = [];
  for (let at = value.indexOf(words); at >= 0 && words; ) {
    const stop = at + words.length;
    const fits = (!whole || cutsNoWord(value, at, stop)) && cutsNoCluster(value, at, stop);
    if (fits) found.push([text.toPoints(at), text.toPoints(stop)]);
    at = value.indexOf(words, fits ? stop : at + 1);
  }
  return found;
}

/** @param {string} value @param {number} start @param {number} end UTF-16 units @returns {boolean} */
const cutsNoWord = (value, start, end) => !wordAround(value, start) && !wordAround(value, end);

/** @param {string} value @param {number} start @param {number} end @returns {boolean} whether letters keep their marks, emoji their parts */
const cutsNoCluster = (value, start, end) => clusterAround(value, start)[0] === start && clusterAround(value, end)[1] === end;
