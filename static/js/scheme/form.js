/** What is one label? Its form: titles, key, shortcut, colour, ends, attributes; merging and archiving. */
import { capOf } from "../core/keymap.js";
import { channels, contrast, mixed } from "../core/contrast.js";
import { h, icon } from "../dom/h.js";
import { attributesOf } from "./attributes.js";
import { endsOf } from "./ends.js";
import { page } from "./page.js";

const LOCK = "M4.5 7V5.2a3.5 3.5 0 0 1 7 0V7M3.5 7h9v6.5h-9z";
const WARN = "M8 2.5 14.2 13.5H1.8zM8 6.5v3.2M8 11.7v.01";
const CHECK = "M3 8.5l3.2 3.2L13 4.8";
const { t } = page;

/** @typedef {import("./draft.js").DraftLabel} DraftLabel */

/** @param {string} title @returns {string} the export key that suggests itself, empty where there is none */
const keyFor = (title) => title.replace(/[^A-Za-z0-9]+/g, "_").replace(/^[^A-Za-z]+|_+$/g, "").slice(0, 40);

export class Form {
  /** @param {HTMLElement} element @param {import("./draft.js").Draft} draft @param {Record<"light"|"dark", Element>} themes elements with the tokens of each */
  constructor(element, draft, themes) {
    Object.assign(this, { element, draft, themes });
    this.says = h("div.sch-says", { role: "status" });
    this.waiting = false;
  }

  /** Draws the form of the selected label; where the same field is there again, the keyboard stays in it. */
  draw() {
    const { draft } = this;
    const label = draft.selected;
    const focused = this.element.contains(document.activeElement) ? document.activeElement?.getAttribute("data-field") : null;
    this.waiting = false;
    if (!label) return this.element.replaceChildren();
    const kind = page.data.kinds.find(({ key }) => key === label.kind);
    this.element.replaceChildren(
      this.#head(label, kind),
      h("div.sch-two", null, this.#text(label, "title_fa", t("persian"), "rtl"), this.#text(label, "title_en", t("english"), "ltr")),
      h("div.sch-two", null, this.#key(label), kind.family === "span" ? this.#shortcut(label) : null),
      this.#colors(label),
      kind.family === "relation" ? endsOf(draft, label, kind) : "",
      attributesOf(draft, label, kind),
      this.says,
      this.#foot(label),
    );
    this.drawProblems();
    if (focused) /** @type {HTMLElement|null} */ (this.element.querySelector(`[data-field="${CSS.escape(focused)}"]`))?.focus();
  }

  /** Says again what is wrong with the label, without touching its fields. */
  drawProblems() {
    const { draft } = this;
    const problems = draft.selected ? draft.problemsOf(draft.selected) : [];
    for (const field of this.element.querySelectorAll("[data-field]")) {
      const name = field.getAttribute("data-field");
      field.toggleAttribute("aria-invalid", problems.some((problem) => problem.field === name));
    }
    this.says.replaceChildren(...problems.map((problem) => h("p.sch-problem", null, icon(WARN), h("bdi", null, draft.saidOf(problem)))));
    const state = this.element.querySelector(".sch-key-state");
    if (state) state.replaceChildren(...this.#keyState(draft.selected));
  }

  focus() {
    /** @type {HTMLElement|null} */ (this.element.querySelector("input, button.sch-press"))?.focus();
  }

  #head(label, kind) {
    const used = this.draft.used(label);
    const guided = label.was && page.data.guided.includes(label.was);
    return h(
      "header.sch-head", null,
      h(`i.sch-color.c-${label.color}`), h("h2", null, h("bdi", null, page.title(label))), h("span.tag", null, kind.title),
      h("span.mute.end", null, label.was ? (used ? t("used", { n: used }) : t("nobody_uses")) : t("new"), " ",
        label.was ? h("a.sch-guide", { href: `${page.data.urls["edit-guideline"]}#of-${label.was}` }, t(guided ? "guided" : "unguided")) : null),
    );
  }

  #text(label, name, title, dir) {
    const field = h("input", { type: "text", dir, maxlength: "80", "data-field": name, spellcheck: "false" });
    /** @type {HTMLInputElement} */ (field).value = label[name];
    field.addEventListener("input", () => {
      const { value } = /** @type {HTMLInputElement} */ (field);
      const follows = name === "title_en" && !label.was && label.key === keyFor(label.title_en);
      this.draft.set(label, { [name]: value });
      if (follows) this.#suggest(label, keyFor(value));
    });
    return h("label.field", null, h("span", null, title), field);
  }

  /** A new label's key follows its English title until somebody writes one. */
  #suggest(label, key) {
    const field = /** @type {HTMLInputElement|null} */ (this.element.querySelector("[data-field=key]"));
    if (field) field.value = key;
    this.#rename(label, key);
  }

  #key(label) {
    const locked = this.draft.used(label) > 0;
    const field = /** @type {HTMLInputElement} */ (h("input.mono", { type: "text", dir: "ltr", maxlength: "40", "data-field": "key", readonly: locked, spellcheck: "false", "aria-describedby": locked ? "sch-locked" : null }));
    field.value = label.key;
    field.addEventListener("input", () => this.#rename(label, field.value.trim()));
    return h("label.field.sch-keyed", null, h("span", null, t("key"), locked ? icon(LOCK) : null), field, locked ? h("span.mute.small", { id: "sch-locked" }, t("key_locked")) : null);
  }

  /** Ends that name the label, and labels that are merged into it, follow its key. */
  #rename(label, key) {
    const before = label.key;
    for (const other of this.draft.labels) {
      if (before && other.into === before) other.into = key;
      for (const slot of Object.keys(other.ends)) other.ends[slot] = other.ends[slot].map((end) => (before && end === before ? key : end));
    }
    this.draft.set(label, { key });
  }

  #shortcut(label) {
    const button = h("button.sch-press", { type: "button", "data-field": "shortcut" }, h("kbd", null, label.shortcut ? capOf(label.shortcut) : "–"), h("span.sch-key-state", null, ...this.#keyState(label)));
    button.addEventListener("click", () => {
      this.waiting = true;
      button.classList.add("is-waiting");
      // Safari leaves the focus where it was when a button is clicked, and the key would not come here.
      button.focus();
      button.querySelector(".sch-key-state").replaceChildren(t("press"));
    });
    button.addEventListener("blur", () => this.waiting && this.draw());
    button.addEventListener("keydown", (event) => this.#take(event, label));
    return h("div.field", null, h("span", null, t("shortcut")), button);
  }

  /** The next key is the label's; Escape leaves things as they are, Delete and Backspace leave it without one. */
  #take(event, label) {
    if (!this.waiting || ["ShiftLeft", "ShiftRight", "ControlLeft", "ControlRight", "AltLeft", "AltRight", "MetaLeft", "MetaRight"].includes(event.code)) return;
    if (event.code === "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    this.waiting = false;
    if (event.code === "Escape") return this.draw();
    const shortcut = ["Delete", "Backspace"].includes(event.code) ? "" : event.code;
    this.draft.set(label, { shortcut }, { whole: true });
  }

  /** @param {DraftLabel} label @returns {(Node|string)[]} */
  #keyState(label) {
    const wrong = this.draft.problemsOf(label).some(({ field }) => field === "shortcut");
    if (!label.shortcut) return [t("shortcut_none")];
    return wrong ? [] : [icon(CHECK), t("free")];
  }

  #colors(label) {
    const swatch = (color) =>
      h(`button.sch-swatch.c-${color}`, {
        type: "button", role: "radio", tabindex: color === label.color ? "0" : "-1", "aria-checked": String(color === label.color), "aria-label": page.data.color_titles[color], title: page.data.color_titles[color], "data-field": `color-${color}`,
        onclick: () => this.draft.set(label, { color }, { whole: true }),
      });
    const measured = { light: this.#measure("light", label.color), dark: this.#measure("dark", label.color) };
    const said = (value) => page.n(Number(value.toFixed(1)));
    return h(
      "div.field", null, h("span", { id: "sch-colors" }, t("color")),
      h("div.sch-colors", { role: "radiogroup", "aria-labelledby": "sch-colors", onkeydown: (event) => this.#walk(event, label) }, page.data.colors.map(swatch)),
      h("span.sch-contrast.small", null, icon(CHECK), t("contrast", { light: said(measured.light), dark: said(measured.dark) })),
    );
  }

  /** Arrows choose the next colour or the one before, in the direction they point. */
  #walk(event, label) {
    const rtl = getComputedStyle(this.element).direction === "rtl";
    const way = { ArrowDown: 1, ArrowUp: -1, ArrowLeft: rtl ? 1 : -1, ArrowRight: rtl ? -1 : 1 }[event.code];
    if (!way) return;
    event.preventDefault();
    const { colors } = page.data;
    const color = colors[(colors.indexOf(label.color) + way + colors.length) % colors.length];
    this.draft.set(label, { color }, { whole: true });
    /** @type {HTMLElement|null} */ (this.element.querySelector(`[data-field=color-${color}]`))?.focus();
  }

  /** @param {"light"|"dark"} theme @param {string} color @returns {number} how well a chip's title is read on its tint */
  #measure(theme, color) {
    const tokens = getComputedStyle(this.themes[theme]);
    const [ink, paper] = [`--c-${color}`, "--paper"].map((name) => channels(tokens.getPropertyValue(name)));
    return contrast(ink, mixed(ink, paper, parseFloat(tokens.getPropertyValue("--tint")) / 100));
  }

  /** The way up or down in the list without dragging: by touch, by keyboard, by a screen reader. @param {1|-1} way */
  #shift(label, way) {
    const name = way < 0 ? "up" : "down";
    const button = h("button.button", { type: "button", "data-field": name, "aria-label": t(name), title: `${t(name)} (Alt ${way < 0 ? "↑" : "↓"})` }, way < 0 ? "↑" : "↓");
    // Not disabled, or the keyboard would lose its place at either end.
    button.setAttribute("aria-disabled", String(!this.draft.neighbour(label, way)));
    button.addEventListener("click", () => this.draft.move(label, way));
    return button;
  }

  #foot(label) {
    const targets = this.draft.labels.filter((one) => one.kind === label.kind && one !== label && one.key && !one.archived && !one.into);
    const merge = h("select", { "data-field": "into", "aria-label": t("merge"), title: t("merge_hint") }, h("option", { value: "" }, t("merge")), targets.map((one) => h("option", { value: one.key, selected: one.key === label.into }, `${page.title(one)} (${one.key})`)));
    merge.addEventListener("change", () => this.draft.set(label, { into: /** @type {HTMLSelectElement} */ (merge).value, archived: false }, { whole: true }));
    const published = this.draft.published.get(label.was);
    const differs = published && JSON.stringify(published) !== JSON.stringify(label);
    const gone = label.was ? t(label.archived ? "restore" : "archive") : t("remove");
    return h(
      "footer.sch-foot", null,
      h("span.sch-order", { role: "group", "aria-label": t("order") }, this.#shift(label, -1), this.#shift(label, 1)),
      differs ? h("button.quiet", { type: "button", "data-field": "take-back", onclick: () => this.draft.set(label, structuredClone(published), { whole: true }) }, t("take_back")) : null,
      label.was && targets.length ? merge : null,
      h("button.button", { type: "button", "data-field": "archive", onclick: () => this.draft.drop(label) }, gone),
      label.into ? h("p.mute.small", null, t("merge_hint")) : null,
    );
  }
}
