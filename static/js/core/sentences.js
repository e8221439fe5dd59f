/**
 * Where does the sentence around a position begin and end? Unicode's sentences, joined again where a stop ended none.
 * The cases of annotations/text/sentences.py that a person meets: quotations, abbreviations, initials. UTF-16 units.
 */
import { trim } from "./ink.js";

const ABBREVIATION = /(?<![\p{L}\p{N}_\u200c])(?:\p{L}|دکتر|صص|al|capt|co|col|corp|dr|etc|gen|gov|inc|jr|lt|ltd|mr|mrs|ms|nos|pp|prof|rep|sen|sgt|sr|st|vol|vs|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)\.\s*$/iu;
const LIST_NUMBER = /^\s*\p{Nd}+\.\s*$/u;

/** @type {Intl.Segmenter|undefined} */
let segmenter;

/** @param {string} text @param {number} position @returns {[number, number]} trimmed to its ink; within one line */
export function sentenceAround(text, position) {
  const low = text.lastIndexOf("\n", position - 1) + 1;
  const newline = text.indexOf("\n", position);
  const high = newline < 0 ? text.length : newline;
  const found = lineSentences(text, low, high);
  return found.find(([, end]) => position < end) ?? found.at(-1) ?? [position, position];
}

/** @param {string} text @param {number} low @param {number} high a line @returns {[number, number][]} */
function lineSentences(text, low, high) {
  segmenter ??= new Intl.Segmenter("fa", { granularity: "sentence" });
  const line = text.slice(low, high);
  const quoted = quotations(line);
  /** @type {[number, number][]} */
  const found = [];
  let begin = 0;
  for (const { segment, index } of segmenter.segment(line)) {
    const end = index + segment.length;
    const inside = quoted.some(([from, to]) => from < end && end <= to);
    const joined = end < line.length && (inside || ABBREVIATION.test(line.slice(begin, end)) || LIST_NUMBER.test(line.slice(begin, end)));
    if (joined) continue;
    const sentence = trim(text, low + begin, low + end);
    if (sentence[0] < sentence[1]) found.push(sentence);
    begin = end;
  }
  return found;
}

/** @param {string} line @returns {[number, number][]} what guillemets enclose; one that is never closed encloses nothing */
function quotations(line) {
  const open = [];
  /** @type {[number, number][]} */
  const found = [];
  for (const { 0: mark, index } of line.matchAll(/[«»]/g)) {
    if (mark === "«") open.push(index);
    else if (open.length) found.push([open.pop(), index]);
  }
  return found;
}
