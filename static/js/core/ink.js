/** Which characters leave no ink, so that no range should begin or end with them? As in annotations/text/ink.py. */

const CLASS = String.raw`\s\x1c-\x1f\x85\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff`;
const INKLESS = new RegExp(`[${CLASS}]`);
/** Finds a character that leaves ink. */
export const INK = new RegExp(`[^${CLASS}]`);

/** @param {string} character @returns {boolean} white space, NBSP, ZWNJ, bidi marks and the like */
export const inkless = (character) => INKLESS.test(character);

/** @param {string} text @param {number} start @param {number} end units @returns {[number, number]} without inkless ends */
export function trim(text, start, end) {
  while (start < end && inkless(text[start])) start++;
  while (start < end && inkless(text[end - 1])) end--;
  return [start, end];
}
