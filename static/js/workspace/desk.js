/** What is under the person's hand? A draft or a selected span; clicks and keys act on it, popover and panel show it. */
import { clampTo, label, relabel, remove, relationLabel } from "./edits.js";
import { attributionsOf } from "./facts.js";
import { Panel } from "./panel.js";
import { Pick } from "./pick.js";
import { Pointer } from "./pointer.js";
import { Popover } from "./popover.js";
import { View } from "./view.js";

/** @typedef {import("../core/types.js").Range} Range */

export class Desk {
  /** @param {import("./context.js").Context} ws @param {Record<"overlay"|"margin"|"popover"|"hint"|"tabs"|"body", HTMLElement>} places */
  constructor(ws, { overlay, margin, popover, hint, tabs, body }) {
    this.ws = ws;
    /** @type {Range|null} */
    this.draft = null;
    this.view = new View(ws, { overlay, margin });
    this.pick = new Pick(ws, hint);
    this.panel = new Panel(ws, this.view, this.pick, { tabs, body, onSpan: (id) => this.#goTo(id) });
    this.popover = new Popover(ws, popover, {
      onLabel: (key) => this.useLabel(key),
      onDelete: () => this.deleteSelected(),
      onStance: () => this.beginStance(),
      onOpenClaim: () => this.#openClaim(this.view.selected),
      onSpan: (id) => this.selectSpan(id, this.stack),
    });
    /** @type {string[]} */
    this.stack = [];
    this.pointer = new Pointer(ws, {
      onDraft: (range) => this.#onDraft(range),
      onSpan: (id, stack) => this.#onSpan(id, stack),
      onNothing: () => this.pick.active || this.clear(),
      onHover: (ids) => this.#onHover(ids),
    });
    margin.addEventListener("click", (event) => this.#onCard(event));
    ws.store.subscribe(() => this.#afterEdit());
    new ResizeObserver(() => this.#onResize()).observe(ws.stage);
  }

  /** Draws all that depends on measured sizes. */
  draw() {
    this.drawn = true;
    this.width = this.ws.stage.clientWidth;
    this.view.draw();
    this.panel.draw();
  }

  #onResize() {
    if (!this.drawn || this.width === this.ws.stage.clientWidth) return;
    this.width = this.ws.stage.clientWidth;
    this.popover.close();
    this.view.draw();
  }

  /** @param {Range} range */
  #onDraft(range) {
    if (!this.ws.editable) return;
    this.view.select(null);
    this.pointer.reset();
    const labels = this.pick.active ? this.pick.labels() : this.ws.scheme.labels.filter((one) => this.ws.scheme.isSpanLabel(one.key));
    if (this.pick.active && labels.length === 1) return this.pick.answerWith(labels[0].key, range);
    this.draft = range;
    this.view.highlights.set("draft", [range]);
    this.popover.offer(range, [...this.view.places.range(...range).getClientRects()].filter((rect) => rect.width > 0), labels);
    performance.mark("draft-shown");
  }

  /** @param {string} id @param {string[]} stack */
  #onSpan(id, stack) {
    if (this.pick.active) return void this.pick.answer(stack);
    this.selectSpan(id, stack);
  }

  /** @param {string} id @param {string[]} stack the spans at that place, innermost first */
  selectSpan(id, stack) {
    this.clear();
    this.stack = stack;
    this.view.select(id);
    const rects = [...this.view.segments(id)].flatMap((segment) => [...segment.getClientRects()]).filter((rect) => rect.width > 0);
    this.popover.edit(id, stack, rects);
  }

  /** @param {string} id */
  #goTo(id) {
    if (this.pick.active && this.pick.answer([id])) return;
    this.clear();
    this.view.scrollTo(id);
    this.view.select(id);
  }

  /** @param {string[]} shorts */
  #onHover(shorts) {
    const innermost = shorts.length && !this.draft ? this.ws.spanOf(shorts[0]) : undefined;
    this.view.highlights.set("hover", innermost ? innermost.ranges : []);
  }

  /** @param {MouseEvent} event */
  #onCard(event) {
    const short = event.target instanceof Element ? event.target.closest("[data-claim]")?.getAttribute("data-claim") : null;
    const id = short && this.ws.uuids.get(short);
    if (!id) return;
    if (this.pick.active && this.pick.answer([id])) return;
    this.clear();
    this.#openClaim(id);
  }

  /** @param {string} id */
  #openClaim(id) {
    this.popover.close();
    this.panel.openClaim(id);
  }

  /** @param {string} key labels the draft, or the selected span anew */
  useLabel(key) {
    if (this.draft) return this.#labelDraft(key);
    const id = this.view.selected;
    if (!id) return;
    if (relabel(this.ws, id, key)) this.popover.close();
    else this.popover.refuse(this.ws.t("in_use"));
  }

  /** @param {string} key */
  #labelDraft(key) {
    const range = this.draft;
    this.clear();
    if (this.pick.active) return this.pick.answerWith(key, range);
    performance.mark("label-chosen");
    const id = label(this.ws, key, range);
    if (this.ws.scheme.label(key).kind !== "claim") return;
    this.panel.openClaim(id);
    if (relationLabel(this.ws, "attribution")) this.panel.lists.claims.askSource(id, attributionsOf(this.ws, id)[0]?.id ?? null);
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key is a label's */
  onLabelKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || (!this.draft && !this.view.selected)) return false;
    const found = this.ws.scheme.labels.find((one) => one.shortcut === event.code && this.ws.scheme.isSpanLabel(one.key));
    if (!found || !this.ws.editable) return false;
    this.useLabel(found.key);
    return true;
  }

  /** @returns {boolean} */
  deleteSelected() {
    const id = this.view.selected;
    if (!id || !this.ws.editable) return false;
    this.popover.close();
    remove(this.ws, id);
    return true;
  }

  /** Begins a stance of the selected span, or of nobody yet. */
  beginStance() {
    if (!this.ws.editable || !relationLabel(this.ws, "stance")) return;
    const span = this.ws.state.spans.get(this.view.selected ?? "");
    const holds = span && this.ws.scheme.allows(relationLabel(this.ws, "stance"), "head", span.label);
    this.popover.close();
    this.panel.show("stances");
    this.panel.lists.stances.begin(holds ? span.id : null);
  }

  /** Steps back: from a question, from a draft, from a selected span. */
  escape() {
    if (this.pick.active) this.pick.cancel();
    else this.clear();
  }

  /** Lets go of draft and selection. */
  clear() {
    this.draft = null;
    this.stack = [];
    this.view.highlights.set("draft", []);
    this.view.select(null);
    this.popover.close();
  }

  #afterEdit() {
    const id = this.view.selected;
    // Another hand may have taken away what it is about.
    if (!id && !this.draft) this.popover.close();
    if (id && this.popover.open && !this.draft) this.selectSpan(id, this.stack.filter((one) => this.ws.state.spans.has(one)));
  }
}
