// Which range did somebody mean who dragged roughly? Grows to whole words and strips what hangs at the edges.
// The order of the rules is that of docs/text.md; offsets here are UTF-16 units of the text.

const INKLESS = /[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;
const GLUE = /[-/.٫:@_]/u;
const EDGE = /[.،؛:!؟?…]/u;
const PAIRS = { "«": "»", "(": ")", "[": "]", "“": "”", "‘": "’" };
const STRAIGHT = ['"', "'"];

let words;
let graphemes;

/** @param {string} text @param {number} start @param {number} end @returns {[number, number]} */
function trim(text, start, end) {
  while (start < end && INKLESS.test(text[start])) start++;
  while (start < end && INKLESS.test(text[end - 1])) end--;
  return [start, end];
}

/** The line around a position, so that segmenters see no more than they must. */
function lineAround(text, start, end) {
  const low = text.lastIndexOf("\n", start - 1) + 1;
  const high = text.indexOf("\n", end);
  return [low, high < 0 ? text.length : high];
}

/** @param {string} text @param {number} low @param {number} high @returns {[number, number][]} words, joined by glue */
export function wordsIn(text, low, high) {
  words ??= new Intl.Segmenter("fa", { granularity: "word" });
  /** @type {[number, number][]} */
  const found = [];
  let glued = false;
  for (const part of words.segment(text.slice(low, high))) {
    const start = low + part.index;
    const end = start + part.segment.length;
    const last = found.at(-1);
    const isWord = part.isWordLike && !INKLESS.test(part.segment);
    const joins = last !== undefined && last[1] === start;
    if (isWord && joins && (glued || text[start - 1] === "\u200c")) last[1] = end;
    else if (isWord) found.push([start, end]);
    else if (joins && part.segment === "\u200c") last[1] = end;
    else if (joins && !glued && part.segment.length === 1 && GLUE.test(part.segment)) {
      const next = text[end];
      glued = next !== undefined && end < high && /[\p{L}\p{N}]/u.test(next);
      if (glued) last[1] = end;
      continue;
    }
    glued = false;
  }
  return found.map(([start, end]) => trim(text, start, end)).filter(([start, end]) => start < end);
}

/** Strips punctuation and lone brackets at the edges until nothing more comes off. */
function strip(text, start, end) {
  let before;
  do {
    before = [start, end];
    [start, end] = trim(text, start, end);
    while (end > start && EDGE.test(text[end - 1])) end--;
    while (start < end && EDGE.test(text[start])) start++;
    [start, end] = balance(text, start, end);
  } while (before[0] !== start || before[1] !== end);
  return [start, end];
}

function balance(text, start, end) {
  const inside = text.slice(start, end);
  for (const [open, close] of Object.entries(PAIRS)) {
    const opens = inside.split(open).length;
    const closes = inside.split(close).length;
    if (opens > closes && inside.startsWith(open)) return [start + 1, end];
    if (opens > closes && inside.endsWith(open)) return [start, end - 1];
    if (closes > opens && inside.endsWith(close)) return [start, end - 1];
    if (closes > opens && inside.startsWith(close)) return [start + 1, end];
  }
  for (const quote of STRAIGHT) {
    if (inside.split(quote).length % 2 === 0) {
      if (inside.startsWith(quote)) return [start + 1, end];
      if (inside.endsWith(quote)) return [start, end - 1];
    }
  }
  return wholeBracket(inside) ? [start + 1, end - 1] : [start, end];
}

/** Whether one pair of brackets or quotes embraces everything: then it stays outside. */
function wholeBracket(inside) {
  if (inside.length < 3) return false;
  const [open, close] = [inside[0], inside.at(-1)];
  if (STRAIGHT.includes(open)) return open === close && inside.split(open).length === 3;
  if (PAIRS[open] !== close) return false;
  let depth = 0;
  for (let i = 0; i < inside.length - 1; i++) {
    if (inside[i] === open) depth++;
    if (inside[i] === close) depth--;
    if (depth === 0) return false;
  }
  return true;
}

/** Moves both ends outwards to the bounds of grapheme clusters. */
function wholeGraphemes(text, start, end) {
  graphemes ??= new Intl.Segmenter("fa", { granularity: "grapheme" });
  const [low, high] = lineAround(text, start, end);
  for (const part of graphemes.segment(text.slice(low, high))) {
    const from = low + part.index;
    const to = from + part.segment.length;
    if (from < start && start < to) start = from;
    if (from < end && end < to) end = to;
    if (from >= end) break;
  }
  return [start, end];
}

/**
 * @param {string} text @param {number} start @param {number} end
 * @param {{exact?: boolean}} [options] exact keeps the drag and only trims white space
 * @returns {[number, number] | null} null where nothing with ink is left
 */
export function snap(text, start, end, { exact = false } = {}) {
  if (start > end) [start, end] = [end, start];
  [start, end] = trim(text, start, end);
  if (start >= end) return null;
  if (!exact) {
    const [low, high] = lineAround(text, start, end);
    for (const [from, to] of wordsIn(text, low, high)) {
      if (from < start && start < to) start = from;
      if (from < end && end < to) end = to;
      if (from >= end) break;
    }
    const stripped = strip(text, start, end);
    if (stripped[0] < stripped[1]) [start, end] = stripped;
  }
  [start, end] = wholeGraphemes(text, start, end);
  return start < end ? [start, end] : null;
}
