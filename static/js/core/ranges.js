/** How do ranges become one list? In order, apart from each other: what meets is joined. */

/** @typedef {import("./types.js").Range} Range */

/** @param {readonly Range[]} ranges in any order @returns {Range[]} */
export function union(ranges) {
  /** @type {Range[]} */
  const joined = [];
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

/** @param {readonly Range[]} a @param {readonly Range[]} b @returns {boolean} */
export const sameRanges = (a, b) => a.length === b.length && a.every(([start, end], at) => b[at][0] === start && b[at][1] === end);

/**
 * Moves the outer edges of a span; pieces that come to lie outside go.
 * @param {readonly Range[]} ranges in order @param {number} start @param {number} end @returns {Range[]}
 */
export function reach(ranges, start, end) {
  const kept = ranges.filter((piece) => piece[1] > start && piece[0] < end).map(([from, to]) => /** @type {Range} */ ([from, to]));
  const pieces = kept.length ? kept : [/** @type {Range} */ ([start, end])];
  pieces[0][0] = start;
  pieces.at(-1)[1] = end;
  return pieces;
}
