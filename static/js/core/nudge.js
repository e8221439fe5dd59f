/** Where does an edge of a range go when it is moved by one letter? By grapheme clusters, from ink to ink. */
import { inkless } from "./ink.js";

/** @typedef {import("./text.js").Text} Text */
/** @typedef {import("./types.js").Range} Range */

/** @type {Intl.Segmenter|undefined} */
let graphemes;

/**
 * Moves the start or the end of a range.
 * @param {Text} text @param {Range} range code points @param {"start"|"end"} edge @param {1|-1} way 1 is onward in the text
 * @returns {Range|null} null where the edge can't go there: at the text's ends, or where nothing would be left
 */
export function nudge(text, [start, end], edge, way) {
  const value = text.value;
  const [low, high] = [text.toUnits(start), text.toUnits(end)];
  const bounds = boundaries(value, Math.max(0, low - WINDOW), Math.min(value.length, high + WINDOW));
  const sits = edge === "start" ? (at) => !inkless(value[at] ?? " ") : (at) => !inkless(value[at - 1] ?? " ");
  const from = edge === "start" ? low : high;
  const candidates = bounds.filter((at) => (way > 0 ? at > from : at < from) && sits(at));
  const to = way > 0 ? candidates[0] : candidates.at(-1);
  if (to === undefined) return null;
  const moved = edge === "start" ? [to, high] : [low, to];
  return moved[0] < moved[1] ? [text.toPoints(moved[0]), text.toPoints(moved[1])] : null;
}

/** Far enough for an edge to leap over white space. */
const WINDOW = 80;

/**
 * A half-space belongs to the cluster of the letter before it, but an edge may stand between the two: «ایران» of «ایران‌اند».
 * @param {string} value @param {number} from @param {number} to @returns {number[]} where clusters and their ink end; the window begins at a line's start
 */
function boundaries(value, from, to) {
  graphemes ??= new Intl.Segmenter("fa", { granularity: "grapheme" });
  const start = value.lastIndexOf("\n", from - 1) + 1;
  const newline = value.indexOf("\n", to);
  const stop = newline < 0 ? value.length : newline;
  const found = [...graphemes.segment(value.slice(start, stop))].flatMap(({ index, segment }) => {
    const ink = start + index + inkLength(segment);
    return ink < start + index + segment.length ? [start + index, ink] : [start + index];
  });
  return [...found, stop];
}

/** @param {string} cluster @returns {number} its length without what is not seen at its end; UTF-16 units */
function inkLength(cluster) {
  let length = cluster.length;
  while (length > 0 && inkless(cluster[length - 1])) length--;
  return length;
}
