/** How is an edge moved by hand? Two grips at the ends of a draft or a selected span; dragging one snaps as a drag over words does. */
import { snap } from "../core/snap.js";
import { h } from "../dom/h.js";
import { pointToUnits } from "../dom/selection.js";
import { positionAt } from "../dom/sight.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("../core/types.js").Range} Range */

// Letters and digits that run from left to right: their leading edge is the left one.
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}]/u;

/** A finger that moves no farther is a tap. */
const STILL = 8;

export class Handles {
  /**
   * @param {Context} ws @param {import("./view.js").View} view @param {HTMLElement} layer
   * @param {{onMove: (range: Range) => void, onDone: (range: Range) => void, onTap: (place: PointerEvent) => void}} handlers the outer range,
   *   while and after dragging; a finger that did not move meant the word under the grip
   */
  constructor(ws, view, layer, handlers) {
    Object.assign(this, { ws, view, handlers });
    /** @type {Range|null} */
    this.range = null;
    this.layer = layer.appendChild(h("div.handles"));
    this.grips = /** @type {const} */ (["start", "end"]).map((edge) => {
      const grip = this.layer.appendChild(h(`i.grip.is-${edge}`, { hidden: true }));
      grip.addEventListener("pointerdown", (event) => this.#begin(event, grip, edge));
      return grip;
    });
  }

  /** @param {readonly Range[]|null} ranges the grips stand at its first and last letter; null takes them away */
  show(ranges) {
    this.range = ranges?.length && this.ws.editable ? [ranges[0][0], ranges.at(-1)[1]] : null;
    for (const grip of this.grips) grip.hidden = this.range === null;
    if (!this.range) return;
    const origin = this.layer.getBoundingClientRect();
    const [start, end] = this.range;
    this.#stand(this.grips[0], this.#letter(start), origin, true);
    this.#stand(this.grips[1], this.#letter(end - 1), origin, false);
  }

  /** @param {number} point */
  #letter(point) {
    const rect = this.view.places.letter(point).getBoundingClientRect();
    return { rect, ltr: LEFT_TO_RIGHT.test(this.ws.text.slice(point, point + 1)) || !this.ws.rtl };
  }

  /** @param {HTMLElement} grip @param {{rect: DOMRect, ltr: boolean}} letter @param {DOMRect} origin @param {boolean} leading */
  #stand(grip, { rect, ltr }, origin, leading) {
    // It lies beside the letters, not on them: a click on the word is a click on the word.
    const left = ltr === leading;
    const x = left ? rect.left : rect.right;
    grip.classList.toggle("is-left", left);
    grip.style.left = `${x - origin.left}px`;
    grip.style.top = `${rect.top - origin.top}px`;
    grip.style.height = `${rect.height}px`;
  }

  /** @param {PointerEvent} event @param {HTMLElement} grip @param {"start"|"end"} edge */
  #begin(event, grip, edge) {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    grip.setPointerCapture(event.pointerId);
    this.layer.classList.add("is-dragging");
    const fixed = this.range;
    let last = fixed;
    let tap = event.pointerType !== "mouse";
    const move = (moved) => {
      tap &&= Math.hypot(moved.clientX - event.clientX, moved.clientY - event.clientY) <= STILL;
      if (tap) return;
      last = this.#target(moved, edge, fixed) ?? last;
      this.handlers.onMove(last);
    };
    const done = () => {
      grip.removeEventListener("pointermove", move);
      if (tap) this.handlers.onTap(event);
      this.layer.classList.remove("is-dragging");
      if (!tap) this.handlers.onDone(last);
    };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("lostpointercapture", done, { once: true });
  }

  /** @param {PointerEvent} event @param {"start"|"end"} edge @param {Range} fixed @returns {Range|null} */
  #target(event, edge, fixed) {
    const { text, doc, reading } = this.ws;
    const at = positionAt(event.clientX, event.clientY);
    const units = at && pointToUnits(reading, doc, at.node, at.offset, edge === "end");
    if (units === null || units === undefined) return null;
    const [low, high] = [text.toUnits(fixed[0]), text.toUnits(fixed[1])];
    const wanted = edge === "start" ? [Math.min(units, high - 1), high] : [low, Math.max(units, low + 1)];
    const range = snap(text.value, wanted[0], wanted[1], { exact: event.altKey });
    if (!range) return null;
    // Only the dragged edge moves: the other may lie within a word on purpose.
    return edge === "start" ? [Math.min(text.toPoints(range[0]), fixed[1] - 1), fixed[1]] : [fixed[0], Math.max(text.toPoints(range[1]), fixed[0] + 1)];
  }
}
