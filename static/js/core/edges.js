/**
 * Do the edges of a range stand where words do? What hangs at them, and which words they cut.
 * The rules of annotations/text/edges.py, held to tests/golden/warnings.json; offsets are UTF-16 units here.
 */
import { trim } from "./ink.js";
import { strip } from "./snap.js";
import { wordAround } from "./words.js";

/** @param {string} text @param {number} start @param {number} end @returns {{tidy: [number, number], whole: [number, number], words: [number, number][]}} */
export function edgesOf(text, start, end) {
  const [first, last] = [wordAround(text, start), wordAround(text, end)];
  const [low, high] = strip(text, ...trim(text, start, end));
  return {
    // An edge that cuts a word stays: what is wrong there is the cut.
    tidy: [first ? start : low, last ? end : high],
    whole: [first ? first[0] : start, last ? last[1] : end],
    words: [first, last].filter((word) => word !== null),
  };
}
