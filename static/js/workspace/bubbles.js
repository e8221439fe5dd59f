/** Which spans are being talked about? A small bubble over the end of each with an open thread, outside the text. */
import { svgElement } from "../dom/h.js";
import { byLine } from "../dom/overlay.js";

export const BUBBLE = "M2.5 3.5h11v7.5h-6l-3 2.7v-2.7h-2z";
const RISE = 12;

export class Bubbles {
  /** @param {import("./context.js").Context} ws @param {import("./view.js").View} view @param {HTMLElement} layer */
  constructor(ws, view, layer) {
    Object.assign(this, { ws, view });
    this.layer = layer.appendChild(document.createElement("div"));
    this.layer.className = "bubbles";
    /** @type {string[]} */
    this.spans = [];
    new ResizeObserver(() => this.draw()).observe(ws.doc);
    ws.doc.addEventListener("reading", () => this.draw());
  }

  /** @param {string[]} spans those with an open thread */
  show(spans) {
    this.spans = [...new Set(spans)];
    this.draw();
  }

  /** Measures and draws: sizes or words may have changed. */
  draw() {
    const here = this.spans.filter((id) => this.ws.state.spans.has(id));
    if (!here.length) return void (this.layer.firstChild && this.layer.replaceChildren());
    const origin = this.layer.getBoundingClientRect();
    const places = here.map((id) => byLine([...this.view.segments(id)].flatMap((segment) => [...segment.getClientRects()])).at(-1));
    this.layer.replaceChildren(...places.map((place, at) => place && this.#bubble(here[at], place, origin)).filter(Boolean));
  }

  /** @param {string} id @param {{left: number, right: number, top: number}} place @param {DOMRect} origin */
  #bubble(id, { left, right, top }, origin) {
    const bubble = svgElement("svg", { viewBox: "0 0 16 16", class: "bubble", "data-span": id });
    bubble.append(svgElement("path", { d: BUBBLE }));
    bubble.style.setProperty("left", `${(this.ws.rtl ? left : right - RISE) - origin.left}px`);
    bubble.style.setProperty("top", `${top - origin.top - RISE + 1}px`);
    return bubble;
  }
}
