/** Which span is meant? While a card asks for an end, a click, a drag, a letter shown on a name or an option of the bar answers. */
import { h } from "../dom/h.js";
import { announce } from "../dom/said.js";
import { inSight, pace } from "../dom/sight.js";
import { covers } from "./drawer.js";
import { spanCreate, clampTo } from "./edits.js";
import { LETTERS } from "./hints.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("../core/types.js").Operation} Operation */
/** @typedef {import("../core/types.js").Range} Range */

/**
 * @typedef {object} Option an answer that is no place in the text
 * @property {string[]} codes `event.code`s that choose it @property {string} cap what to print on its key
 * @property {string} title @property {string} [cls] @property {() => void} choose
 */
/**
 * @typedef {object} Question
 * @property {string} prompt
 * @property {import("../core/types.js").Label} [relation] without it only the options answer
 * @property {"head"|"via"|"tail"} [slot]
 * @property {Option[]} [options]
 * @property {number} [near] code point; names near it get the shortest codes
 * @property {(string|null)[]} [about] ids of the things it is asked for: without them there is nothing to answer
 * @property {() => void} [onEnd] called once it no longer stands
 * @property {(end: string, first: Operation[]) => void} [onPick] `first` makes the span where words were selected
 */

// O and I are the article itself and implicit, J asks for words: they are no letters of names.
const ANSWERS = [...LETTERS].filter((letter) => !"OIJ".includes(letter)).join("");
const WORDS = /** @type {const} */ ({ article: "KeyO", implicit: "KeyI" });

export class Pick {
  /** @param {Context} ws @param {HTMLElement} hint @param {import("./view.js").View} view @param {import("./hints.js").Hints} hints */
  constructor(ws, hint, view, hints) {
    Object.assign(this, { ws, hint, view, hints });
    /** @type {Question|null} */
    this.question = null;
  }

  get active() {
    return this.question !== null;
  }

  /** Whether words of the text may answer. */
  get wantsWords() {
    return this.question?.relation !== undefined && this.labels().length > 0;
  }

  /** @param {Question} question */
  ask(question) {
    this.question = { ...question, options: [...(question.options ?? []), ...this.#wordsOf(question), ...this.#topicsOf(question)] };
    this.ws.stage.classList.add("is-picking");
    this.hint.replaceChildren(
      h("span", null, question.prompt),
      ...this.question.options.map((option) => this.#button(option)),
      h("button.quiet", { type: "button", onclick: () => this.cancel() }, this.ws.t("cancel"), h("kbd", null, "Esc")),
    );
    this.hint.hidden = false;
    announce(question.prompt);
    this.hints.close();
    if (question.relation && question.near !== undefined && covers()) this.#bring(question.near);
    if (question.relation) this.hints.show(() => this.#targets(), { letters: ANSWERS });
  }

  /** Drops the question once undo or another hand has taken away what it is asked for, or the label that would bear it. */
  dropIfGone() {
    const { about = [], relation } = this.question ?? {};
    const { spans, relations } = this.ws.state;
    const made = about.some((id) => relations.has(id ?? ""));
    const known = !relation || made || this.ws.scheme.byKey.has(relation.key);
    if (this.question && (!known || about.some((id) => id && !spans.has(id) && !relations.has(id)))) this.cancel();
  }

  /** On a phone the card that asks stands below the text, out of sight of what may answer. @param {number} point brought into view */
  #bring(point) {
    const rect = this.view.places.letter(point).getBoundingClientRect();
    if (inSight(rect)) return;
    scrollBy({ top: rect.top - innerHeight / 3, behavior: pace() });
  }

  /** @param {Option} option */
  #button({ title, cap, cls, choose }) {
    const answer = () => (this.cancel(), choose());
    return h(`button.quiet.option${cls ? `.${cls}` : ""}`, { type: "button", "data-cap": cap, onclick: answer }, h("bdi", null, title), h("kbd", null, cap));
  }

  /** @param {Question} question @returns {Option[]} */
  #wordsOf({ relation, slot, onPick }) {
    const words = relation ? Object.keys(WORDS).filter((word) => this.ws.scheme.allows(relation, slot, word)) : [];
    return words.map((word) => ({ codes: [WORDS[word]], cap: WORDS[word].slice(-1), title: this.ws.t(word), choose: () => onPick(word, []) }));
  }

  /** @param {Question} question @returns {Option[]} the first nine by digit */
  #topicsOf({ relation, slot, onPick }) {
    if (!relation || !this.ws.scheme.allows(relation, slot, "topic")) return [];
    return [...this.ws.topics.values()].slice(0, 9).map(({ key, title }, at) => ({
      codes: [`Digit${at + 1}`, `Numpad${at + 1}`], cap: String(at + 1), title, choose: () => onPick(`topic:${key}`, []),
    }));
  }

  /** @returns {import("./hints.js").Target[]} what in view may answer, the nearest to the last place first */
  #targets() {
    const { relation, slot, onPick } = this.question;
    const { ws } = this;
    const found = [];
    for (const span of ws.state.spans.values()) {
      if (!ws.scheme.allows(relation, slot, span.label)) continue;
      const rect = this.#rectOf(span.id, ws.labelOf(span).kind === "claim");
      if (rect && inSight(rect)) found.push({ at: span.ranges[0][0], id: ws.short(span.id), color: ws.labelOf(span).color, rect, pick: () => (this.cancel(), onPick(span.id, [])) });
    }
    const near = this.question.near ?? 0;
    return found.sort((a, b) => Math.abs(a.at - near) - Math.abs(b.at - near));
  }

  /** @param {string} id @param {boolean} numbered a claim is known by its number, its words may begin with a name @returns {DOMRect|undefined} */
  #rectOf(id, numbered) {
    if (numbered) return document.querySelector(`.numbers [data-claim="${this.ws.short(id)}"]`)?.getBoundingClientRect();
    return [...(this.view.segments(id)[0]?.getClientRects() ?? [])].find(({ width }) => width > 0);
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether an option has this key */
  key(event) {
    if (!this.active || event.ctrlKey || event.metaKey || event.altKey) return false;
    const chosen = this.question.options.find(({ codes }) => codes.includes(event.code));
    if (!chosen) return false;
    this.cancel();
    chosen.choose();
    return true;
  }

  cancel() {
    const { onEnd } = this.question ?? {};
    this.question = null;
    this.hint.hidden = true;
    this.hints.close();
    this.ws.stage.classList.remove("is-picking");
    onEnd?.();
  }

  /** @param {string[]} stack spans clicked on, innermost first @returns {boolean} whether one of them answered */
  answer(stack) {
    const { relation, slot, onPick } = this.question;
    const found = relation && stack.find((id) => this.ws.scheme.allows(relation, slot, this.ws.state.spans.get(id).label));
    if (!found) return false;
    this.cancel();
    onPick(found, []);
    return true;
  }

  /** @returns {import("../core/types.js").Label[]} what a drag may become, in answer to the question */
  labels() {
    const { relation, slot } = this.question;
    if (!relation) return [];
    return this.ws.scheme.labels.filter((label) => this.ws.scheme.isSpanLabel(label.key) && this.ws.scheme.allows(relation, slot, label.key));
  }

  /** @param {string} key @param {readonly Range[]} ranges answers with a new span, or with the one that stands there already */
  answerWith(key, ranges) {
    const clamped = clampTo(this.ws, key, ranges);
    const known = this.ws.spanAt(key, clamped);
    const operation = known ? null : spanCreate(this.ws, key, clamped);
    const { onPick } = this.question;
    this.cancel();
    onPick(known?.id ?? operation.id, operation ? [operation] : []);
  }
}
