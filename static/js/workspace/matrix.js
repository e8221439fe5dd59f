/** Who stands where on what, at a glance? Holders × targets in a dialog; a stance leads to its card, an empty place begins one. */
import { foldMap } from "../core/fold.js";
import { cellKey, matrixOf } from "../core/matrix.js";
import { POLARITY_ICONS } from "../dom/arc.js";
import { h, icon } from "../dom/h.js";
import { relationLabel } from "./edits.js";
import { claimNumber } from "./facts.js";

/** @typedef {import("../core/types.js").Relation} Relation */
/** @typedef {import("../core/matrix.js").Line} Line */

export class StanceMatrix {
  /** @param {import("./desk.js").Desk} desk @param {HTMLElement} list where a button may open it */
  constructor(desk, list) {
    this.desk = desk;
    this.ws = desk.ws;
    this.dialog = /** @type {HTMLDialogElement} */ (document.body.appendChild(h("dialog.matrix", { "aria-label": this.ws.t("matrix_title") })));
    list.addEventListener("click", ({ target }) => /** @type {Element} */ (target).closest("[data-act=matrix]") && this.toggle());
  }

  /** @returns {boolean|void} false where the scheme knows no stances */
  toggle() {
    if (this.dialog.open) return this.dialog.close();
    if (!relationLabel(this.ws, "stance")) return false;
    this.dialog.replaceChildren(this.#head(), this.#body());
    this.dialog.showModal();
  }

  #head() {
    const { ws, dialog } = this;
    const close = h("button.quiet", { type: "button", onclick: () => dialog.close() }, ws.t("close"), h("kbd", null, "Esc"));
    return h("div.head", null, h("h2", null, ws.t("matrix_title")), close);
  }

  #body() {
    const { ws } = this;
    const { rows, columns, cells } = matrixOf(ws.relations("stance"), (end) => this.#line(end));
    if (!rows.length) return h("p.empty", null, ws.t("no_stances"));
    const corner = h("th.corner", { scope: "col" }, h("span", null, ws.t("holder")), " / ", h("span", null, ws.t("target")));
    const head = h("tr", null, corner, columns.map((column) => h("th", { scope: "col" }, this.#name(column))));
    const body = rows.map((row) =>
      h("tr", null, h("th", { scope: "row" }, this.#name(row)), columns.map((column) => this.#cell(row, column, cells.get(cellKey(row.key, column.key)) ?? []))),
    );
    return h("div.scroll", { tabindex: "0", role: "region", "aria-label": ws.t("matrix_title") }, h("table", null, h("thead", null, head), h("tbody", null, body)));
  }

  /** Mentions of one thing share a line; without a thing, wordings that a search takes for the same. @param {string} end */
  #line(end) {
    const title = this.ws.endTitle(end);
    const span = this.ws.state.spans.get(end);
    if (span && this.ws.labelOf(span).kind === "claim") return { key: end, title };
    return { key: span?.entity ? `thing ${span.entity}` : foldMap(title).key || end, title };
  }

  /** @param {Line} line */
  #name({ end, title }) {
    const { ws } = this;
    const span = ws.state.spans.get(end);
    const label = span && ws.labelOf(span);
    const number = label?.kind === "claim" ? ws.n(claimNumber(ws, end)) : null;
    return h(`span.line${label ? `.c-${label.color}` : ""}`, { title }, number && h("b.num", { "data-n": number, "aria-label": number }), h("bdi.what", null, title));
  }

  /** @param {Line} row @param {Line} column @param {Relation[]} stances */
  #cell(row, column, stances) {
    const different = new Set(stances.map(({ attributes }) => attributes.polarity)).size > 1;
    const begin = !stances.length && this.ws.editable && this.#beginButton(row, column);
    return h(`td${different ? ".is-both" : ""}`, { title: different ? this.ws.t("matrix_both") : null }, stances.map((stance) => this.#stance(stance)), begin);
  }

  /** @param {Relation} stance */
  #stance(stance) {
    const { polarity } = stance.attributes;
    const title = this.ws.scheme.valueTitle(this.ws.scheme.label(stance.label), "polarity", polarity);
    return h(`button.polarity.is-${polarity}`, { type: "button", "data-id": stance.id, onclick: () => this.#goTo(stance) }, icon(POLARITY_ICONS[polarity] ?? POLARITY_ICONS.NONE), title);
  }

  /** @param {Line} row @param {Line} column */
  #beginButton(row, column) {
    const begin = () => {
      this.dialog.close();
      this.desk.clear();
      this.desk.panel.show("stances");
      this.desk.panel.lists.stances.beginBetween(row.end, column.end);
    };
    return h("button.begin", { type: "button", "aria-label": `${this.ws.t("new_stance")}: ${row.title} ← ${column.title}`, onclick: begin }, "+");
  }

  /** @param {Relation} stance opens its card, which shows both ends in the text */
  #goTo(stance) {
    this.dialog.close();
    this.desk.clear();
    this.desk.panel.openStance(stance.id);
  }
}
