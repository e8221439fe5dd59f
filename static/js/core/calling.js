/** Whom is somebody about to call? What stands behind the «@» before the caret, and whose names begin like it. */
import { foldMap } from "./fold.js";

/** @typedef {{name: string, title: string}} Person `title` says who that is, "" where the name says it */

const MOST = 6;
const BEGUN = /(?:^|[^\p{L}\p{N}_.+@-])@([\p{L}\p{N}_.+-]*)$/u;

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
