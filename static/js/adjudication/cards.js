/** Which cards are shown, and where? Tabs by kind; each card beside its line, joined to it by a bracket. */
import { byLine } from "../dom/overlay.js";
import { h, svgElement } from "../dom/h.js";
import { folded, opened } from "./card.js";
import { placeCards } from "./layout.js";
import { KINDS } from "./types.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./types.js").Unit} Unit */

const GAP = 9;
const LANES = 3;
const STEP = 8;
const ROUND = 6;
// Farther than this from its line, only the current card is joined to it: lines along the whole page say nothing.
const FAR = 150;

export class Cards {
  /** @param {Context} cx @param {{list: HTMLElement, tabs: HTMLElement, overlay: HTMLElement}} places */
  constructor(cx, { list, tabs, overlay }) {
    Object.assign(this, { cx, list, tabs });
    this.svg = overlay.appendChild(svgElement("svg", { class: "brackets adj-brackets" }));
    this.now = { trouble: "", saving: false, moving: false };
    /** @type {Map<string, {said: string, card: HTMLElement}>} folded cards as they were drawn last */
    this.folded = new Map();
  }

  /** @returns {Unit[]} those that the chosen tab shows, decided ones with the open ones */
  get shown() {
    const { cx } = this;
    return cx.filter === "open" ? cx.units : cx.units.filter(({ kind }) => kind === cx.filter);
  }

  draw() {
    const { cx, list } = this;
    this.#drawTabs();
    const focused = /** @type {HTMLElement|null} */ (list.contains(document.activeElement) ? document.activeElement : null);
    const before = focused && { id: focused.closest("[data-id]")?.getAttribute("data-id"), what: focused.dataset.do ?? focused.dataset.field, key: focused.dataset.candidate ?? focused.dataset.type };
    const cards = this.shown.map((unit) => (unit.key === cx.current ? opened(cx, unit, this.now) : this.#folded(unit)));
    list.replaceChildren(...cards, ...this.#empty(cards.length));
    if (before) this.#focusAgain(before);
    this.place();
  }

  /** @param {Unit} unit @returns {HTMLElement} the one of before, where nothing about it has changed: there may be a hundred */
  #folded(unit) {
    const said = JSON.stringify([this.cx.numberOf(unit), unit, this.cx.adjudication.ends]);
    const known = this.folded.get(unit.key);
    if (known?.said === said) return known.card;
    const card = folded(this.cx, unit);
    this.folded.set(unit.key, { said, card });
    return card;
  }

  /** @param {{id: string|null|undefined, what: string|undefined, key: string|undefined}} before */
  #focusAgain({ id, what, key }) {
    const inside = id && this.list.querySelector(`[data-id="${CSS.escape(id)}"].is-open`);
    const which = key ? `[data-candidate="${key}"], [data-type="${key}"]` : `[data-do="${what}"], [data-field="${what}"]`;
    const again = inside && what ? inside.querySelector(which) : null;
    if (again instanceof HTMLElement) again.focus({ preventScroll: true });
  }

  /** @param {number} count @returns {HTMLElement[]} */
  #empty(count) {
    return count ? [] : [h("p.empty", null, this.cx.t(this.cx.units.length ? "none_of_kind" : "no_differences"))];
  }

  #drawTabs() {
    const { cx } = this;
    const open = cx.units.filter(({ settled }) => !settled);
    const count = (kind) => (kind === "open" ? open : open.filter((unit) => unit.kind === kind)).length;
    const kinds = ["open", ...KINDS.filter((kind) => cx.units.some((unit) => unit.kind === kind))];
    this.tabs.replaceChildren(...kinds.map((kind) => h("button.tab", { type: "button", "data-filter": kind, "aria-pressed": String(cx.filter === kind) }, cx.t(`tab_${kind}`), " ", h("span", null, cx.n(count(kind))))));
  }

  /** Measures the lines and puts each card beside its own; on a narrow page they follow each other by themselves. */
  place() {
    const { cx, list, svg } = this;
    const cards = /** @type {HTMLElement[]} */ ([...list.querySelectorAll(".adj-card")]);
    const beside = getComputedStyle(list).getPropertyValue("--beside").trim() === "1";
    list.style.setProperty("block-size", "auto");
    if (!beside) {
      for (const card of cards) card.style.removeProperty("top");
      return svg.replaceChildren();
    }
    const origin = list.getBoundingClientRect();
    const box = svg.getBoundingClientRect();
    const extents = this.shown.map((unit) => this.#extent(unit, box.top));
    const slots = cards.map((card, at) => ({ wanted: extents[at].top + box.top - origin.top - 6, height: card.offsetHeight }));
    const tops = placeCards(slots, this.shown.findIndex(({ key }) => key === cx.current), GAP);
    for (const [at, card] of cards.entries()) {
      card.classList.toggle("is-away", tops[at] === null);
      card.style.setProperty("top", `${tops[at] ?? 0}px`);
    }
    list.style.setProperty("block-size", `${Math.max(0, ...tops.map((top, at) => (top ?? 0) + slots[at].height))}px`);
    const sheet = cx.doc.getBoundingClientRect();
    const toward = cx.rtl ? -1 : 1;
    const edge = (cx.rtl ? sheet.left : sheet.right) - box.left + toward * 36;
    const card = (cx.rtl ? origin.right : origin.left) - box.left - toward * 9;
    const paths = lanes(extents).map((bracket, at) => {
      const unit = this.shown[at];
      const on = unit.key === cx.current;
      const level = (tops[at] ?? 0) + origin.top - box.top + 20;
      const near = tops[at] !== null && (on || Math.abs(level - (bracket.top + bracket.bottom) / 2) < FAR);
      return svgElement("path", { d: joint(bracket, { x: edge - toward * bracket.lane * STEP, toward, card, level: near ? level : null, bend: (at % 3) * 4 }), class: on ? "on" : unit.settled ? "done" : "" });
    });
    svg.replaceChildren(...paths);
  }

  /** @param {Unit} unit @param {number} originTop @returns {{id: string, top: number, bottom: number, lane: number}} */
  #extent(unit, originTop) {
    const { cx } = this;
    const ranges = unit.noun === "span" ? unit.ranges : unit.ranges.filter(([from, to]) => from <= unit.at && unit.at < to);
    const [start, end] = ranges.length ? [ranges[0][0], ranges.at(-1)[1]] : [cx.reading.begins[0], cx.reading.begins[0] + 1];
    const lines = byLine(cx.places.range(start, end).getClientRects());
    const [top, bottom] = lines.length ? [lines[0].top, lines.at(-1).bottom] : [originTop, originTop + 20];
    return { id: unit.key, top: top - originTop, bottom: bottom - originTop, lane: 0 };
  }
}

/**
 * A bracket along the lines of a disagreement, and the way from it to its card.
 * @param {{top: number, bottom: number}} bracket
 * @param {{x: number, toward: number, card: number, level: number|null, bend: number}} geometry x of the bracket, where the card's edge
 *   and number stand, level null for no way; bends beside each other don't run into one line
 * @returns {string} path data
 */
function joint({ top, bottom }, { x, toward, card, level, bend }) {
  const foot = x - toward * 5;
  const bracket = `M${foot} ${top + 2} H${x - toward * 2} Q${x} ${top + 2} ${x} ${top + 4} V${bottom - 4} Q${x} ${bottom - 2} ${x - toward * 2} ${bottom - 2} H${foot}`;
  if (level === null) return bracket;
  const from = Math.min(Math.max(level, top + 8), bottom - 8);
  const turn = card - toward * (7 + bend);
  const way = Math.sign(level - from);
  const round = Math.min(ROUND, Math.abs(level - from) / 2);
  return `${bracket} M${x} ${from} H${turn - toward * round} Q${turn} ${from} ${turn} ${from + way * round} V${level - way * round} Q${turn} ${level} ${turn + toward * round} ${level} H${card}`;
}

/** Spreads brackets that meet over lanes. @param {{id: string, top: number, bottom: number, lane: number}[]} brackets */
function lanes(brackets) {
  const reached = new Array(LANES).fill(-Infinity);
  return brackets.map((bracket) => {
    const free = reached.findIndex((bottom) => bottom < bracket.top + 4);
    const lane = free < 0 ? LANES - 1 : free;
    reached[lane] = Math.max(reached[lane], bracket.bottom);
    return { ...bracket, lane };
  });
}
