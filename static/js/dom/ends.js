/**
 * Where did a drag begin and end? On the letters under the mouse. Where runs of two directions meet, browsers take a point on the
 * first letter of a run for the far end of it: a drag from the «T» of «Tehran Times» began behind «Times».
 */
import { clusterOf } from "../core/snap.js";
import { pointToUnits, selectedUnits } from "./selection.js";
import { positionAt } from "./sight.js";

/** @typedef {import("../core/reading.js").Reading} Reading */
/** @typedef {{x: number, y: number}} Point of the window */

/**
 * What was dragged over, in document order.
 * @param {Reading} reading @param {HTMLElement} doc @param {Point} down @param {Point} up
 * @returns {[number, number]|null} units of the published text
 */
export function draggedUnits(reading, doc, down, up) {
  const selected = selectedUnits(reading, doc);
  const letters = [letterAt(doc, down), letterAt(doc, up)];
  if (!selected || letters.every((letter) => letter === null)) return selected;
  const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
  const ends = [[anchorNode, anchorOffset], [focusNode, focusOffset]].map(([node, offset], at) => {
    const letter = letters[at];
    if (letter) return [pointToUnits(reading, doc, letter.node, letter.start), pointToUnits(reading, doc, letter.node, letter.end, true)];
    const units = pointToUnits(reading, doc, /** @type {Node} */ (node), Number(offset));
    return [units, units];
  });
  if (ends.flat().includes(null)) return selected;
  return [Math.min(ends[0][0], ends[1][0]), Math.max(ends[0][1], ends[1][1])];
}

/**
 * The letter under a point, where the browser's position for the point is not beside it.
 * @param {HTMLElement} doc @param {Point} point @returns {{node: Text, start: number, end: number}|null} null where it is, or where there is no letter
 */
function letterAt(doc, point) {
  const found = positionAt(point.x, point.y);
  if (!found || found.node.nodeType !== Node.TEXT_NODE || !doc.contains(found.node)) return null;
  const node = /** @type {Text} */ (found.node);
  if (covered(node, found.offset - 1, point) || covered(node, found.offset, point)) return null;
  const walker = document.createTreeWalker(node.parentElement.closest("[data-cp]"), NodeFilter.SHOW_TEXT);
  for (let text = /** @type {Text} */ (walker.nextNode()); text; text = /** @type {Text} */ (walker.nextNode())) {
    for (let offset = 0; offset < text.length; ) {
      const letter = covered(text, offset, point);
      if (letter) return { node: text, start: letter[0], end: letter[1] };
      offset = Math.max(clusterOf(text.data, offset)[1], offset + 1);
    }
  }
  return null;
}

/** @param {Text} node @param {number} offset @param {Point} point @returns {[number, number]|null} the letter there with its marks, if it lies under the point */
function covered(node, offset, { x, y }) {
  if (offset < 0 || offset >= node.length) return null;
  const letter = clusterOf(node.data, offset);
  const range = document.createRange();
  range.setStart(node, letter[0]);
  range.setEnd(node, letter[1]);
  return [...range.getClientRects()].some(({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom) ? letter : null;
}
