/** Which span is meant? While a card asks for an end, the next click or drag in the text answers it. */
import { h } from "../dom/h.js";
import { spanCreate, clampTo } from "./edits.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("../core/types.js").Operation} Operation */

/**
 * @typedef {object} Question
 * @property {string} prompt
 * @property {import("../core/types.js").Label} relation
 * @property {"head"|"via"|"tail"} slot
 * @property {(end: string, first: Operation[]) => void} onPick `first` makes the span where words were selected
 */

export class Pick {
  /** @param {Context} ws @param {HTMLElement} hint */
  constructor(ws, hint) {
    this.ws = ws;
    this.hint = hint;
    /** @type {Question|null} */
    this.question = null;
  }

  get active() {
    return this.question !== null;
  }

  /** @param {Question} question */
  ask(question) {
    this.question = question;
    this.ws.stage.classList.add("is-picking");
    this.hint.replaceChildren(
      h("span", null, question.prompt),
      h("button.quiet", { type: "button", onclick: () => this.cancel() }, this.ws.t("cancel"), h("kbd", null, "Esc")),
    );
    this.hint.hidden = false;
  }

  cancel() {
    this.question = null;
    this.hint.hidden = true;
    this.ws.stage.classList.remove("is-picking");
  }

  /** @param {string[]} stack spans clicked on, innermost first @returns {boolean} whether one of them answered */
  answer(stack) {
    const { relation, slot } = this.question;
    const found = stack.find((id) => this.ws.scheme.allows(relation, slot, this.ws.state.spans.get(id).label));
    if (found) this.#done(found, []);
    return found !== undefined;
  }

  /** @returns {import("../core/types.js").Label[]} what a drag may become, in answer to the question */
  labels() {
    const { relation, slot } = this.question;
    return this.ws.scheme.labels.filter((label) => this.ws.scheme.isSpanLabel(label.key) && this.ws.scheme.allows(relation, slot, label.key));
  }

  /** @param {string} key @param {import("../core/types.js").Range} range answers with a new span */
  answerWith(key, range) {
    const operation = spanCreate(this.ws, key, clampTo(this.ws, key, range));
    this.#done(operation.id, [operation]);
  }

  /** @param {string} end @param {Operation[]} first */
  #done(end, first) {
    const { onPick } = this.question;
    this.cancel();
    onPick(end, first);
  }
}
