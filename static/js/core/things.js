/** Which things may words mean, and which is the likeliest? As annotations/queries/entities.py ranks them, for those at hand. */
import { foldMap } from "./fold.js";

/** @typedef {import("./types.js").Thing} Thing */

const MOST_WORDS = 8;
const SPACE = /[^\S\ufeff]|[\u200b\u200c\x1c-\x1f\x85]/u;

/** @param {string} name @returns {string[]} the folded name, and from each of its further words on; as annotations/text/names.py */
export function nameKeys(name) {
  const { key, at } = foldMap(name);
  const starts = [...Array(key.length).keys()].filter((unit) => unit === 0 || SPACE.test(name.slice(at[unit - 1], at[unit]).normalize("NFKD")));
  return starts.slice(0, MOST_WORDS).map((unit) => key.slice(unit));
}

/** @param {Thing} thing @returns {string[]} all its names, the canonical one first */
export const namesOf = ({ name, name_en, aliases }) => [name, name_en, ...aliases].filter(Boolean);

/** @param {Thing} thing @param {string} words @returns {boolean} whether it bears them as a name, however they are spelled */
export function bears(thing, words) {
  const { key } = foldMap(words);
  return namesOf(thing).some((name) => foldMap(name).key === key);
}

/** @param {Thing} thing @param {string} query @returns {0|1|2|3} 3 its name, 2 a part of the query from a word on, 1 begins like it, 0 not found */
export function matchOf(thing, query) {
  const { key } = foldMap(query);
  if (!key) return 0;
  const names = namesOf(thing).map(nameKeys);
  if (names.some(([whole]) => whole === key)) return 3;
  const parts = nameKeys(query).slice(1);
  if (names.some(([whole]) => parts.includes(whole))) return 2;
  return names.some((keys) => keys.some((one) => one.startsWith(key))) ? 1 : 0;
}

/**
 * @param {Thing[]} things @param {{query: string, label: string, mentions: (thing: Thing) => number}} wanted
 * @returns {Thing[]} those that match: of the same label first, then by the exact name, then by number of mentions
 */
export function ranked(things, { query, label, mentions }) {
  const rated = things.map((thing) => ({ thing, match: matchOf(thing, query), same: thing.label === label, count: mentions(thing) }));
  const order = (a, b) => Number(b.same) - Number(a.same) || Math.max(1, b.match) - Math.max(1, a.match) || b.count - a.count || (a.thing.name < b.thing.name ? -1 : 1);
  return rated.filter(({ match }) => match).sort(order).map(({ thing }) => thing);
}
