/** Whom is somebody about to call? What stands behind the «@» before the caret, and whose names begin like it. */
import { foldMap } from "./fold.js";

/** @typedef {{name: string, title: string}} Person `title` says who that is, "" where the name says it */

const MOST = 6;
const BEGUN = /(?:^|[^\p{L}\p{N}_.+@-])@([\p{L}\p{N}_.+-]*)$/u;

const CALL = /(?<![\p{L}\p{N}_.+@-])@[\p{L}\p{N}_.+@-]+/gu;

/** @param {string} text @returns {{text: string, called: boolean}[]} its pieces: names that are called, and what lies between */
export function pieces(text) {
  const found = [];
  let at = 0;
  for (const { 0: call, index } of text.matchAll(CALL)) {
    if (index > at) found.push({ text: text.slice(at, index), called: false });
    found.push({ text: call, called: true });
    at = index + call.length;
  }
  if (at < text.length) found.push({ text: text.slice(at), called: false });
  return found;
}

/** @param {string} words */
const fold = (words) => foldMap(words).key;

/** @param {string} text @param {number} caret @returns {{start: number, typed: string}|null} from the «@» on, in UTF-16 units */
export function begun(text, caret) {
  const found = BEGUN.exec(text.slice(0, caret));
  return found && { start: caret - found[1].length - 1, typed: found[1] };
}

/** @param {Person[]} people @param {string} typed @returns {Person[]} the likeliest first: by the name, then by a word of the title */
export function likely(people, typed) {
  const wanted = fold(typed);
  const byName = people.filter(({ name }) => fold(name).startsWith(wanted));
  const byTitle = people.filter((one) => !byName.includes(one) && one.title.split(/\s+/).some((word) => fold(word).startsWith(wanted)));
  return [...byName, ...byTitle].slice(0, MOST);
}
