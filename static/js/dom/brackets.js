/** Where do claims stand beside the text? Brackets in the gutter, in lanes where they meet, each joined to its card. */
import { svgElement } from "./h.js";

/** @typedef {{id: string, top: number, bottom: number, lane: number}} Bracket */

const LANES = 4;

/**
 * Reads the vertical extent of each claim and spreads them over lanes.
 * @param {HTMLElement} doc @param {string[]} ids short ids in the order of the text @param {number} originTop
 * @returns {Bracket[]}
 */
export function measureBrackets(doc, ids, originTop) {
  /** @type {Map<string, [Element, Element]>} */
  const edges = new Map(ids.map((id) => [id, null]));
  for (const segment of doc.querySelectorAll(".c1, .c2, .c3")) {
    for (const id of segment.getAttribute("data-i").split(" ")) {
      if (!edges.has(id)) continue;
      const known = edges.get(id);
      if (known) known[1] = segment;
      else edges.set(id, [segment, segment]);
    }
  }
  const free = new Array(LANES).fill(-Infinity);
  return ids.flatMap((id) => {
    const pair = edges.get(id);
    if (!pair) return [];
    const first = pair[0].getClientRects();
    const last = pair[1].getClientRects();
    if (!first.length || !last.length) return [];
    const top = first[0].top - originTop;
    const bottom = last[last.length - 1].bottom - originTop;
    let lane = free.findIndex((reached) => reached < top + 4);
    if (lane < 0) lane = LANES - 1;
    free[lane] = Math.max(free[lane], bottom);
    return [{ id, top, bottom, lane }];
  });
}

/**
 * Puts cards beside their brackets, pushing down those that would overlap.
 * @param {Bracket[]} brackets in the order of the text @param {number} height of a card with the gap below
 * @returns {number[]} the top of each card
 */
export function placeCards(brackets, height) {
  let reached = -Infinity;
  return brackets.map(({ top }) => (reached = Math.max(top, reached + height)));
}

/**
 * The lines of all brackets and elbows.
 * @param {Bracket[]} brackets @param {number[]} tops of the cards
 * @param {{x: number, step: number, toward: 1|-1, card: number|null}} geometry where the innermost lane stands, how far
 *   lanes are apart, in which direction the cards lie, and where their edge is
 * @returns {SVGElement[]}
 */
export function drawBrackets(brackets, tops, { x, step, toward, card }) {
  return brackets.map(({ id, top, bottom, lane }, at) => {
    const line = x - toward * lane * step;
    const foot = line - toward * 6;
    let path = `M${foot} ${top + 1} h${toward * 3} q${toward * 3} 0 ${toward * 3} 3 V${bottom - 4} q0 3 ${-toward * 3} 3 h${-toward * 3}`;
    if (card !== null) {
      const level = tops[at] + 17;
      const from = Math.min(Math.max(level, top + 5), bottom - 5);
      const bend = line + (toward * Math.abs(card - line)) / 2;
      path += ` M${line} ${from} H${bend} V${level} H${card}`;
    }
    return svgElement("path", { d: path, "data-claim": id });
  });
}
