/** What do keys do in the text? Each action of the keymap that moves, drafts, nudges or asks; the desk holds what they act on. */
import { codeOf } from "../core/keymap.js";
import { nudge } from "../core/nudge.js";
import { reach } from "../core/ranges.js";
import { inSight } from "../dom/sight.js";
import { inTextOrder } from "./context.js";
import { relationLabel, setRanges } from "./edits.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {1|-1} Way */

export class Keyboard {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.ws = desk.ws;
    const onward = this.ws.rtl ? 1 : -1;
    /** @type {Record<string, () => boolean|void>} false leaves the key to the browser */
    this.actions = {
      left: () => this.#move("word", onward), right: () => this.#move("word", -onward),
      "sentence-left": () => this.#move("sentence", onward), "sentence-right": () => this.#move("sentence", -onward),
      up: () => this.desk.caret.active && this.#move("line", -1), down: () => this.desk.caret.active && this.#move("line", 1),
      home: () => this.desk.caret.active && this.#move("paragraph", -1), end: () => this.desk.caret.active && this.#move("paragraph", 1),
      "extend-left": () => this.#extend("word", onward), "extend-right": () => this.#extend("word", -onward),
      "extend-sentence-left": () => this.#extend("sentence", onward), "extend-sentence-right": () => this.#extend("sentence", -onward),
      "extend-up": () => this.#extend("line", -1), "extend-down": () => this.#extend("line", 1),
      "extend-home": () => this.#extend("paragraph", -1), "extend-end": () => this.#extend("paragraph", 1),
      extend: () => this.#grow(), shrink: () => this.desk.draft !== null && this.#extend("word", -1),
      jump: () => this.#jump(),
      "next-span": () => this.#span(1), "previous-span": () => this.#span(-1),
      "next-mention": () => this.#mention(1), "previous-mention": () => this.#mention(-1),
      sentence: () => this.#sentence(), piece: () => this.#piece(), open: () => this.#open(),
      source: () => this.#source(), values: () => this.#values(),
      "start-left": () => this.#nudge("start", onward), "start-right": () => this.#nudge("start", -onward),
      "end-left": () => this.#nudge("end", onward), "end-right": () => this.#nudge("end", -onward),
    };
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key is a label's */
  onLabelKey(event) {
    const { desk, ws } = this;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !ws.editable) return false;
    const found = ws.scheme.labels.find((one) => one.shortcut === codeOf(event) && ws.scheme.isSpanLabel(one.key));
    if (!found) return false;
    if (this.#asks(found.kind)) return true;
    if (!desk.draft && !desk.view.selected) {
      if (!desk.caret.shown) return false;
      desk.offer([desk.caret.range]);
    }
    if (!desk.labels.includes(found)) return false;
    desk.useLabel(found.key);
    return true;
  }

  /** A cue belongs to the selected claim, an expression to the open stance. @param {string} kind @returns {boolean} */
  #asks(kind) {
    const { draft, pick, view, caret, panel } = this.desk;
    if (draft || pick.active || caret.shown) return false;
    const claim = this.#claim();
    if (kind === "cue" && claim && relationLabel(this.ws, "attribution")) panel.lists.claims.askCue(claim);
    else if (kind === "expression" && panel.lists.stances.open && view.selected === null) panel.lists.stances.askExpression();
    else return false;
    this.#jump();
    return true;
  }

  /** @returns {string|null} the selected span if it is a claim; with nothing under the hand, the one whose card is open */
  #claim() {
    const { view, caret, panel } = this.desk;
    if (view.selected === null && !caret.shown && panel.current === "claims") return panel.lists.claims.open;
    const span = this.ws.state.spans.get(this.desk.view.selected ?? "");
    return span && this.ws.labelOf(span).kind === "claim" ? span.id : null;
  }

  /** @param {import("./caret.js").Step} step @param {Way} way */
  #move(step, way) {
    const { desk } = this;
    desk.hints.close();
    this.#letGo();
    desk.pointer.reset();
    return desk.caret.move(step, way, false);
  }

  /** @param {import("./caret.js").Step} step @param {Way} way */
  #extend(step, way) {
    const { desk } = this;
    desk.hints.close();
    if (!desk.caret.move(step, way, true)) return false;
    this.#draft();
  }

  /** Drafts what the cursor was extended over, and goes on extending from the same word. */
  #draft() {
    const { desk } = this;
    const { anchor, at } = desk.caret;
    desk.offer([desk.caret.range]);
    Object.assign(desk.caret, { anchor, at });
  }

  /** One word more; on a selected span the next one out. */
  #grow() {
    const { desk } = this;
    if (desk.view.selected && !desk.draft) {
      const { stack } = desk;
      if (stack.length < 2) return false;
      return desk.selectSpan(stack[(stack.indexOf(desk.view.selected) + 1) % stack.length], stack, { popover: desk.popover.open });
    }
    return desk.caret.active ? this.#extend("word", 1) : false;
  }

  /** Letters on all words in view: the cursor goes there, a draft reaches there. */
  #jump() {
    const { desk } = this;
    const near = desk.caret.at ?? 0;
    if (!desk.pick.active && !desk.draft) this.#letGo();
    desk.popover.close();
    desk.hints.show(() => {
      const found = desk.caret.inView().sort((a, b) => distance(a.index, near) - distance(b.index, near));
      return found.map(({ range, rect }) => ({ id: String(range[0]), rect, pick: () => this.#landed(range) }));
    });
  }

  /** @param {import("../core/types.js").Range} range */
  #landed(range) {
    const { desk, ws } = this;
    desk.hints.close();
    if (desk.draft) {
      desk.caret.reachTo(range[0]);
      return this.#draft();
    }
    if (desk.pick.active) {
      const around = [...ws.state.spans.values()].filter((span) => span.ranges.some(([start, end]) => start <= range[0] && range[1] <= end));
      if (desk.pick.answer(around.sort((a, b) => length(a) - length(b)).map(({ id }) => id))) return;
    }
    this.#letGo();
    desk.caret.put(range[0]);
  }

  /** Lets go of draft and selection, but not of the pieces that wait for one more. */
  #letGo() {
    const { desk } = this;
    const { kept } = desk;
    desk.clear();
    if (kept) this.#keep(kept);
  }

  /** @param {{id: string|null, ranges: readonly import("../core/types.js").Range[]}} kept */
  #keep(kept) {
    this.desk.kept = kept;
    this.desk.view.highlights.set("kept", kept.ranges);
    this.desk.say(this.ws.t(document.documentElement.dataset.hand === "touch" ? "next_piece_tap" : "next_piece"));
  }

  /** @param {Way} way to the next span of the text; while a card asks, of those that may answer */
  #span(way) {
    const { desk, ws } = this;
    if (!desk.caret.active && !desk.view.selected) return false;
    const { question } = desk.pick;
    const fits = (span) => !question || (question.relation && ws.scheme.allows(question.relation, question.slot, span.label));
    const spans = [...ws.state.spans.values()].filter(fits).sort(inTextOrder);
    const current = spans.findIndex(({ id }) => id === desk.view.selected);
    const point = desk.caret.range?.[0] ?? 0;
    const beside = way > 0 ? spans.findIndex((span) => span.ranges[0][0] >= point) : spans.findLastIndex((span) => span.ranges[0][0] < point);
    const next = spans[current < 0 ? beside : current + way];
    // At the end of the text Tab goes on to the rest of the page: nobody is locked in.
    if (!next) return false;
    desk.view.scrollTo(next.id, "nearest");
    desk.selectSpan(next.id, [next.id], { popover: false });
  }

  /** @param {Way} way to the next mention of the same thing, round and round */
  #mention(way) {
    const { desk, ws } = this;
    const span = ws.state.spans.get(desk.view.selected ?? "");
    if (!span || desk.draft || ws.labelOf(span).kind !== "entity") return false;
    const mentions = ws.things.mentions(span);
    const at = mentions.findIndex(({ id }) => id === span.id);
    const next = mentions[(at + way + mentions.length) % mentions.length];
    desk.view.scrollTo(next.id, "nearest");
    desk.selectSpan(next.id, [next.id], { popover: false });
    desk.say(`${ws.things.title(span.entity) || ws.quote(span)} · ${ws.n(mentions.indexOf(next) + 1)} / ${ws.n(mentions.length)}`);
  }

  /** Takes the whole sentence. */
  #sentence() {
    const { desk } = this;
    const selected = this.ws.state.spans.get(desk.view.selected ?? "");
    const from = desk.draft ?? selected?.ranges ?? (desk.caret.range && [desk.caret.range]);
    if (!from || !this.ws.editable) return false;
    desk.offer([desk.caret.words.sentences([from[0][0], from.at(-1)[1]])]);
  }

  /** Keeps what is there; the next draft is one more piece of it. */
  #piece() {
    const { desk, ws } = this;
    if (!ws.editable) return false;
    if (desk.kept && desk.draft) return desk.addPiece();
    const id = desk.draft ? null : desk.view.selected;
    const ranges = desk.draft ?? ws.state.spans.get(id ?? "")?.ranges ?? (desk.caret.shown ? [desk.caret.range] : null);
    if (!ranges) return false;
    desk.clear();
    this.#keep({ id, ranges });
    desk.caret.show(true);
  }

  /** Answers, adds a piece, or goes into the popover. */
  #open() {
    const { desk, ws } = this;
    if (desk.kept?.id && !desk.draft && desk.caret.shown) desk.offer([desk.caret.range]);
    if (desk.kept?.id && desk.draft) return desk.addPiece();
    if (desk.pick.active && desk.view.selected && desk.pick.answer([desk.view.selected])) return;
    if (!desk.draft && !desk.view.selected) {
      if (!desk.caret.shown || !ws.editable) return false;
      desk.offer([desk.caret.range]);
    }
    const { labels } = desk;
    if (desk.pick.active && desk.draft && labels.length === 1) return desk.useLabel(labels[0].key);
    if (desk.view.selected) desk.openPopover();
    desk.popover.focus();
  }

  /** Asks who says the selected claim; if somebody does, who is quoted there. */
  #source() {
    const claim = this.#claim();
    if (!claim || !this.ws.editable || !relationLabel(this.ws, "attribution")) return false;
    this.desk.panel.openClaim(claim);
    this.desk.panel.lists.claims.askSource(claim, null);
  }

  /** Letters on all values that the selected span's attributes may take; several in a row. */
  #values() {
    const { desk } = this;
    if (!this.ws.editable || (!desk.view.selected && !document.querySelector(".card.is-open"))) return false;
    const claim = this.#claim();
    if (claim) desk.panel.openClaim(claim);
    else if (desk.view.selected) desk.openPopover();
    const where = claim || !desk.view.selected ? ".card.is-open" : "#popover";
    const all = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(`${where} :is(.choice, input[data-attribute])`)]);
    desk.hints.show(() => {
      const found = all().map((element, at) => ({ id: element.dataset.attribute, rect: element.getBoundingClientRect(), at }));
      // Looked up again when picked: the card may have been drawn anew since.
      return found.filter(({ rect }) => inSight(rect)).map(({ id, rect, at }) => ({ id, rect, where: /** @type {const} */ ("inside"), pick: () => choose(all()[at]) }));
    }, { sticky: true });
  }

  /** @param {"start"|"end"} edge @param {Way} way moves an edge by a letter and says where it stands */
  #nudge(edge, way) {
    const { desk, ws } = this;
    const id = desk.view.selected;
    const ranges = desk.draft ?? ws.state.spans.get(id ?? "")?.ranges ?? (desk.caret.shown ? [desk.caret.range] : null);
    if (!ranges || !ws.editable) return false;
    const moved = nudge(ws.text, [ranges[0][0], ranges.at(-1)[1]], edge, way);
    if (!moved) return;
    const now = reach(ranges, ...moved);
    if (id && !desk.draft) setRanges(ws, id, now);
    else desk.offer(now);
    desk.say(`«${ws.text.quote(now).replaceAll("\n", " ")}» ${ws.n(moved[0])}–${ws.n(moved[1])}`);
  }
}

/** @param {HTMLElement} element a field gets the focus; a button is pressed without it, or the next Space would press it again */
function choose(element) {
  if (!(element instanceof HTMLInputElement)) return element.click();
  element.focus();
  element.select();
}

/** Words ahead are nearer than words behind: one reads on. @param {number} index @param {number} from */
const distance = (index, from) => (index >= from ? index - from : (from - index) * 2);

/** @param {import("../core/types.js").Span} span */
const length = ({ ranges }) => ranges.reduce((sum, [start, end]) => sum + end - start, 0);
