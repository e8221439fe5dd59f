/**
 * Which word would a position cut? Unicode's words, with dates, models, initials and addresses kept whole.
 * The rules of annotations/text/words.py; offsets are UTF-16 units here.
 */
import { trim } from "./ink.js";

// What Python counts as space: U+FEFF is none, U+202F groups digits.
const SPACE = /[^\S\u202f\ufeff]|[\x1c-\x1f\x85]/;
const STRETCH = /(?:[\S\u202f\ufeff](?<![\x1c-\x1f\x85]))+/g;
const GLUE = /[-/.٫:@_]/;
const LETTERED = /[\p{L}\p{N}]/u;
const PERSIAN = String.raw`[[\p{L}&&\p{Script=Arabic}]--[ـ]]`;
const BESIDE_PERSIAN = new RegExp(String.raw`(?<=${PERSIAN}[\p{M}\p{Cf}ـ]{0,4})[.:]|[.:](?=${PERSIAN})`, "vy");
const INITIALS = new RegExp(
  String.raw`(?<=(?<![\p{L}\p{N}\p{M}_])${PERSIAN}[\p{M}ـ]{0,4})\.(?=${PERSIAN}[\p{M}ـ]{0,4}(?![\p{L}\p{N}_]))`,
  "vy",
);
const ADDRESS =
  /(?<![A-Za-z0-9])(?:[A-Za-z][A-Za-z0-9+\-]{0,15}:\/\/|www\.)[^\s\x1c-\x1f\x85\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff<>«»"“”‘’()\[\]{}،؛؟…]*[\p{L}\p{N}\/_=&%#~+\-]/gu;

// Scripts whose words browsers find by dictionaries: each letter is a word here, with the marks on it, as it is in Python.
const APART = String.raw`[[\p{L}\p{Nl}]&&[\p{Ideographic}\p{sc=Hira}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tale}\p{sc=Talu}\p{sc=Lana}\p{sc=Tavt}\p{sc=Ahom}]]`;
const LETTER = String.raw`[[\p{L}\p{N}\p{Pc}\u202f]--${APART}]`;
// An apostrophe beside a letter that stands apart holds nothing together.
const PIECE = new RegExp(String.raw`${APART}[[\p{M}\p{Cf}]--[\u200b]]*|${LETTER}(?:[^${APART}.:]*${LETTER})?[\p{M}\p{Cf}]*`, "vg");
// Browsers cut these, too, by a dictionary; Unicode's rules don't.
const KATAKANA = String.raw`[\p{sc=Kana}\u3031-\u3035\u309b\u309c\u30a0\u30fc\uff70]`;
const IN_KATAKANA = new RegExp(String.raw`(?<=${KATAKANA}[\p{M}\p{Cf}]{0,4})${KATAKANA}`, "vy");

/** @type {Intl.Segmenter|undefined} made once: it takes milliseconds */
let segmenter;

/** @param {string} text @param {number} position @returns {[number, number]|null} trimmed to its ink; null where none is cut */
export function wordAround(text, position) {
  let start = position;
  while (start > 0 && !SPACE.test(text[start - 1])) start--;
  let end = position;
  while (end < text.length && !SPACE.test(text[end])) end++;
  return words(text, start, end).find(([from, to]) => from < position && position < to) ?? null;
}

/** @param {string} text @returns {[number, number][]} all words of a text in order, each trimmed to its ink */
export function allWords(text) {
  const found = [];
  for (const { 0: stretch, index } of text.matchAll(STRETCH)) {
    for (const word of words(text, index, index + stretch.length)) if (word[0] < word[1]) found.push(word);
  }
  return found;
}

/** @param {string} text @param {number} start @param {number} end a stretch between spaces @returns {[number, number][]} */
function words(text, start, end) {
  const found = [];
  let at = start;
  for (const address of text.slice(start, end).matchAll(ADDRESS)) {
    const from = start + address.index;
    found.push(...glued(text, at, from), [from, from + address[0].length]);
    at = from + address[0].length;
  }
  return [...found, ...glued(text, at, end)];
}

/** @param {string} text @param {number} start @param {number} end @returns {[number, number][]} */
function glued(text, start, end) {
  /** @type {[number, number][]} */
  const found = [];
  for (const [from, to] of pieces(text, start, end)) {
    const last = found.at(-1);
    const goesOn = last?.[1] === from && matchesAt(IN_KATAKANA, text, from);
    if (last && (goesOn || joins(text, last[1], from))) last[1] = to;
    else found.push([from, to]);
  }
  return found.filter(([from, to]) => LETTERED.test(text.slice(from, to))).map(([from, to]) => trim(text, from, to));
}

/** Word-like segments; a stop or a colon is no part of a piece: whether it joins two is decided by `joins`. */
function* pieces(text, start, end) {
  segmenter ??= new Intl.Segmenter("fa", { granularity: "word" });
  for (const { segment, index, isWordLike } of segmenter.segment(text.slice(start, end))) {
    if (!isWordLike && !LETTERED.test(segment) && segment !== "_") continue;
    for (const piece of segment.matchAll(PIECE)) {
      const from = start + index + piece.index;
      yield [from, from + piece[0].length];
    }
  }
}

/** Whether one glue character between two pieces makes them one word: `GPT-4.5`, `۱۴۰۲/۰۶/۲۶`, `ج.ا`, but not `است.در`. */
function joins(text, left, right) {
  if (right - left !== 1 || !GLUE.test(text[left])) return false;
  return !matchesAt(BESIDE_PERSIAN, text, left) || matchesAt(INITIALS, text, left);
}

/** @param {RegExp} sticky @param {string} text @param {number} at @returns {boolean} */
function matchesAt(sticky, text, at) {
  sticky.lastIndex = at;
  return sticky.test(text);
}
