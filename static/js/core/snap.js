/**
 * Which range did somebody mean who dragged roughly? Whole words, without what hangs at the edges.
 * The rules of annotations/text/snap.py, held to tests/golden/snap.json; offsets are UTF-16 units here.
 */
import { inkless, trim } from "./ink.js";
import { pointLength } from "./offsets.js";
import { wordAround } from "./words.js";

const EDGES = new Set(".,،;؛:!?؟…");
const PAIRS = new Map(Object.entries({ "«": "»", "(": ")", "[": "]", "{": "}", "“": "”", "‘": "’", "‹": "›" }));
const CLOSERS = new Map([...PAIRS].map(([open, close]) => [close, open]));
const STRAIGHT = new Set("\"'");
const BRACKET = /[«»()\[\]{}“”‘’‹›"']/g;
const ALONE = -1;

/** @type {Intl.Segmenter|undefined} */
let graphemes;

/**
 * @param {string} text @param {number} start @param {number} end
 * @param {{exact?: boolean, oneParagraph?: boolean}} [options] exact (Alt held) leaves words and punctuation as they were
 *   selected; oneParagraph, for entities, keeps the line that holds most of the range
 * @returns {[number, number] | null} null where there is no ink in it
 */
export function snap(text, start, end, { exact = false, oneParagraph = false } = {}) {
  [start, end] = trim(text, start, end);
  if (oneParagraph) [start, end] = trim(text, ...longestLine(text, start, end));
  if (start === end) return null;
  if (!exact) {
    const [first, last] = [wordAround(text, start), wordAround(text, end)];
    [start, end] = strip(text, first ? first[0] : start, last ? last[1] : end);
  }
  return trim(text, clusterAround(text, start)[0], clusterAround(text, end)[1]);
}

/** @returns {[number, number]} the line with most characters */
function longestLine(text, start, end) {
  /** @type {[number, number]} */
  let longest = [start, start];
  let most = 0;
  while (start < end) {
    const newline = text.indexOf("\n", start);
    const stop = newline < 0 || newline > end ? end : newline;
    const length = pointLength(text.slice(start, stop));
    if (length > most) [longest, most] = [[start, stop], length];
    start = stop + 1;
  }
  return longest;
}

/**
 * Takes off punctuation, lone brackets and brackets around everything; where nothing else is there, it was meant.
 * @param {string} text @param {number} start @param {number} end @returns {[number, number]}
 */
export function strip(text, start, end) {
  const partners = partnersIn(text, start, end);
  const hangs = (at) => EDGES.has(text[at]) || inkless(text[at]) || partners.get(at) === ALONE;
  let [first, last] = [start, end];
  while (first < last) {
    if (hangs(first) && isBound(text, first + 1)) first++;
    else if (hangs(last - 1) && isBound(text, last - 1)) last--;
    else if (partners.get(first) === last - 1 && isBound(text, first + 1)) [first, last] = [first + 1, last - 1];
    else return [first, last];
  }
  return [start, end];
}

/** @returns {Map<number, number>} the place of each bracket's partner in the range, or ALONE */
function partnersIn(text, start, end) {
  const partners = new Map();
  /** @type {number[]} */
  const open = [];
  const waits = (mark) => open.some((at) => text[at] === mark);
  for (const { 0: mark, index } of text.slice(start, end).matchAll(BRACKET)) {
    const at = start + index;
    if (isApostrophe(text, at)) continue;
    partners.set(at, ALONE);
    const opener = CLOSERS.get(mark) ?? mark;
    if (opens(text, at, waits(mark))) open.push(at);
    else if (waits(opener)) {
      let popped = open.pop();
      while (text[popped] !== opener) popped = open.pop();
      partners.set(at, popped).set(popped, at);
    }
  }
  return partners;
}

function isApostrophe(text, at) {
  if (text[at] !== "'" && text[at] !== "’") return false;
  return /[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, at - 2), at)) && /^[\p{L}\p{N}]/u.test(text.slice(at + 1, at + 3));
}

/** Whether a mark opens; a straight one does by its neighbours, else unless one waits to be closed. */
function opens(text, at, waiting) {
  if (!STRAIGHT.has(text[at])) return PAIRS.has(text[at]);
  const [left, right] = [text[at - 1], text[at + 1]];
  const before = left === undefined || inkless(left) || PAIRS.has(left);
  const after = right === undefined || inkless(right) || CLOSERS.has(right) || EDGES.has(right);
  return before !== after ? before : !waiting;
}

const isBound = (text, position) => {
  const [start, end] = clusterAround(text, position);
  return start === end;
};

/** @param {string} text @param {number} position @returns {[number, number]} the grapheme cluster that it would cut, or an empty range; a ZWNJ after its letter may be cut off */
export function clusterAround(text, position) {
  if (position <= 0 || position >= text.length) return [position, position];
  let [start, end] = clusterOf(text, position);
  if (start === position) return [position, position];
  while (end > position && inkless(text[end - 1])) end--;
  return end > position ? [start, end] : [position, position];
}

/** @param {string} text @param {number} at @returns {[number, number]} the grapheme cluster that a character belongs to, a ZWNJ behind its letter too; empty at a line's end */
export function clusterOf(text, at) {
  graphemes ??= new Intl.Segmenter("fa", { granularity: "grapheme" });
  const low = text.lastIndexOf("\n", at - 1) + 1;
  const newline = text.indexOf("\n", at);
  const line = text.slice(low, newline < 0 ? text.length : newline);
  const found = graphemes.segment(line).containing(at - low);
  return found ? [low + found.index, low + found.index + found.segment.length] : [at, at];
}
