/** What is done with the marked hits? The bar from below: a label's key, what would change, and one more key to do it. */
import { capOf, codeOf } from "../core/keymap.js";
import { h } from "../dom/h.js";

/** @typedef {{key: string, title: string, color: string, shortcut: string}} Label */
/** @typedef {{counts: Record<string, number>, was: Record<string, number>, articles_to_begin: number}} Preview */

const FATES = ["same", "several", "no_set", "closed", "gone"];
const REFUSED = new Set(["several", "no_set", "closed", "gone"]);

export class Bar {
  /**
   * @param {HTMLElement} place
   * @param {{data: any, t: (key: string, values?: Record<string, string|number>) => string, number: (n: number) => string,
   *   on: {choose: (label: Label) => void, apply: () => void, clear: () => void, page: () => void, all: () => void, change: () => void}}} options
   */
  constructor(place, { data, t, number, on }) {
    Object.assign(this, { place, data, t, number, on });
    this.count = 0;
    /** @type {Label|null} */
    this.label = null;
    /** @type {Preview|null} null while it is asked for */
    this.preview = null;
    this.begin = false;
    this.into = data.into[0];
    this.busy = "";
  }

  /** @param {KeyboardEvent} event @returns {Label|undefined} the label whose key it is */
  labelOf(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return undefined;
    const code = codeOf(event);
    return this.data.labels.find(({ shortcut }) => shortcut === code);
  }

  /** @returns {boolean} whether the chosen label would change anything */
  get ready() {
    if (!this.preview || this.busy) return false;
    const { counts } = this.preview;
    return (counts.new ?? 0) + (counts.relabelled ?? 0) + (this.begin ? counts.not_begun ?? 0 : 0) > 0;
  }

  draw() {
    const { count, place, t } = this;
    place.hidden = !count;
    if (!count) return place.replaceChildren();
    const focused = place.contains(document.activeElement) ? document.activeElement.getAttribute("data-key") : null;
    place.replaceChildren(
      h("span.count", { role: "status" }, t("hits_marked", { n: count }), this.label ? ` ${this.#arrow()} ${this.label.title}` : ""),
      h("span.labels", null, ...this.data.labels.map((label) => this.#label(label))),
      h("span.end", null,
        this.data.into.length > 1 && this.#into(),
        this.#button("mark_page", () => this.on.page(), "Ctrl A"),
        this.#button("mark_all", () => this.on.all(), null, { n: this.data.most }),
        this.#button("let_go", () => this.on.clear(), "Esc")),
      ...(this.label || this.busy ? [this.#preview()] : []),
    );
    if (focused) /** @type {HTMLElement|null} */ (place.querySelector(`[data-key="${CSS.escape(focused)}"]`))?.focus();
  }

  #arrow() {
    return document.documentElement.dir === "rtl" ? "←" : "→";
  }

  /** @param {Label} label */
  #label(label) {
    const pressed = String(this.label?.key === label.key);
    return h(`button.label.c-${label.color}`, { type: "button", "aria-pressed": pressed, "data-key": label.key, onclick: () => this.on.choose(label) },
      h("i.swatch"), h("span", null, label.title), label.shortcut ? h("kbd", null, capOf(label.shortcut)) : null);
  }

  /** @param {string} key @param {() => void} run @param {string|null} cap @param {object} [values] */
  #button(key, run, cap, values = {}) {
    return h("button.quiet", { type: "button", "data-key": key, onclick: run }, this.t(key, values), cap && " ", cap && h("kbd", null, cap));
  }

  #into() {
    const change = (event) => {
      this.into = event.target.value;
      this.on.change();
    };
    return h("label", null, this.t("into"), " ", h("select", { onchange: change, "data-key": "into" },
      ...this.data.into.map((key) => h("option", { value: key, selected: key === this.into }, this.t(`into_${key}`)))));
  }

  #preview() {
    const { t, preview } = this;
    if (this.busy || !preview) return h("div.preview", { role: "status" }, h("span.mute", null, t(this.busy || "working")));
    const { counts, was } = preview;
    const title = (key) => this.data.labels.find((label) => label.key === key)?.title ?? key;
    const said = [
      ...(counts.new ? [h("span", null, t("new", { n: counts.new }))] : []),
      ...Object.entries(was).map(([key, n]) => h("span", null, t("relabelled", { n, label: title(key) }))),
      ...FATES.filter((fate) => counts[fate]).map((fate) => h(REFUSED.has(fate) ? "span.refused" : "span.mute", null, t(fate, { n: counts[fate] }))),
      ...(counts.not_begun ? [h("span.refused", null, t("not_begun", { n: counts.not_begun })), this.#begin(preview.articles_to_begin)] : []),
    ];
    const apply = h("button.button.primary", { type: "button", "data-key": "apply", onclick: () => this.on.apply(), disabled: !this.ready }, t("apply"), " ", h("kbd", null, "↵"));
    return h("div.preview", { role: "status" }, ...said, !this.ready && h("span.mute", null, t("nothing_to_do")), h("span.end", null, apply));
  }

  /** @param {number} articles */
  #begin(articles) {
    const change = (event) => {
      this.begin = event.target.checked;
      this.draw();
    };
    return h("label", null, h("input", { type: "checkbox", checked: this.begin, onchange: change, "data-key": "begin" }), this.t("begin_too", { n: articles }));
  }
}
