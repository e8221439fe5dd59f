/** What is claimed, by whom? A card for each claim; the open one asks for source, cue and attributes. */
import { capOf } from "../core/keymap.js";
import { h } from "../dom/h.js";
import { attribute, changeRelation, relationLabel, remove, removeRelation } from "./edits.js";
import { endField } from "./ends.js";
import { attributionsOf, sourcesTitle, unsaid } from "./facts.js";
import { attributeFields } from "./fields.js";

/** @typedef {import("../core/types.js").Span} Span */
/** @typedef {import("../core/types.js").Relation} Relation */

export class ClaimList {
  /** @param {import("./context.js").Context} ws @param {import("./view.js").View} view @param {import("./pick.js").Pick} pick @param {() => void} redraw */
  constructor(ws, view, pick, redraw) {
    Object.assign(this, { ws, view, pick, redraw });
    /** @type {string|null} */
    this.opened = null;
  }

  /** @returns {string|null} whose card is open; undo or another hand may have taken the claim away */
  get open() {
    return this.ws.state.spans.has(this.opened ?? "") ? this.opened : null;
  }

  set open(id) {
    this.opened = id;
  }

  /** @returns {HTMLElement[]} */
  render() {
    const claims = this.ws.spans("claim");
    if (!claims.length) return [h("p.empty", null, this.ws.t("no_claims"))];
    return claims.map((claim, at) => this.#card(claim, at + 1));
  }

  /** @param {Span} claim @param {number} number */
  #card(claim, number) {
    const { ws } = this;
    const open = this.open === claim.id;
    const label = ws.labelOf(claim);
    const attributions = attributionsOf(ws, claim.id);
    const said = sourcesTitle(ws, claim.id);
    const kinds = ["kind", "quotation"].filter((name) => claim.attributes[name]).map((name) => ws.scheme.valueTitle(label, name, claim.attributes[name]));
    return h(
      `article.card${open ? ".is-open" : ""}`,
      { "data-id": claim.id, onmouseenter: () => this.view.showSpans([claim.id]), onmouseleave: () => this.view.showSpans([]) },
      h(
        "button.face", { type: "button", "aria-expanded": String(open), onclick: () => this.#toggle(claim.id) },
        h("b.num", { "data-n": ws.n(number), "aria-label": ws.n(number) }),
        h("span.lines", null, h("span.top", null, h(`bdi.who${said ? "" : ".none"}`, null, said || unsaid(ws)), h("span.how", null, kinds.join(" · "))), h("bdi.what", null, ws.quote(claim))),
      ),
      open && this.#editor(claim, attributions, label),
    );
  }

  /** @param {string} id */
  #toggle(id) {
    this.open = this.open === id ? null : id;
    if (this.open) this.view.scrollTo(id);
    this.redraw();
  }

  /** @param {Span} claim @param {Relation[]} attributions @param {import("../core/types.js").Label} label */
  #editor(claim, attributions, label) {
    const { ws } = this;
    // The scheme may know of nobody who claims anything, or not any more.
    const asks = relationLabel(ws, "attribution") !== undefined;
    const known = attributions.length || !asks ? attributions : [null];
    const rows = known.map((relation) => this.#attribution(claim, relation, attributions.length));
    return h(
      "div.editor", null,
      rows,
      attributeFields(ws, "span", claim, label),
      h(
        "footer", null,
        h("button.act", { type: "button", "data-act": "talk" }, ws.t("comment")),
        ws.editable && asks && attributions.length > 0 && h("button.act", { type: "button", "data-act": "add", onclick: () => this.askSource(claim.id, null) }, ws.t("add_source"), h("kbd", { "aria-hidden": "true" }, "O")),
        ws.editable && h("button.act.danger", { type: "button", "data-act": "delete", onclick: () => remove(ws, claim.id) }, ws.t("delete")),
      ),
    );
  }

  /** @param {Span} claim @param {Relation|null} attribution @param {number} count */
  #attribution(claim, attribution, count) {
    const { ws } = this;
    const relation = attribution ? ws.scheme.label(attribution.label) : relationLabel(ws, "attribution");
    const id = attribution?.id ?? null;
    const newest = id === (attributionsOf(ws, claim.id).at(-1)?.id ?? null);
    const field = (slot, name, cap, onPick) =>
      endField(ws, {
        relation, slot, name: ws.t(name), at: claim.ranges[0][0], cap: ws.editable ? cap : "", onPick,
        value: attribution?.[slot] ?? null,
        onChoose: (end) => attribute(ws, claim.id, { relation: id, [slot]: end }),
      });
    return h(
      "div.ends", { "data-id": id ?? `${claim.id}-new` },
      field("tail", "source", id ? "" : "O", () => this.askSource(claim.id, id)),
      field("via", "cue", newest ? this.#cueCap() : "", () => this.askCue(claim.id, id)),
      attribution && attributeFields(ws, "relation", attribution, relation),
      count > 1 && h("button.act", { type: "button", "data-act": "remove", onclick: () => removeRelation(ws, id) }, ws.t("remove_source")),
    );
  }

  /** @returns {string} the cap of the first cue label that has a key, as the person has bound it */
  #cueCap() {
    const code = this.ws.scheme.ofKind("cue").find(({ shortcut }) => shortcut)?.shortcut;
    return code ? capOf(code) : "";
  }

  /** @param {string} claim @param {string|null} relation waits for a click on who says it */
  askSource(claim, relation) {
    this.#ask(claim, relation, {
      prompt: this.ws.t("pick_source"), slot: "tail",
      onPick: (tail, first) => attribute(this.ws, claim, { relation, tail }, first),
    });
  }

  /** @param {string} claim @param {string|null} [relation] its newest attribution unless told */
  askCue(claim, relation = attributionsOf(this.ws, claim).at(-1)?.id ?? null) {
    this.#ask(claim, relation, {
      prompt: this.ws.t("pick_cue"), slot: "via",
      onPick: (via, first) => (relation ? changeRelation(this.ws, relation, { via }, first) : attribute(this.ws, claim, { via }, first)),
    });
  }

  /** @param {string} claim @param {string|null} relation @param {Omit<import("./pick.js").Question, "relation">} question */
  #ask(claim, relation, question) {
    const { ws } = this;
    const known = ws.state.relations.get(relation ?? "");
    const label = known ? ws.scheme.label(known.label) : relationLabel(ws, "attribution");
    if (label) this.pick.ask({ ...question, relation: label, near: ws.state.spans.get(claim).ranges[0][0], about: [claim, relation] });
  }
}
