/**
 * What do mouse and finger mean in the article? A drag drafts a range, a click selects the innermost span, again the next one out;
 * on plain words it puts the cursor there. A finger taps the first word, then the last.
 */
import { snap } from "../core/snap.js";
import { draggedUnits } from "../dom/ends.js";
import { pointToUnits, selectedUnits } from "../dom/selection.js";
import { positionAt } from "../dom/sight.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("../core/types.js").Range} Range */

const CLICK = 4;

export class Pointer {
  /**
   * @param {Context} ws
   * @param {{onDraft: (range: Range, adds: boolean) => void, onSpan: (id: string, stack: string[]) => void, onWord: (point: number) => void,
   *   onTap: (point: number, stack: string[]) => void, onNothing: () => void, onHover: (ids: string[]) => void}} handlers
   *   `adds`: Ctrl or Cmd was held, the range is one more piece
   */
  constructor(ws, handlers) {
    this.ws = ws;
    this.handlers = handlers;
    /** @type {{key: string, at: number}} the spans last clicked on, and which of them is selected */
    this.stack = { key: "", at: 0 };
    this.down = { x: 0, y: 0, type: "mouse" };
    this.hovered = "";
    ws.stage.addEventListener("pointerdown", (event) => {
      this.down = { x: event.clientX, y: event.clientY, type: event.pointerType };
    });
    // On the document: a drag may end outside the article.
    document.addEventListener("mouseup", (event) => this.#onUp(event));
    // On a Mac a click with Ctrl opens a menu in the midst of a drag.
    ws.doc.addEventListener("contextmenu", (event) => event.ctrlKey && event.preventDefault());
    ws.doc.addEventListener("mouseover", (event) => this.#onOver(event));
    ws.doc.addEventListener("mouseleave", () => this.#hover(""));
  }

  /** @param {MouseEvent} event */
  #onUp(event) {
    if (event.button !== 0) return;
    const { ws } = this;
    const up = { x: event.clientX, y: event.clientY };
    const moved = Math.hypot(up.x - this.down.x, up.y - this.down.y) > CLICK;
    const units = moved ? draggedUnits(ws.reading, ws.doc, this.down, up) : selectedUnits(ws.reading, ws.doc);
    if (units && (moved || event.detail > 1)) {
      performance.mark("mouse-up");
      const range = snap(ws.text.value, ...units, { exact: event.altKey });
      getSelection().removeAllRanges();
      if (range) this.handlers.onDraft([ws.text.toPoints(range[0]), ws.text.toPoints(range[1])], event.ctrlKey || event.metaKey);
    } else if (!moved && event.target instanceof Node && ws.doc.contains(event.target)) {
      this.#onClick(event);
    }
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const stack = this.#stackAt(/** @type {Node} */ (event.target));
    const point = this.#pointAt(event);
    if (this.down.type === "touch" && point !== null) return this.handlers.onTap(point, stack);
    if (!stack.length) return point === null ? this.handlers.onNothing() : this.handlers.onWord(point);
    const key = stack.join(" ");
    this.stack = { key, at: this.stack.key === key ? (this.stack.at + 1) % stack.length : 0 };
    this.handlers.onSpan(stack[this.stack.at], stack);
  }

  /** A tap on what lies over the words, and means them. @param {PointerEvent} event */
  tapThrough(event) {
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const point = this.#pointAt(event);
    if (under && point !== null) this.handlers.onTap(point, this.#stackAt(under));
  }

  /** @param {MouseEvent} event @returns {number|null} the code point under the mouse; null beside the words */
  #pointAt({ clientX, clientY }) {
    const at = positionAt(clientX, clientY);
    if (at?.node.nodeType !== Node.TEXT_NODE) return null;
    const units = pointToUnits(this.ws.reading, this.ws.doc, at.node, at.offset);
    return units === null ? null : this.ws.text.toPoints(units);
  }

  /** @param {Node} target @returns {string[]} UUIDs of the spans there, innermost first */
  #stackAt(target) {
    const segment = (target instanceof Element ? target : target.parentElement)?.closest("[data-i]");
    const shorts = segment?.getAttribute("data-i").split(" ") ?? [];
    return shorts.map((short) => this.ws.uuids.get(short)).filter((id) => this.ws.state.spans.has(id));
  }

  /** Forgets what was clicked: the next click starts with the innermost span again. */
  reset() {
    this.stack = { key: "", at: 0 };
  }

  /** @param {MouseEvent} event */
  #onOver(event) {
    const segment = event.target instanceof Element ? event.target.closest("[data-i]") : null;
    this.#hover(event.buttons ? "" : (segment?.getAttribute("data-i") ?? ""));
  }

  /** @param {string} ids */
  #hover(ids) {
    if (ids === this.hovered) return;
    this.hovered = ids;
    this.handlers.onHover(ids ? ids.split(" ") : []);
  }
}
