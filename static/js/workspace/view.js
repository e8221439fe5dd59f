/** What does the page redraw after an edit? The touched paragraphs and their chips at once; margin and panel when needed. */
import { inTextOrder } from "./context.js";
import { arc, boxesOf, outlines } from "../dom/arc.js";
import { h } from "../dom/h.js";
import { Highlights } from "../dom/highlight.js";
import { Chips } from "../dom/overlay.js";
import { Painter } from "../dom/paint.js";
import { Places } from "../dom/selection.js";
import { Margin } from "./margin.js";

/** @typedef {import("./context.js").Context} Context */

export class View {
  /** @param {Context} ws @param {{overlay: HTMLElement, margin: HTMLElement}} layers */
  constructor(ws, { overlay, margin }) {
    this.ws = ws;
    this.painter = new Painter(ws.doc, ws.reading, ws.data.spans.map((span) => ws.mark(span)));
    this.places = new Places(ws.reading, ws.doc);
    this.highlights = new Highlights(this.places);
    this.chipLayer = overlay.appendChild(h("div.chips"));
    this.boxLayer = overlay.appendChild(h("div.boxes"));
    this.arcLayer = overlay.appendChild(h("div.arcs"));
    this.chips = new Chips({ layer: this.chipLayer, doc: ws.doc, rtl: ws.rtl, chipOf: (short) => this.#chip(short) });
    this.margin = new Margin(ws, { layer: overlay, column: margin });
    /** @type {{ids: string[], stance: import("../core/types.js").Relation|null}} */
    this.focus = { ids: [], stance: null };
    /** @type {string|null} */
    this.selected = null;
    ws.store.subscribe((change) => this.onChange(change));
  }

  /** @param {string} short */
  #chip(short) {
    const span = this.ws.spanOf(short);
    const label = span && this.ws.labelOf(span);
    if (label?.kind !== "entity") return null;
    return { title: label.title, color: label.color, length: span.ranges.at(-1)[1] - span.ranges[0][0] };
  }

  /** Draws what the server did not: chips in view, brackets, cards. */
  draw() {
    this.chips.redraw();
    this.margin.draw();
    this.#mark();
  }

  /** @param {import("../core/reading.js").Reading} reading draws the text as it shows it; `draw` does what is measured */
  read(reading) {
    const { ws } = this;
    ws.reading = this.places.reading = reading;
    this.painter = new Painter(ws.doc, reading, [...ws.state.spans.values()].map((span) => ws.mark(span)));
    this.painter.drawAll();
    this.chips.renew();
    this.highlights.redraw();
    ws.doc.dispatchEvent(new Event("reading"));
  }

  /** @param {{before: import("../core/types.js").State, after: import("../core/types.js").State}} change */
  onChange({ before, after }) {
    const changes = [];
    for (const [id, span] of before.spans) {
      const now = after.spans.get(id);
      if (now !== span) changes.push({ before: this.ws.mark(span), after: now ? this.ws.mark(now) : null });
    }
    for (const [id, span] of after.spans) {
      if (!before.spans.has(id)) changes.push({ before: null, after: this.ws.mark(span) });
    }
    this.chips.draw(this.painter.update(changes));
    const claims = changes.some(({ before: b, after: a }) => b?.kind === "claim" || a?.kind === "claim");
    if (claims) this.margin.draw();
    else this.margin.retitle(before, after);
    if (this.selected && !after.spans.has(this.selected)) this.selected = null;
    this.showThing(this.selected);
    this.#mark();
    performance.mark("edit-painted");
  }

  /** @param {string} uuid @returns {NodeListOf<Element>} */
  segments(uuid) {
    return this.ws.doc.querySelectorAll(`[data-i~="${this.ws.short(uuid)}"]`);
  }

  /** @param {string|null} uuid boxes a span, as the one that keys act on */
  select(uuid) {
    this.selected = uuid;
    this.showThing(uuid);
    this.#mark();
  }

  /** @param {string|null} uuid a mention: all mentions of what it is linked to stand out together */
  showThing(uuid) {
    const span = this.ws.state.spans.get(uuid ?? "");
    this.highlights.set("thing", span?.entity ? this.ws.things.mentions(span).flatMap(({ ranges }) => ranges) : []);
  }

  /** @param {import("../core/types.js").Relation|null} stance fades all but its ends and draws the arc */
  showStance(stance) {
    const ids = stance ? [stance.head, stance.via, stance.tail].filter((end) => this.ws.state.spans.has(end)) : [];
    this.focus = { ids, stance };
    this.#mark();
  }

  /** @param {string[]} ids spans to stand out */
  showSpans(ids) {
    this.focus = { ids, stance: null };
    this.#mark();
  }

  #mark() {
    const { ids, stance } = this.focus;
    const { doc } = this.ws;
    if (this.ws.stage.classList.contains("is-dim")) for (const segment of doc.querySelectorAll(".on")) segment.classList.remove("on");
    this.ws.stage.classList.toggle("is-dim", ids.length > 0);
    for (const id of ids) for (const segment of this.segments(id)) segment.classList.add("on");
    this.margin.light(ids);
    this.#outline(stance);
  }

  /** @param {import("../core/types.js").Relation|null} stance boxes what is selected, and a stance's ends */
  #outline(stance) {
    if (!this.selected && !stance) {
      // Nothing to measure: asking for a rectangle would make the browser lay out once more.
      this.boxLayer.replaceChildren();
      return this.arcLayer.replaceChildren();
    }
    const origin = this.boxLayer.getBoundingClientRect();
    const boxes = this.selected ? outlines(boxesOf(this.segments(this.selected), origin), "box") : [];
    const arcs = stance ? this.#arc(stance, origin) : [];
    this.arcLayer.className = `arcs polarity-${stance?.attributes.polarity ?? ""}`;
    this.arcLayer.replaceChildren(...arcs);
    this.boxLayer.replaceChildren(...boxes);
  }

  /** @param {import("../core/types.js").Relation} stance @param {DOMRect} origin @returns {Element[]} */
  #arc(stance, origin) {
    const [from, to] = [stance.head, stance.tail].map((end) => (this.ws.state.spans.has(end) ? boxesOf(this.segments(end), origin) : []));
    const isClaim = this.ws.state.spans.has(stance.tail) && this.ws.labelOf(this.ws.state.spans.get(stance.tail)).kind === "claim";
    const boxes = [...outlines(from, "ring"), ...(isClaim ? [] : outlines(to, "ring"))];
    return from.length && to.length ? [...boxes, ...arc(from[0], to[0], stance.attributes.polarity)] : boxes;
  }

  /** @param {string} uuid brings a span into view @param {"center"|"nearest"} [block] nearest: only if it is out of sight */
  scrollTo(uuid, block = "center", behavior = "smooth") {
    const first = this.segments(uuid)[0];
    first?.scrollIntoView({ block, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : behavior });
  }

  /** @returns {import("../core/types.js").Span[]} claims in the order of their numbers */
  claims() {
    return [...this.ws.spans("claim")].sort(inTextOrder);
  }
}
