/** Which things does the text name? Its mentions in order, or thing by thing: each a button that leads to its place. */
import { h } from "../dom/h.js";
import { savePreferences } from "../net/preferences.js";

/** @typedef {import("../core/types.js").Span} Span */

const ORDERS = /** @type {const} */ (["text", "things"]);
const MOST_AFTER = 28;

export class EntityList {
  /** @param {import("./context.js").Context} ws @param {import("./view.js").View} view @param {(id: string) => void} onSpan @param {() => void} redraw */
  constructor(ws, view, onSpan, redraw) {
    Object.assign(this, { ws, view, onSpan, redraw });
    this.order = document.documentElement.dataset.things === "yes" ? "things" : "text";
  }

  /** @returns {HTMLElement[]} */
  render() {
    const spans = this.ws.spans("entity");
    if (!spans.length) return [h("p.empty", null, this.ws.t("no_entities"))];
    const list = this.order === "things" ? this.#byThing(spans) : [h("ol.mentions", null, spans.map((span) => this.#mention(span)))];
    return [this.#orders(), ...list];
  }

  #orders() {
    const button = (order) => h("button", { type: "button", "data-order": order, "aria-pressed": String(order === this.order), onclick: () => this.#choose(order) }, this.ws.t(`entities_by_${order}`));
    return h("div.orders", { role: "group", "aria-label": this.ws.t("entities_order"), "data-id": "orders" }, ORDERS.map(button));
  }

  /** @param {typeof ORDERS[number]} order */
  #choose(order) {
    this.order = order;
    savePreferences(this.ws.data.urls.preferences, { things: order === "things" ? "yes" : "no" });
    this.redraw();
  }

  /** Each thing with its mentions, the most mentioned first; what is linked to nothing stands at the end. @param {Span[]} spans */
  #byThing(spans) {
    /** @type {Map<string, Span[]>} */
    const groups = new Map();
    for (const span of spans) groups.set(span.entity ?? "", [...(groups.get(span.entity ?? "") ?? []), span]);
    const loose = groups.get("") ?? [];
    groups.delete("");
    const things = [...groups].sort(([, a], [, b]) => b.length - a.length || a[0].ranges[0][0] - b[0].ranges[0][0]);
    return [...things.map(([key, mentions]) => this.#thing(key, mentions)), ...(loose.length ? [this.#group("", this.ws.t("unlinked"), loose, null)] : [])];
  }

  /** @param {string} key @param {Span[]} mentions */
  #thing(key, mentions) {
    const thing = this.ws.things.get(key);
    return this.#group(key, this.ws.things.title(key), mentions, thing?.external_id || null);
  }

  /** @param {string} key @param {string} title @param {Span[]} mentions @param {string|null} qid */
  #group(key, title, mentions, qid) {
    const { ws } = this;
    const label = key ? ws.labelOf(mentions[0]) : null;
    const light = key ? { onpointerenter: () => this.view.showThing(mentions[0].id), onpointerleave: () => this.#unlight(), onfocusin: () => this.view.showThing(mentions[0].id), onfocusout: () => this.#unlight() } : {};
    const head = h("h3", null, h(key ? "bdi.name" : "span.name", null, title), qid ? h("span.qid.ltr", null, qid) : null, h("span.count", { "aria-label": ws.t("link_mentions", mentions.length) }, ws.n(mentions.length)));
    return h(`section.thing${label ? `.c-${label.color}` : ".is-loose"}`, { "data-entity": key || null, ...light }, head, h("ol.mentions", null, mentions.map((span) => this.#mention(span, true))));
  }

  #unlight() {
    this.view.showThing(this.view.selected);
  }

  /** @param {Span} span @param {boolean} [placed] with the words after it: the same name stands there again and again */
  #mention(span, placed = false) {
    const { ws } = this;
    const label = ws.labelOf(span);
    const tail = placed ? h("bdi.after", null, this.#after(span)) : h("span.tag", null, label.title);
    const linked = !placed && span.entity ? h("span.is-linked", { title: ws.things.title(span.entity), role: "img", "aria-label": `${ws.t("linked_to")} ${ws.things.title(span.entity)}` }) : null;
    return h("li", null, h(`button.mention.c-${label.color}`, { type: "button", "data-id": span.id, onclick: () => this.onSpan(span.id) }, h("bdi.name", null, ws.quote(span)), linked, tail));
  }

  /** @param {Span} span */
  #after(span) {
    const end = span.ranges.at(-1)[1];
    const words = this.ws.text.slice(end, Math.min(end + MOST_AFTER, this.ws.text.length)).split("\n")[0];
    return words.replace(/\s\S*$/u, "").trim();
  }
}
