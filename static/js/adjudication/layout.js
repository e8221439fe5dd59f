/** Where do the cards stand? The current one at its line, the others at theirs or as near as there is room. Pixels. */

/** @typedef {{wanted: number, height: number}} Slot where a card would stand, and how high it is */

/**
 * @param {Slot[]} slots in the order of the text @param {number} current which one keeps its place, -1 for none
 * @param {number} gap @returns {number[]} the top of each card, none above 0
 */
export function placeCards(slots, current, gap) {
  const tops = slots.map(({ wanted }) => wanted);
  const first = Math.max(current, 0);
  // Above the current one each makes room upwards, below it downwards.
  for (let at = first - 1; at >= 0; at--) tops[at] = Math.min(tops[at], tops[at + 1] - slots[at].height - gap);
  let reached = 0;
  for (let at = 0; at < slots.length; at++) {
    tops[at] = Math.max(tops[at], reached);
    reached = tops[at] + slots[at].height + gap;
  }
  return tops;
}
