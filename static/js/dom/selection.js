/** Which characters does a place in the page stand for, and where in the page is a character? UTF-16 units here. */
import { clusterOf } from "../core/snap.js";
import { bisectRight } from "../core/text.js";

/** @typedef {import("../core/text.js").Text} Text */
/** @typedef {import("../core/reading.js").Reading} Reading */

/** @param {Node} node @param {Node} root @returns {number} units of the text before a node inside a root */
function unitsBefore(node, root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let sum = 0;
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    if (text === node || node.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING) break;
    sum += text.nodeValue.length;
  }
  return sum;
}

/**
 * The offset of the published text that a DOM point stands for.
 * @param {Reading} reading @param {HTMLElement} doc @param {Node} node @param {number} offset
 * @param {boolean} [after] where the text is shown otherwise, the end of what was published there, not its beginning
 * @returns {number|null} units; null outside the article
 */
export function pointToUnits(reading, doc, node, offset, after = false) {
  const units = shownUnits(reading.shown, doc, node, offset);
  return units === null ? null : reading.published.toUnits(reading.point(reading.shown.toPoints(units), after));
}

/** @param {Text} text as it is shown @param {HTMLElement} doc @param {Node} node @param {number} offset @returns {number|null} */
function shownUnits(text, doc, node, offset) {
  if (!doc.contains(node)) return null;
  if (node.nodeType === Node.TEXT_NODE) {
    const root = node.parentElement.closest("[data-cp]");
    return root && text.toUnits(Number(root.getAttribute("data-cp"))) + unitsBefore(node, root) + offset;
  }
  const child = node.childNodes[offset];
  if (child) return startOf(text, doc, child);
  const last = node.lastChild;
  if (!last) return startOf(text, doc, node);
  return shownUnits(text, doc, last, last.nodeType === Node.TEXT_NODE ? last.nodeValue.length : last.childNodes.length);
}

/** @param {Text} text @param {HTMLElement} doc @param {Node} node @returns {number|null} */
function startOf(text, doc, node) {
  if (node.nodeType === Node.TEXT_NODE) return shownUnits(text, doc, node, 0);
  const element = /** @type {Element} */ (node);
  if (element.hasAttribute?.("data-cp")) return text.toUnits(Number(element.getAttribute("data-cp")));
  const root = element.closest?.("[data-cp]");
  return root && text.toUnits(Number(root.getAttribute("data-cp"))) + unitsBefore(node, root);
}

/**
 * What is selected in the article, in document order whatever the direction of the drag.
 * @param {Reading} reading @param {HTMLElement} doc @returns {[number, number]|null} units of the published text
 */
export function selectedUnits(reading, doc) {
  const units = selectedShownUnits(reading.shown, doc);
  const range = units && reading.take(reading.shown.toPoints(units[0]), reading.shown.toPoints(units[1]));
  return range && [reading.published.toUnits(range[0]), reading.published.toUnits(range[1])];
}

/** @param {Text} text as it is shown @param {HTMLElement} doc @returns {[number, number]|null} units */
function selectedShownUnits(text, doc) {
  const selection = getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const clipped = document.createRange();
  clipped.selectNodeContents(doc);
  // A triple click ends at the next paragraph, a wild drag outside the article: keep what lies within.
  if (range.compareBoundaryPoints(Range.END_TO_START, clipped) >= 0 || range.compareBoundaryPoints(Range.START_TO_END, clipped) <= 0) return null;
  const [startNode, startOffset] = doc.contains(range.startContainer) ? [range.startContainer, range.startOffset] : [doc, 0];
  const [endNode, endOffset] = doc.contains(range.endContainer) ? [range.endContainer, range.endOffset] : [doc, doc.childNodes.length];
  const start = shownUnits(text, doc, startNode, startOffset);
  const end = shownUnits(text, doc, endNode, endOffset);
  return start === null || end === null || start >= end ? null : [start, end];
}

/** Finds characters of the article in the page. */
export class Places {
  /** @param {Reading} reading how the page shows the text @param {HTMLElement} doc */
  constructor(reading, doc) {
    this.reading = reading;
    this.doc = doc;
  }

  /** @param {number} point of the shown text @returns {HTMLElement|null} the paragraph it stands in */
  #paragraph(point) {
    return document.getElementById(`p${Math.max(bisectRight(this.reading.begins, point) - 1, 0)}`);
  }

  /** @param {number} start @param {number} end code points of the published text @returns {Range} */
  range(start, end) {
    const [[from, to]] = this.reading.show([[start, end]]);
    const range = document.createRange();
    range.setStart(...this.#point(from, false));
    range.setEnd(...this.#point(to, true));
    return range;
  }

  /**
   * The letter that a character belongs to, with its marks: alone it can't be measured everywhere. Firefox gives all the room of
   * «نْ», of a letter before a half-space or of 👩‍👩‍👧‍👦 to the last character.
   * @param {number} point of the published text @returns {Range}
   */
  letter(point) {
    const text = this.reading.published;
    const [start, end] = clusterOf(text.value, text.toUnits(point));
    return this.range(text.toPoints(start), text.toPoints(end));
  }

  /** @param {number} point of the shown text @param {boolean} ending @returns {[Node, number]} */
  #point(point, ending) {
    const text = this.reading.shown;
    const paragraph = this.#paragraph(ending ? point - 1 : point);
    let root = paragraph;
    for (const unit of paragraph.querySelectorAll(":scope > [data-cp]")) {
      if (Number(unit.getAttribute("data-cp")) > (ending ? point - 1 : point)) break;
      root = /** @type {HTMLElement} */ (unit);
    }
    let left = text.toUnits(point) - text.toUnits(Number(root.getAttribute("data-cp")));
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    for (let length = node.nodeValue.length; ending ? left > length : left >= length; length = node.nodeValue.length) {
      const following = walker.nextNode();
      if (!following) break;
      left -= length;
      node = following;
    }
    return [node, Math.min(left, node.nodeValue.length)];
  }
}
