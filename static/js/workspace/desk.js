/** What is under the person's hand? A draft, a selected span or the word cursor; clicks and keys act on it, popover and panel show it. */
import { reach, union } from "../core/ranges.js";
import { tell } from "../dom/said.js";
import { label, relabel, remove, relationLabel, setRanges } from "./edits.js";
import { Caret } from "./caret.js";
import { Handles } from "./handles.js";
import { Hints } from "./hints.js";
import { Panel } from "./panel.js";
import { Pick } from "./pick.js";
import { Pointer } from "./pointer.js";
import { Popover } from "./popover.js";
import { afterEdit, renew } from "./renewal.js";
import { View } from "./view.js";

/** @typedef {import("../core/types.js").Range} Range */

export class Desk {
  /** @param {import("./context.js").Context} ws @param {Record<"overlay"|"margin"|"popover"|"hint"|"tabs"|"body"|"toast", HTMLElement>} places */
  constructor(ws, { overlay, margin, popover, hint, tabs, body, toast }) {
    this.ws = ws;
    this.toast = toast;
    /** @type {Range[]|null} */
    this.draft = null;
    /** @type {{id: string|null, ranges: readonly Range[]}|null} pieces to which the next draft is added */
    this.kept = null;
    /** @type {number|null} code point of the first word tapped */
    this.tapped = null;
    /** @type {string[]} */
    this.stack = [];
    this.view = new View(ws, { overlay, margin });
    this.hints = new Hints();
    this.caret = new Caret(ws, this.view);
    this.pick = new Pick(ws, hint, this.view, this.hints);
    this.panel = new Panel(ws, this.view, this.pick, { tabs, body, onSpan: (id) => this.goTo(id) });
    this.popover = new Popover(ws, popover, {
      onLabel: (key) => this.useLabel(key),
      onDelete: () => this.deleteSelected(),
      onStance: () => this.beginStance(),
      onOpenClaim: () => this.#openClaim(this.view.selected),
      onSpan: (id) => this.selectSpan(id, this.stack),
      onPiece: () => this.addPiece(),
      onSaid: () => setTimeout(() => renew(this)),
    });
    this.handles = new Handles(ws, this.view, overlay, {
      onMove: (range) => this.view.highlights.set("draft", [range]),
      onDone: (range) => this.#onHandle(range),
      onTap: (event) => this.pointer.tapThrough(event),
    });
    this.pointer = new Pointer(ws, {
      onDraft: (range, adds) => this.#onDraft(range, adds),
      onSpan: (id, stack) => this.#onSpan(id, stack),
      onWord: (point) => this.#onWord(point),
      onTap: (point, stack) => this.#onTap(point, stack),
      onNothing: () => this.pick.active || this.clear(),
      onHover: (ids) => this.#onHover(ids),
    });
    margin.addEventListener("click", (event) => this.#onCard(event));
    // A finger never leaves the card it has lit.
    ws.stage.addEventListener("pointerdown", ({ pointerType }) => pointerType === "touch" && this.view.showSpans([]));
    ws.store.subscribe(() => afterEdit(this));
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
    this.moved();
  }

  /** The words have moved, or are shown otherwise: what is measured is drawn again, the popover goes along. */
  moved() {
    this.view.draw();
    this.#grip();
    this.hints.redraw();
    const ranges = this.draft ?? this.ws.state.spans.get(this.view.selected ?? "")?.ranges;
    if (this.popover.open && ranges) this.popover.place(this.rectsOf(ranges));
  }

  /** @param {Range} range @param {boolean} adds a piece to the draft or the selected span */
  #onDraft(range, adds) {
    if (!this.ws.editable) return;
    this.tapped = null;
    const selected = this.ws.state.spans.get(this.view.selected ?? "");
    if (adds && !this.draft && selected) return setRanges(this.ws, selected.id, [...selected.ranges, range]);
    const labels = this.pick.wantsWords ? this.pick.labels() : [];
    if (labels.length === 1 && !adds && !this.kept) return this.pick.answerWith(labels[0].key, [range]);
    this.offer(adds && this.draft ? [...this.draft, range] : [range]);
  }

  /** @param {readonly Range[]} ranges makes a draft of them, together with the pieces that are kept, and offers labels */
  offer(ranges) {
    if (!this.ws.editable) return;
    this.view.select(null);
    this.pointer.reset();
    this.draft = union([...(this.kept?.ranges ?? []), ...ranges]);
    this.caret.cover(ranges.at(-1));
    this.caret.show(false);
    this.view.highlights.set("draft", this.draft);
    const { labels } = this;
    this.popover.offer(this.draft, this.rectsOf(ranges), labels, this.kept?.id ?? null);
    this.#grip();
    performance.mark("draft-shown");
  }

  /** @returns {import("../core/types.js").Label[]} what a draft may become */
  get labels() {
    if (this.pick.wantsWords) return this.pick.labels();
    return this.ws.scheme.labels.filter((one) => this.ws.scheme.isSpanLabel(one.key));
  }

  /** @param {readonly Range[]} ranges @returns {DOMRect[]} */
  rectsOf(ranges) {
    return ranges.flatMap((range) => [...this.view.places.range(...range).getClientRects()]).filter((rect) => rect.width > 0);
  }

  /** @param {string} id @param {string[]} stack */
  #onSpan(id, stack) {
    if (this.pick.active) return void this.pick.answer(stack);
    this.selectSpan(id, stack);
  }

  /** @param {number} point the cursor goes where somebody clicked on plain words */
  #onWord(point) {
    if (this.pick.active) return;
    this.clear();
    this.caret.put(point);
  }

  /** A first tap takes a word, a second one all words between; a tap on a name selects it. @param {number} point @param {string[]} stack */
  #onTap(point, stack) {
    if (this.pick.active && this.pick.answer(stack)) return;
    const name = stack.find((id) => this.ws.labelOf(this.ws.state.spans.get(id)).kind !== "claim");
    if (this.tapped === null && name && !this.pick.active) return this.selectSpan(name, stack);
    const { words } = this.caret;
    this.offer([words.range(words.at(this.tapped ?? point), words.at(point))]);
    this.tapped ??= point;
  }

  /**
   * @param {string} id @param {string[]} stack the spans at that place, innermost first
   * @param {{popover?: boolean}} [options] keys act on a selected span with or without the popover
   */
  selectSpan(id, stack, { popover = true } = {}) {
    this.clear();
    this.stack = stack;
    const span = this.ws.state.spans.get(id);
    this.caret.put(span.ranges[0][0]);
    this.caret.show(false);
    this.view.select(id);
    if (popover) this.openPopover();
    this.#grip();
  }

  /** Shows what can be done with the selected span. */
  openPopover() {
    const id = this.view.selected;
    this.popover.edit(id, this.stack, this.rectsOf(this.ws.state.spans.get(id).ranges));
  }

  /** Puts the grips to the edges of what the popover is about; else a drag that begins there would meet them. */
  #grip() {
    const selected = this.ws.state.spans.get(this.view.selected ?? "");
    this.handles.show(this.popover.open ? (this.draft ?? selected?.ranges ?? null) : null);
  }

  /** Adds the draft to the span whose pieces are kept; without one they stay together as a draft. */
  addPiece() {
    const { kept, draft } = this;
    if (kept.id === null) return this.offer(draft);
    this.clear();
    setRanges(this.ws, kept.id, draft);
    this.selectSpan(kept.id, [kept.id], { popover: false });
  }

  /** @param {Range} range an edge was dragged; pieces between the ends stay */
  #onHandle([start, end]) {
    const id = this.view.selected;
    const ranges = this.draft ?? this.ws.state.spans.get(id ?? "")?.ranges;
    this.view.highlights.set("draft", []);
    // Another hand may have deleted it while it was dragged.
    if (!ranges) return;
    const moved = reach(ranges, start, end);
    if (this.draft) return this.offer(moved);
    setRanges(this.ws, id, moved);
  }

  /** @param {string} id selects a span and brings it into view; while a card asks, answers it */
  goTo(id) {
    if (this.pick.active && this.pick.answer([id])) return;
    this.view.scrollTo(id);
    this.selectSpan(id, [id], { popover: false });
  }

  /** @param {string[]} shorts */
  #onHover(shorts) {
    const innermost = shorts.length && !this.draft ? this.ws.spanOf(shorts[0]) : undefined;
    this.view.highlights.set("hover", innermost ? innermost.ranges : []);
    this.view.showThing(innermost?.id ?? this.view.selected);
  }

  /** @param {MouseEvent} event */
  #onCard(event) {
    const short = event.target instanceof Element ? event.target.closest("[data-claim]")?.getAttribute("data-claim") : null;
    const id = short && this.ws.uuids.get(short);
    if (!id) return;
    if (this.pick.active && this.pick.answer([id])) return;
    this.selectSpan(id, [id], { popover: false });
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
    const ranges = this.draft;
    this.clear();
    if (this.pick.wantsWords) return this.pick.answerWith(key, ranges);
    // A question that words can't answer is let go: the hand has gone on to something else.
    if (this.pick.active) this.pick.cancel();
    performance.mark("label-chosen");
    const id = label(this.ws, key, ranges);
    this.selectSpan(id, [id], { popover: false });
    if (this.ws.scheme.label(key).kind !== "claim") return;
    this.panel.openClaim(id);
    if (relationLabel(this.ws, "attribution")) this.panel.lists.claims.askSource(id, null);
  }

  /** @returns {boolean} */
  deleteSelected() {
    const id = this.view.selected;
    if (!id || !this.ws.editable) return false;
    const [[start]] = this.ws.state.spans.get(id).ranges;
    this.clear();
    remove(this.ws, id);
    this.caret.put(start);
  }

  /** Begins a stance of the selected span, or of nobody yet. */
  beginStance() {
    if (!this.ws.editable || !relationLabel(this.ws, "stance")) return;
    const span = this.ws.state.spans.get(this.view.selected ?? "");
    const holds = span && this.ws.scheme.allows(relationLabel(this.ws, "stance"), "head", span.label);
    this.clear();
    this.panel.show("stances");
    this.panel.lists.stances.begin(holds ? span.id : null, this.caret.range?.[0]);
  }

  /** Steps back: from letters, a question, a draft, a selected span, the cursor. */
  escape() {
    if (this.pick.active) return this.pick.cancel();
    if (this.hints.active) return this.hints.close();
    const held = this.draft !== null || this.kept !== null || this.view.selected !== null || this.popover.open;
    this.clear();
    if (held) this.caret.show(true);
    else this.caret.leave();
  }

  /** Lets go of draft and selection; the cursor stays where it was, unseen. */
  clear() {
    this.draft = null;
    this.kept = null;
    this.tapped = null;
    this.stack = [];
    this.say("");
    if (!this.pick.active) this.hints.close();
    for (const name of ["draft", "kept"]) this.view.highlights.set(name, []);
    this.caret.show(false);
    this.view.select(null);
    this.handles.show(null);
    this.popover.close();
  }

  /** @param {string} said shows a line for a while; "" takes it away @param {{shown?: boolean}} [how] not shown: only for those who listen */
  say(said, { shown = true } = {}) {
    tell(this.toast, said, shown);
  }
}
