/** Where is the keyboard in the text? A cursor of the page's own that goes from word to word; the browser's needs an editor. */
import { WordList } from "../core/caret.js";
import { lowestVisible, topOfText } from "../dom/sight.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("../core/types.js").Range} Range */
/** @typedef {"word"|"sentence"|"line"|"paragraph"} Step */

const NEAR = 70;

export class Caret {
  /** @param {Context} ws @param {import("./view.js").View} view */
  constructor(ws, view) {
    this.ws = ws;
    this.view = view;
    /** @type {number|null} index of the word it stands on */
    this.at = null;
    /** @type {number|null} where extending began */
    this.anchor = null;
    /** @type {WordList|null} */
    this.list = null;
    /** @type {number|null} the column that ↑ and ↓ keep to */
    this.column = null;
    /** Whether it can be seen: not while a draft or a selected span is under the hand. */
    this.shown = false;
  }

  /** @returns {WordList} made when first needed: long texts take milliseconds */
  get words() {
    return (this.list ??= new WordList(this.ws.text));
  }

  get active() {
    return this.at !== null;
  }

  /** @returns {Range|null} the word it stands on, or what was extended over */
  get range() {
    return this.at === null ? null : this.words.range(this.anchor ?? this.at, this.at);
  }

  /** @param {number} point code point; stands on the word there */
  put(point) {
    const at = this.words.at(point);
    this.at = at < 0 ? null : at;
    this.anchor = null;
    this.column = null;
    this.#draw();
  }

  /** @param {Range} range stands on its last word, as after extending over it */
  cover([start, end]) {
    this.at = this.words.at(end - 1);
    this.anchor = this.words.at(start);
    this.column = null;
    this.#draw();
  }

  /** @param {number} point extends from where extending began to the word there */
  reachTo(point) {
    this.anchor ??= this.at;
    this.at = this.words.at(point);
  }

  /** Takes the cursor out of the text. */
  leave() {
    this.at = this.anchor = this.column = null;
    this.#draw();
  }

  /** Shows or hides it, for instance while a draft shows the same. @param {boolean} shown */
  show(shown) {
    this.shown = shown && this.at !== null;
    this.view.highlights.set("caret", shown && this.at !== null ? [this.words.words[this.at]] : []);
  }

  /**
   * @param {Step} step @param {1|-1} way 1 is onward in the text @param {boolean} extending
   * @returns {boolean} false in a text without words
   */
  move(step, way, extending) {
    if (!this.words.length) return false;
    if (this.at === null) {
      this.put(this.words.words[this.firstInView()][0]);
      if (!extending) return true;
    }
    if (extending) this.anchor ??= this.at;
    const from = !extending && this.anchor !== null ? this.#edge(way) : this.at;
    if (step !== "line") this.column = null;
    // Onward a sentence is taken to its end, not to the first word of the next.
    this.at = extending && step === "sentence" && way > 0 ? this.words.sentenceEnd(from) : this.#target(step, way, from);
    if (!extending) this.anchor = null;
    this.#draw();
    this.#reveal();
    return true;
  }

  /** @param {1|-1} way @returns {number} the end of an extended range that lies in the way */
  #edge(way) {
    return way > 0 ? Math.max(this.at, this.anchor) : Math.min(this.at, this.anchor);
  }

  /** @param {Step} step @param {1|-1} way @param {number} from @returns {number} */
  #target(step, way, from) {
    const { words } = this;
    if (step === "word") return words.clamp(from + way);
    if (step === "sentence") return words.sentenceStep(from, way);
    if (step === "paragraph") return words.paragraphEdge(from, way);
    return this.#line(way, from);
  }

  /** @param {1|-1} way @param {number} from @returns {number} the word in the next line that lies nearest in the same column */
  #line(way, from) {
    const here = this.#rect(from);
    this.column ??= (here.left + here.right) / 2;
    let best = from;
    let distance = Infinity;
    let line = null;
    for (let at = from + way; at >= 0 && at < this.words.length; at += way) {
      const rect = this.#rect(at);
      if (Math.abs(rect.top - here.top) < here.height / 2) continue;
      line ??= rect.top;
      if (Math.abs(rect.top - line) > rect.height / 2) break;
      const off = Math.abs((rect.left + rect.right) / 2 - this.column);
      if (off < distance) [best, distance] = [at, off];
    }
    return best;
  }

  /** @param {number} at @returns {DOMRect} */
  #rect(at) {
    return this.view.places.range(...this.words.words[at]).getBoundingClientRect();
  }

  /** @returns {number} index of the first word in view */
  firstInView() {
    return this.firstBelow(topOfText());
  }

  /** @param {number} y @returns {number} index of the first word whose line lies below a height of the window */
  firstBelow(y) {
    let [low, high] = [0, this.words.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#rect(middle).top < y) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** @returns {{index: number, range: Range, rect: DOMRect}[]} the words in view */
  inView() {
    const found = [];
    const bottom = lowestVisible();
    for (let index = this.firstBelow(topOfText()); index < this.words.length; index++) {
      const range = this.words.words[index];
      const rects = this.view.places.range(...range).getClientRects();
      const rect = [...rects].find(({ width }) => width > 0);
      if (!rect) continue;
      if (rect.top > bottom) break;
      found.push({ index, range, rect });
    }
    return found;
  }

  #draw() {
    this.show(this.anchor === null);
  }

  /** Scrolls just as far as it needs to be seen with a line around it. */
  #reveal() {
    const rect = this.#rect(this.at);
    const above = rect.top - topOfText() - NEAR;
    const below = rect.bottom - lowestVisible() + NEAR;
    const by = above < 0 ? above : Math.max(below, 0);
    if (by) scrollBy({ top: by, behavior: "instant" });
  }
}
