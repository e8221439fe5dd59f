/** Where in the guideline do these words stand, however they are spelt? */
import { foldMap, placesOf } from "../core/fold.js";

const BLOCKS = "h2, h3, h4, p, li, td, th, pre, blockquote";
const HITS = "guide-hit";
const NOW = "guide-hit-now";

/** @typedef {{pieces: {node: Text, start: number}[], text: string, key: string, at: number[]}} Block */

/** Finds words in a piece of the page and marks them without changing it. */
export class GuideSearch {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.blocks = blocksOf(root);
    /** @type {Range[]} */
    this.hits = [];
    this.current = -1;
  }

  /** @param {string} words @returns {number} how many places there are */
  find(words) {
    const wanted = foldMap(words).key;
    this.hits = this.blocks.flatMap((block) => placesOf(block.text, block.key, block.at, wanted).map((place) => rangeIn(block, place)));
    this.current = -1;
    this.#paint();
    return this.hits.length;
  }

  /** @param {1|-1} way @returns {Range|null} the next place, round in a circle */
  step(way) {
    const { hits } = this;
    if (!hits.length) return null;
    this.current = this.current < 0 && way < 0 ? hits.length - 1 : (this.current + way + hits.length) % hits.length;
    this.#paint();
    return hits[this.current];
  }

  #paint() {
    if (typeof CSS === "undefined" || !("highlights" in CSS)) return;
    CSS.highlights.set(HITS, new Highlight(...this.hits));
    CSS.highlights.set(NOW, new Highlight(...this.hits.slice(this.current, this.current + 1).filter(() => this.current >= 0)));
  }
}

/** @param {HTMLElement} root @returns {Block[]} stretches of text that belong to one block, so that no hit crosses two */
function blocksOf(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  let last = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const owner = node.parentElement.closest(BLOCKS);
    if (!owner) continue;
    if (owner !== last) found.push({ pieces: [], text: "" });
    last = owner;
    const block = found.at(-1);
    block.pieces.push({ node: /** @type {Text} */ (node), start: block.text.length });
    block.text += node.nodeValue;
  }
  return found.map((block) => ({ ...block, ...foldMap(block.text) }));
}

/** @param {Block} block @param {[number, number]} place in UTF-16 units of its text @returns {Range} */
function rangeIn({ pieces }, [start, end]) {
  const range = new Range();
  const first = pieces.findLast((piece) => piece.start <= start);
  const last = pieces.findLast((piece) => piece.start < end);
  range.setStart(first.node, start - first.start);
  range.setEnd(last.node, end - last.start);
  return range;
}
