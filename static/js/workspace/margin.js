/** What stands in the margin? A numbered card for each claim: who says it, how, and how it begins. */
import { drawBrackets, measureBrackets, placeCards } from "../dom/brackets.js";
import { h, svgElement } from "../dom/h.js";
import { sourcesTitle, unsaid } from "./facts.js";

const CARD = 70;
const LANE = 8;
const NUMBER = 20;

export class Margin {
  /** @param {import("./context.js").Context} ws @param {{layer: HTMLElement, column: HTMLElement}} places */
  constructor(ws, { layer, column }) {
    this.ws = ws;
    this.column = column;
    this.svg = layer.appendChild(svgElement("svg", { class: "brackets" }));
    this.numbers = layer.appendChild(h("div.numbers"));
    /** @type {import("../core/types.js").Span[]} */
    this.claims = [];
    this.lit = false;
  }

  /** Measures and draws everything: claims have come or gone, or sizes have changed. */
  draw() {
    const { ws } = this;
    this.claims = ws.spans("claim");
    const origin = this.svg.getBoundingClientRect();
    const sheet = ws.doc.getBoundingClientRect();
    const wide = getComputedStyle(this.column).display !== "none";
    const brackets = measureBrackets(ws.doc, this.claims.map((claim) => ws.short(claim.id)), origin.top);
    const tops = placeCards(brackets, CARD);
    const toward = ws.rtl ? -1 : 1;
    const edge = ws.rtl ? sheet.left - origin.left : sheet.right - origin.left;
    const column = this.column.getBoundingClientRect();
    const card = wide ? (ws.rtl ? column.right : column.left) - origin.left : null;
    // Lane 0 lies farthest from the text, further lanes nearer to it.
    const geometry = { x: edge + toward * 36, step: LANE, toward, card };
    this.svg.replaceChildren(...drawBrackets(brackets, tops, geometry));
    this.numbers.replaceChildren(...this.#numbers(brackets, tops, geometry));
    this.column.replaceChildren(
      ...brackets.map(({ id }, at) => h("div.claim-card", { "data-claim": id, style: { top: `${tops[at]}px` } }, ...this.#card(id))),
    );
  }

  /** @returns {HTMLElement[]} at the cards' edge, or on the brackets where there is no room for cards */
  #numbers(brackets, tops, { x, step, toward, card }) {
    let reached = -Infinity;
    return brackets.map(({ id, top, lane }, at) => {
      const left = card ?? x - toward * lane * step;
      reached = Math.max(card === null ? top + 14 : tops[at] + 17, reached + NUMBER);
      return h("b.num", { "data-claim": id, "data-n": this.ws.n(at + 1), style: { left: `${left}px`, top: `${reached}px` } });
    });
  }

  /**
   * Writes words again where somebody else says a claim now, or is written differently; nothing has moved.
   * @param {import("../core/types.js").State} before @param {import("../core/types.js").State} after
   */
  retitle(before, after) {
    const stale = new Set();
    for (const [state, other] of [[before, after], [after, before]]) {
      for (const relation of state.relations.values()) {
        const same = other.relations.get(relation.id) === relation && before.spans.get(relation.tail) === after.spans.get(relation.tail);
        if (!same) stale.add(this.ws.short(relation.head));
      }
    }
    for (const card of stale.size ? this.column.children : []) {
      const id = card.getAttribute("data-claim");
      if (stale.has(id)) card.replaceChildren(...this.#card(id));
    }
  }

  /** @param {string} short @returns {HTMLElement[]} */
  #card(short) {
    const { ws } = this;
    const claim = ws.spanOf(short);
    if (!claim) return [];
    const label = ws.labelOf(claim);
    const said = sourcesTitle(ws, claim.id);
    const { quotation, kind } = claim.attributes;
    const how = [kind && ws.scheme.valueTitle(label, "kind", kind), quotation && ws.scheme.valueTitle(label, "quotation", quotation)];
    return [
      h("div.who", null, h("span.name", { "data-t": said || unsaid(ws), "data-none": !said }), h("span.how", { "data-t": how.filter(Boolean).join(" · ") })),
      h("div.what", { "data-t": ws.quote(claim) }),
    ];
  }

  /** @param {string[]} ids UUIDs of claims to stand out */
  light(ids) {
    // Hundreds of claims are asked only where one of them was or is to be lit.
    if (!ids.length && !this.lit) return;
    this.lit = ids.length > 0;
    const shorts = new Set(ids.map((id) => this.ws.short(id)));
    for (const element of [...this.column.children, ...this.svg.children]) {
      element.classList.toggle("on", shorts.has(element.getAttribute("data-claim")));
    }
  }
}
