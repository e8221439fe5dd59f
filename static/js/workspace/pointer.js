/** What does the mouse mean in the article? A drag drafts a range, a click selects the innermost span, again the next one out. */
import { snap } from "../core/snap.js";
import { selectedUnits } from "../dom/selection.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("../core/types.js").Range} Range */

const CLICK = 4;

export class Pointer {
  /**
   * @param {Context} ws
   * @param {{onDraft: (range: Range) => void, onSpan: (id: string, stack: string[]) => void, onNothing: () => void, onHover: (ids: string[]) => void}} handlers
   */
  constructor(ws, handlers) {
    this.ws = ws;
    this.handlers = handlers;
    /** @type {{key: string, at: number}} the spans last clicked on, and which of them is selected */
    this.stack = { key: "", at: 0 };
    this.down = { x: 0, y: 0 };
    this.hovered = "";
    ws.stage.addEventListener("pointerdown", (event) => {
      this.down = { x: event.clientX, y: event.clientY };
    });
    // On the document: a drag may end outside the article.
    document.addEventListener("mouseup", (event) => this.#onUp(event));
    ws.doc.addEventListener("mouseover", (event) => this.#onOver(event));
    ws.doc.addEventListener("mouseleave", () => this.#hover(""));
  }

  /** @param {MouseEvent} event */
  #onUp(event) {
    if (event.button !== 0) return;
    const { ws } = this;
    const units = selectedUnits(ws.text, ws.doc);
    const moved = Math.hypot(event.clientX - this.down.x, event.clientY - this.down.y) > CLICK;
    if (units && (moved || event.detail > 1)) {
      performance.mark("mouse-up");
      const range = snap(ws.text.value, ...units, { exact: event.altKey });
      getSelection().removeAllRanges();
      if (range) this.handlers.onDraft([ws.text.toPoints(range[0]), ws.text.toPoints(range[1])]);
    } else if (!moved && event.target instanceof Node && ws.doc.contains(event.target)) {
      this.#onClick(event.target);
    }
  }

  /** @param {Node} target */
  #onClick(target) {
    const stack = this.#stackAt(target);
    if (!stack.length) return this.handlers.onNothing();
    const key = stack.join(" ");
    this.stack = { key, at: this.stack.key === key ? (this.stack.at + 1) % stack.length : 0 };
    this.handlers.onSpan(stack[this.stack.at], stack);
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
