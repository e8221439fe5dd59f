/** Who is for or against what? A card for each stance, and one that is still being made: holder, polarity, target. */
import { isSpan } from "../core/operations.js";
import { POLARITY_ICONS } from "../dom/arc.js";
import { h, icon } from "../dom/h.js";
import { changeRelation, relationLabel, removeRelation, takeStance } from "./edits.js";
import { endField } from "./ends.js";
import { claimNumber, paragraphOf } from "./facts.js";

/** @typedef {import("../core/types.js").Relation} Relation */
/** @typedef {{id: null, head: string|null, via: string|null, tail: string|null, polarity: string, first: import("../core/types.js").Operation[]}} Draft */

const POLARITY_KEYS = {
  FAVOR: { codes: ["Equal", "NumpadAdd"], cap: "+" },
  AGAINST: { codes: ["Minus", "NumpadSubtract"], cap: "-" },
  NONE: { codes: ["Digit0", "Numpad0"], cap: "0" },
};
const PROMPTS = { head: "pick_holder", tail: "pick_target", via: "pick_expression" };

export class StanceList {
  /** @param {import("./context.js").Context} ws @param {import("./view.js").View} view @param {import("./pick.js").Pick} pick @param {() => void} redraw */
  constructor(ws, view, pick, redraw) {
    Object.assign(this, { ws, view, pick, redraw });
    /** @type {string|null} */
    this.opened = null;
    /** @type {Draft|null} */
    this.draft = null;
  }

  /** @returns {string|null} whose card is open; undo or another hand may have taken the stance away */
  get open() {
    return this.ws.state.relations.has(this.opened ?? "") ? this.opened : null;
  }

  set open(id) {
    this.opened = id;
  }

  /** @returns {HTMLElement[]} */
  render() {
    const { ws } = this;
    this.#dropGone();
    const stances = ws.relations("stance").sort((a, b) => this.#at(a) - this.#at(b));
    const cards = stances.map((stance) => this.#card(stance));
    const asks = relationLabel(ws, "stance") !== undefined;
    const add = ws.editable && asks && !this.draft && h("button.add", { type: "button", onclick: () => this.begin(null) }, `+ ${ws.t("new_stance")}`, h("kbd", null, "R"));
    const matrix = stances.length > 1 && h("button.act.to-matrix", { type: "button", "data-act": "matrix" }, ws.t("matrix"), h("kbd", null, "Shift R"));
    const made = this.draft ? [this.#editor(this.draft)] : [];
    return [matrix, ...made, ...(cards.length || made.length ? cards : [h("p.empty", null, ws.t(asks ? "no_stances" : "stances_unknown"))]), add].filter(Boolean);
  }

  /** Ends of the stance being made that undo or another hand has taken away are asked again; all of it goes with its label. */
  #dropGone() {
    if (!relationLabel(this.ws, "stance")) this.draft = null;
    const gone = (/** @type {string|null} */ end) => isSpan(end) && !this.ws.state.spans.has(end);
    for (const slot of /** @type {const} */ (["head", "via", "tail"])) if (this.draft && gone(this.draft[slot])) this.draft[slot] = null;
  }

  /** @param {Relation} stance @returns {number} where in the text it stands */
  #at(stance) {
    const ends = [stance.via, stance.head, stance.tail].map((end) => this.ws.state.spans.get(end ?? ""));
    return ends.find(Boolean)?.ranges[0][0] ?? 0;
  }

  /** @param {string|null} holder begins a stance; asks for what is missing @param {number} [near] code point where one looks */
  begin(holder, near) {
    this.near = near;
    this.draft = { id: null, head: holder, via: null, tail: null, polarity: "", first: [] };
    this.open = null;
    this.redraw();
    this.#ask(this.draft, holder ? "tail" : "head");
  }

  /** @param {string} head @param {string} tail begins a stance whose ends are known; its polarity is asked */
  beginBetween(head, tail) {
    this.pick.cancel();
    this.open = null;
    this.#set({ id: null, head, via: null, tail, polarity: "", first: [] }, {});
  }

  /** @param {Relation} stance */
  #card(stance) {
    const { ws } = this;
    const open = this.open === stance.id;
    const evidence = ws.state.spans.get(stance.via ?? "");
    const place = evidence ?? ws.state.spans.get(stance.head);
    return h(
      `article.card.stance${open ? ".is-open" : ""}`,
      {
        "data-id": stance.id,
        onmouseenter: () => this.view.showStance(stance), onmouseleave: () => this.view.showStance(null),
        onfocusin: () => this.view.showStance(stance), onfocusout: () => this.view.showStance(null),
      },
      h(
        "button.face", { type: "button", "aria-expanded": String(open), onclick: () => this.#toggle(stance) },
        this.#end(stance.head),
        this.#polarity(stance),
        this.#end(stance.tail),
        h("span.foot", null, place ? ws.t("paragraph", paragraphOf(ws, place)) : "", evidence ? h("bdi.evidence", null, `«${ws.quote(evidence)}»`) : null),
      ),
      open && this.#editor(stance),
    );
  }

  /** @param {string} end */
  #end(end) {
    const { ws } = this;
    const span = ws.state.spans.get(end);
    if (!span) return h("span.end-name", null, h("bdi.name.plain", null, ws.endTitle(end)));
    const label = ws.labelOf(span);
    if (label.kind === "claim") {
      const number = ws.n(claimNumber(ws, end));
      return h("span.end-claim", null, h("b.num", { "data-n": number, "aria-label": number }), h("bdi.what", null, ws.quote(span)));
    }
    return h(`span.end-name.c-${label.color}`, null, h("bdi.name", null, ws.quote(span), " ", h("span.tag", null, label.title)));
  }

  /** @param {Relation} stance */
  #polarity({ label, attributes: { polarity: value } }) {
    const title = this.ws.scheme.valueTitle(this.ws.scheme.label(label), "polarity", value);
    return h(`span.polarity.is-${value}`, null, icon(POLARITY_ICONS[value] ?? POLARITY_ICONS.NONE), title);
  }

  /** @param {Relation} stance */
  #toggle(stance) {
    this.open = this.open === stance.id ? null : stance.id;
    const place = [stance.head, stance.via, stance.tail].find((end) => this.ws.state.spans.has(end));
    if (this.open && place) this.view.scrollTo(place);
    this.redraw();
  }

  /** @param {Relation|Draft} stance */
  #editor(stance) {
    const { ws } = this;
    const relation = this.#labelOf(stance);
    const at = "attributes" in stance ? this.#at(stance) : (ws.state.spans.get(stance.head ?? "")?.ranges[0][0] ?? 0);
    const chosen = "attributes" in stance ? stance.attributes.polarity : stance.polarity;
    const field = (slot, name) =>
      endField(ws, {
        relation, slot, name: ws.t(name), at, value: stance[slot],
        onChoose: (end) => this.#set(stance, { [slot]: end }), onPick: () => this.#ask(stance, slot),
      });
    const choices = relation.attributes.properties?.polarity?.enum ?? Object.keys(POLARITY_ICONS);
    const polarity = h(
      "div.polarities", { role: "group", "aria-label": ws.t("polarity") },
      choices.map((value) =>
        h(
          `button.polarity.is-${value}`,
          { type: "button", "data-value": value, "aria-pressed": String(value === chosen), disabled: !ws.editable, onclick: () => this.#setPolarity(stance, value) },
          icon(POLARITY_ICONS[value] ?? POLARITY_ICONS.NONE), ws.scheme.valueTitle(relation, "polarity", value),
        ),
      ),
    );
    const end = stance.id ? () => removeRelation(ws, stance.id) : () => this.cancel();
    const talk = stance.id && h("button.act", { type: "button", "data-act": "talk" }, ws.t("comment"));
    const close = h("footer", null, talk, ws.editable && h("button.act.danger", { type: "button", "data-act": "delete", onclick: end }, ws.t(stance.id ? "delete" : "cancel")));
    const fields = [field("head", "holder"), polarity, field("tail", "target"), field("via", "expression")];
    return h(`div.editor${stance.id ? "" : ".card.is-open.is-new"}`, stance.id ? null : { "data-id": "new" }, fields, close);
  }

  /** @param {Relation|Draft} stance @returns {import("../core/types.js").Label} its own, be it archived; of a new one the scheme's first */
  #labelOf(stance) {
    return "attributes" in stance ? this.ws.scheme.label(stance.label) : relationLabel(this.ws, "stance");
  }

  /** Gives up the stance being made. */
  cancel() {
    this.draft = null;
    this.pick.cancel();
    this.redraw();
  }

  /** @param {Relation|Draft} stance @param {"head"|"via"|"tail"} slot */
  #ask(stance, slot) {
    this.pick.ask({
      prompt: this.ws.t(PROMPTS[slot]), relation: this.#labelOf(stance), slot, about: [stance.id], near: this.ws.state.spans.get(stance.head ?? "")?.ranges[0][0] ?? this.near,
      onPick: (end, first) => this.#set(stance, { [slot]: end }, first),
    });
  }

  /** Asks with which words the open stance is shown. */
  askExpression() {
    this.#ask(this.ws.state.relations.get(this.open), "via");
  }

  /** @param {Draft} draft asks for its polarity: + - 0, or the digits of another scheme's values */
  #askPolarity(draft) {
    const { ws } = this;
    const relation = relationLabel(ws, "stance");
    const options = (relation.attributes.properties?.polarity?.enum ?? Object.keys(POLARITY_ICONS)).map((value, at) => ({
      ...(POLARITY_KEYS[value] ?? { codes: [`Digit${at + 1}`], cap: String(at + 1) }),
      title: ws.scheme.valueTitle(relation, "polarity", value), cls: `is-${value}`, choose: () => this.#setPolarity(draft, value),
    }));
    this.pick.ask({ prompt: ws.t("pick_polarity"), options });
  }

  /** @param {Relation|Draft} stance @param {string} polarity */
  #setPolarity(stance, polarity) {
    if (!("attributes" in stance)) return this.#set(stance, { polarity });
    changeRelation(this.ws, stance.id, { attributes: { ...stance.attributes, polarity } });
  }

  /** @param {Relation|Draft} stance @param {object} change @param {import("../core/types.js").Operation[]} [first] */
  #set(stance, change, first = []) {
    const { ws } = this;
    if (stance.id) return changeRelation(ws, stance.id, change, first);
    // A span made on the way is kept at once, so that it shows; the stance follows when all its parts are known.
    if (first.length) ws.store.run(first);
    const draft = (this.draft = Object.assign(/** @type {Draft} */ (stance), change));
    this.#dropGone();
    if (!this.draft) return this.redraw();
    if (draft.head && draft.tail && draft.polarity) {
      this.draft = null;
      this.open = takeStance(ws, /** @type {any} */ (draft));
    } else if (!this.pick.active) {
      if (draft.head && draft.tail) this.#askPolarity(draft);
      else this.#ask(draft, draft.head ? "tail" : "head");
    }
    this.redraw();
  }
}
