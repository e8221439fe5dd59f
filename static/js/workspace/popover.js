/** What can be done with this piece of text? Labels with their keys for a draft; label, attributes, delete for a span. */
import { capOf } from "../core/keymap.js";
import { relationsOn } from "../core/operations.js";
import { h } from "../dom/h.js";
import { pace } from "../dom/sight.js";
import { Typing } from "../dom/typing.js";
import { setRanges } from "./edits.js";
import { attributeFields } from "./fields.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("../core/types.js").Label} Label */

const GAP = 10;

export class Popover {
  /**
   * @param {Context} ws @param {HTMLElement} element
   * @param {{onLabel: (key: string) => void, onDelete: () => void, onStance: () => void, onOpenClaim: () => void, onSpan: (id: string) => void, onPiece: () => void, onSaid?: () => void}} handlers
   *   `onSaid`: somebody was in the middle of something in it, and no longer is
   */
  constructor(ws, element, handlers) {
    this.ws = ws;
    this.element = element;
    this.handlers = handlers;
    /** For what has fields that are saved as they are left. */
    this.typing = handlers.onSaid ? new Typing(element, () => handlers.onSaid()) : null;
    // A press on its words must not take the keyboard from the text either.
    element.addEventListener("mousedown", (event) => {
      if (!(event.target instanceof Element && event.target.closest("select, input"))) event.preventDefault();
    });
  }

  get open() {
    return !this.element.hidden;
  }

  get holdsFocus() {
    return this.element.contains(document.activeElement);
  }

  close() {
    this.typing?.settle();
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  /**
   * Offers labels for a draft.
   * @param {readonly import("../core/types.js").Range[]} ranges @param {DOMRect[]} rects @param {Label[]} labels
   * @param {string|null} [to] the span that the draft may be added to as one more piece
   */
  offer(ranges, rects, labels, to = null) {
    const { ws } = this;
    const quote = ws.text.quote(ranges);
    const words = quote.split(/\s+/).filter((word) => word && word !== "\u2026").length;
    const last = this.#lastLabelOf(quote);
    this.show(rects, [
      this.#head(quote, words === 1 ? ws.t("word") : ws.t("words", words), this.#reaches()),
      to && this.#row([this.#button(ws.t("add_piece"), "↵", () => this.handlers.onPiece())]),
      this.#grid(labels.filter((label) => label.kind === "entity"), last),
      this.#row(labels.filter((label) => label.kind !== "entity").map((label) => this.#labelButton(label, last))),
    ]);
  }

  /** @param {string} id @param {string[]} stack the spans there, innermost first @param {DOMRect[]} rects */
  edit(id, stack, rects) {
    const { ws } = this;
    const span = ws.state.spans.get(id);
    const own = ws.labelOf(span);
    const talk = h("button.act", { type: "button", "data-act": "talk" }, ws.t("comment"), h("kbd", null, "T"));
    if (!ws.editable) return this.show(rects, [this.#head(ws.quote(span), this.#said(span, own)), this.#crumbs(stack, id), ws.remarks(id), this.#row([talk])]);
    const same = (label) => label.kind === own.kind;
    const canHold = ws.scheme.ofKind("stance").some((stance) => ws.scheme.allows(stance, "head", span.label));
    const uses = relationsOn(ws.state, id).length;
    this.show(rects, [
      this.#head(ws.quote(span), own.title, own.kind === "entity" ? this.#link(span) : null),
      this.#crumbs(stack, id),
      ws.remarks(id),
      own.kind === "entity" ? this.#grid(ws.scheme.labels.filter(same), own.key) : null,
      span.ranges.length > 1 ? this.#pieces(span) : null,
      attributeFields(ws, "span", span, own),
      this.#row([
        own.kind === "claim" && ws.scheme.ofKind("attribution").length > 0 && this.#button(ws.t("source"), "", this.handlers.onOpenClaim),
        canHold && this.#button(ws.t("stance"), "R", this.handlers.onStance),
        own.kind !== "claim" && h("button.act", { type: "button", "data-act": "everywhere", title: ws.t("key_everywhere") }, ws.t("everywhere"), h("kbd", null, "A")),
        own.kind !== "claim" && this.#piece(),
        talk,
        this.#button(uses ? ws.t("delete_with", uses) : ws.t("delete"), "Del", this.handlers.onDelete, "danger"),
      ]),
    ]);
  }

  /** What keys do with a draft, for mouse and finger; main.js listens for it. */
  #reaches() {
    const { ws } = this;
    return [
      h("button.act.reach", { type: "button", "data-act": "sentence" }, ws.t("to_sentence"), h("kbd", null, "S")),
      this.#piece(),
    ];
  }

  /** With a mouse, Ctrl adds a piece; a finger has no Ctrl. */
  #piece() {
    return h("button.act.reach.of-touch", { type: "button", "data-act": "piece" }, this.ws.t("add_piece"));
  }

  /** @param {import("../core/types.js").Span} span @param {Label} own @returns {string} its label, and what it is linked to */
  #said(span, own) {
    return span.entity ? `${own.title} · ${this.ws.things.title(span.entity)}` : own.title;
  }

  /** What it is linked to; the linker listens for it. In the head, for a row more would cover the words. @param {import("../core/types.js").Span} span */
  #link(span) {
    const { ws } = this;
    return h("button.act.link", { type: "button", "data-act": "link", title: ws.t("key_link") }, span.entity ? h("bdi", null, ws.things.title(span.entity)) : ws.t("link"), h("kbd", null, "K"));
  }

  /** @param {string} quote @returns {string} the label the same words bore last */
  #lastLabelOf(quote) {
    const same = [...this.ws.state.spans.values()].filter((span) => this.ws.quote(span) === quote);
    return same.at(-1)?.label ?? "";
  }

  /** Moves the focus into it: to the label that is pressed, else to its first control. */
  focus() {
    const target = this.element.querySelector("[aria-pressed=true]") ?? this.element.querySelector("button, select, input");
    /** @type {HTMLElement|null} */ (target)?.focus();
  }

  /** @param {import("../core/types.js").Span} span its pieces, each of which can be taken away */
  #pieces(span) {
    const { ws } = this;
    const without = (at) => setRanges(ws, span.id, span.ranges.filter((_, index) => index !== at));
    const piece = (range, at) => {
      const quote = ws.text.slice(...range);
      return h("li", null, h("bdi", null, quote), h("button.act", { type: "button", "aria-label": `${ws.t("remove_piece")}: ${quote}`, onclick: () => without(at) }, "×"));
    };
    return h("ul.pieces", null, span.ranges.map(piece));
  }

  /** @param {string} reason says why a wish can't be met */
  refuse(reason) {
    this.element.querySelector(".head .mute")?.replaceChildren(h("strong.warn", { role: "alert" }, reason));
  }

  #head(quote, said, link = null) {
    return h("div.head", null, h("bdi.quote", null, `«${quote.replaceAll("\n", " ")}»`), h("span.mute", null, h("bdi", null, said)), link, this.#ask());
  }

  /** Leads to what the guideline says of the label in use; the guide listens for it. */
  #ask() {
    const title = this.ws.t("guide_ask");
    return h("button.ask", { type: "button", "data-act": "guide", "aria-label": title, title: `${title} (G)` }, this.ws.language === "fa" ? "؟" : "?");
  }

  /** @param {string[]} stack @param {string} id */
  #crumbs(stack, id) {
    if (stack.length < 2) return null;
    const { ws } = this;
    return h(
      "nav.crumbs", null,
      stack.toReversed().map((one) => {
        const label = ws.labelOf(ws.state.spans.get(one));
        return h(`button.c-${label.color}`, { type: "button", "aria-current": one === id ? "true" : null, onclick: () => this.handlers.onSpan(one) }, label.title);
      }),
    );
  }

  /** @param {Label[]} labels @param {string} current */
  #grid(labels, current) {
    return h("div.grid", { role: "group", "aria-label": this.ws.t("choose_label") }, labels.map((label) => this.#labelButton(label, current)));
  }

  #labelButton(label, current) {
    const cap = label.shortcut ? h("kbd", null, capOf(label.shortcut)) : null;
    const pressed = label.key === current;
    return h(
      `button.label.c-${label.color}`,
      { type: "button", "data-label": label.key, "aria-pressed": String(pressed), onclick: () => this.handlers.onLabel(label.key) },
      h("i.swatch"), label.title, cap,
    );
  }

  #row(buttons) {
    return buttons.some(Boolean) ? h("div.acts", null, buttons) : null;
  }

  #button(text, cap, onclick, cls = "") {
    return h(`button.act${cls && `.${cls}`}`, { type: "button", onclick }, text, cap ? h("kbd", null, cap) : null);
  }

  /** @param {DOMRect[]} rects of the text, line by line @param {(Node|null)[]} content */
  show(rects, content) {
    const { element } = this;
    element.replaceChildren(...content.filter(Boolean));
    element.hidden = false;
    this.place(rects);
  }

  /** @param {DOMRect[]} rects stands beside these places of the text */
  place(rects) {
    const { element } = this;
    if (!rects.length) return;
    const first = rects[0];
    const last = rects[rects.length - 1];
    const bar = document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0;
    if (getComputedStyle(element).position === "fixed") return this.#uncover(first.top - bar - GAP, last.bottom + GAP);
    const { offsetWidth: width, offsetHeight: height } = element;
    const edge = this.ws.rtl ? last.right - width : last.left;
    const above = first.top - height - GAP;
    const below = last.bottom + GAP;
    const top = below + height < innerHeight || above < bar ? below : above;
    element.style.left = `${Math.max(8, Math.min(edge, innerWidth - width - 8)) + scrollX}px`;
    element.style.top = `${Math.max(bar + 4, Math.min(top, innerHeight - height - 8)) + scrollY}px`;
  }

  /** On a phone it lies at the foot, and the words move out from under it: the last of them may be tapped next. @param {number} most before the first line goes under the bar @param {number} bottom of the words */
  #uncover(most, bottom) {
    const top = Math.min(most, bottom - this.element.getBoundingClientRect().top);
    if (top > 0) scrollBy({ top, behavior: pace() });
  }
}
