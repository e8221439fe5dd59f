/** How far is it? The strip above the text: decisions as pips, what all agree on with its preview, who else is here; the bar's state. */
import { h, icon } from "../dom/h.js";

/** @typedef {import("./context.js").Context} Context */

const TICK = "M3.5 8.5 6.5 11.5 12.5 4.5";
const BACK = "M6 3 3 6l3 3M3 6h6a4 4 0 0 1 0 8H7";

export class Strip {
  /** @param {Context} cx @param {{strip: HTMLElement, notices: HTMLElement, bar: HTMLElement}} places */
  constructor(cx, { strip, notices, bar }) {
    Object.assign(this, { cx, strip, notices, bar });
    /** Whether something taken back can be done again; main.js supplies it. @type {() => boolean} */
    this.canRedo = () => false;
  }

  draw() {
    const { cx, strip } = this;
    const { units } = cx;
    const done = units.filter(({ settled }) => settled).length;
    const pips = units.map((unit) => h(`button.pip${unit.settled ? ".done" : ""}${unit.key === cx.current ? ".on" : ""}`, { type: "button", "data-open": unit.key, tabindex: "-1", "aria-label": `${cx.t("card", cx.numberOf(unit))} ${cx.t(`kind_${unit.kind}`)}` }));
    const count = h("span.count", { role: "status" }, h("b", null, cx.n(done)), ` ${cx.t("of")} `, h("b", null, cx.n(units.length)), ` ${cx.t("decisions")}`);
    const held = strip.contains(document.activeElement) && document.activeElement?.getAttribute("data-do") === "accept";
    strip.replaceChildren(count, h("div.pips", null, pips), this.#accept());
    if (held) /** @type {HTMLElement|null} */ (strip.querySelector("[data-do=accept]"))?.focus({ preventScroll: true });
    this.#drawNotices();
    this.#drawBar();
    const row = document.querySelector(".adj-queue [aria-current] .differences");
    if (row) row.textContent = cx.t("differences", units.length - done);
  }

  /** @returns {HTMLElement} the button, and what it would do: seen when the mouse or the keyboard is on it */
  #accept() {
    const { cx } = this;
    const { agreed, missing } = cx.adjudication;
    const reason = missing.length ? cx.t("missing_reason") : !agreed.acceptable ? cx.t(agreed.pending ? "agreed_waits" : "nothing_agreed") : "";
    const button = h("button.button", { type: "button", "data-do": "accept", "aria-disabled": String(reason !== "" || !cx.editable), "aria-describedby": "agreed-preview" }, icon(TICK), h("span.accept-name", null, cx.t("accept")), h("b", null, cx.n(agreed.acceptable)), h("kbd", null, "⇧A"));
    return h("div.accept", null, button, h("div.preview", { id: "agreed-preview", role: "tooltip" }, reason ? h("p", null, reason) : this.#preview()));
  }

  /** @returns {HTMLElement[]} by kind: how many, of which labels */
  #preview() {
    const { cx } = this;
    const { agreed } = cx.adjudication;
    const groups = new Map();
    for (const { group, label, n } of agreed.labels) {
      const known = groups.get(group) ?? { n: 0, titles: [] };
      groups.set(group, { n: known.n + n, titles: [...known.titles, cx.scheme.label(label).title] });
    }
    const rows = [...groups].map(([group, { n, titles }]) => h("div", null, h("dt", null, cx.t(`group_${group}`)), h("dd", null, h("span.mute", null, titles.join(cx.language === "fa" ? "، " : ", ")), h("b", null, cx.n(n)))));
    const open = cx.units.filter(({ settled }) => !settled).length;
    return [h("h3", null, cx.t("agreed_title", agreed.acceptable)), h("dl", null, rows), h("p.mute", null, icon(BACK), cx.t("agreed_note", open))];
  }

  #drawNotices() {
    const { cx, notices } = this;
    const { another, status, missing, lost } = cx.adjudication;
    const found = [];
    if (another) found.push(h("p.notice", { role: "status" }, h("span", null, cx.t("another").replace("{person}", another)), h("button.button", { type: "button", "data-do": "take-over" }, cx.t("take_over"))));
    if (status === "accepted") found.push(h("p.notice.done", { role: "status" }, h("span", null, cx.t("finished")), h("button.button", { type: "button", "data-do": "reopen" }, cx.t("reopen"))));
    for (const number of missing) found.push(h("p.notice", null, h("span", null, cx.t("not_sent", number))));
    if (lost.length) found.push(h("p.notice", null, h("span", null, cx.t("lost", lost.length))));
    notices.replaceChildren(...found);
  }

  #drawBar() {
    const { adjudication } = this.cx;
    this.bar.querySelector("[data-do=undo]")?.toggleAttribute("disabled", !adjudication.undo);
    this.bar.querySelector("[data-do=redo]")?.toggleAttribute("disabled", !this.canRedo() || !adjudication.editable);
    this.bar.querySelector("[data-do=finish]")?.toggleAttribute("hidden", !adjudication.editable);
  }

  /** @param {"saved"|"saving"|"attention"} state */
  status(state) {
    const place = /** @type {HTMLElement} */ (this.bar.querySelector("#status"));
    place.setAttribute("data-state", state);
    place.querySelector("#status-text").textContent = this.cx.t(state);
  }
}
