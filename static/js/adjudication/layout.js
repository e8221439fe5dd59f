/** Where do the cards stand? The current one at its line, the others at theirs or as near as there is room. Pixels. */

/** @typedef {{wanted: number, height: number}} Slot where a card would stand, and how high it is */

/**
 * @param {Slot[]} slots in the order of the text @param {number} current which one keeps its place, -1 for none
 * @param {number} gap @returns {(number|null)[]} the top of each card, none above 0; null for those that have no room above the current one
 */
export function placeCards(slots, current, gap) {
  /** @type {(number|null)[]} */
  const tops = slots.map(() => null);
  const first = Math.max(current, 0);
  if (!slots.length) return tops;
  tops[first] = Math.max(slots[first].wanted, 0);
  for (let at = first - 1, room = tops[first]; at >= 0; at--) {
    const top = Math.min(slots[at].wanted, room - slots[at].height - gap);
    // Those between would leave a hole where a smaller one farther up fits: none stands above one that has no room.
    if (top < 0) break;
    tops[at] = room = top;
  }
  for (let at = first + 1, reached = tops[first] + slots[first].height + gap; at < slots.length; at++) {
    tops[at] = Math.max(slots[at].wanted, reached);
    reached = tops[at] + slots[at].height + gap;
  }
  return tops;
}
