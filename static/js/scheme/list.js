/** Which labels are there? The list by kind: order, key, use, what is edited, and a conflict at both rows it is about. */
import { capOf } from "../core/keymap.js";
import { h, icon } from "../dom/h.js";
import { groupOf } from "./draft.js";
import { page } from "./page.js";

const GRIP = "M6 4.5v.01M6 8v.01M6 11.5v.01M10 4.5v.01M10 8v.01M10 11.5v.01";
const { t, n } = page;

/** @typedef {import("./draft.js").DraftLabel} DraftLabel */

export class List {
  /** @param {HTMLElement} element @param {import("./draft.js").Draft} draft */
  constructor(element, draft) {
    Object.assign(this, { element, draft });
    /** @type {DraftLabel|null} what is being dragged */
    this.dragged = null;
    element.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /** Draws the list anew; the keyboard stays on the row it was on. */
  draw() {
    const focused = this.element.contains(document.activeElement) && document.activeElement?.classList.contains("sch-row");
    let group = "";
    const rows = this.draft.ordered().flatMap((label) => {
      const own = groupOf(label.kind);
      const head = own === group ? [] : [h("li.sch-group", null, h("h3", null, t(`group_${own}`)), h("span.mute", null, t(`of_${own === "words" || own === "entity" ? "span" : own}`)))];
      group = own;
      return [...head, this.#row(label)];
    });
    this.element.replaceChildren(...rows);
    if (focused) this.focus();
  }

  focus() {
    /** @type {HTMLElement|null} */ (this.element.querySelector("[aria-current]"))?.focus();
  }

  /** @param {DraftLabel} label */
  #row(label) {
    const { draft } = this;
    const problems = draft.problemsOf(label);
    const clash = problems.find(({ code }) => code === "shortcut_twice");
    const keyed = problems.some(({ field }) => field === "shortcut");
    const change = draft.changeOf(label);
    const used = draft.used(label);
    const state = label.into ? t("into", { title: this.#titleOf(label.into) }) : label.archived ? t("archived") : "";
    const row = h(
      `button.sch-row.c-${label.color}`,
      { type: "button", "aria-current": label === draft.selected ? "true" : null, "data-key": label.key, onclick: () => draft.select(label) },
      h("i.sch-color"),
      h("span.sch-title", null, h("bdi", null, page.title(label)), change ? h("i.sch-dot", { role: "img", "aria-label": t("edited"), title: t("edited") }) : null),
      h("bdi.sch-other.mute", null, page.language === "en" ? label.title_fa : label.title_en),
      h("code.sch-key", null, label.key || "–"),
      h("span.sch-cap", null, label.shortcut ? h(`kbd${keyed ? ".is-wrong" : ""}`, null, capOf(label.shortcut)) : null),
      h("span.sch-used.mute", { title: state || null }, state || (label.was ? n(used) : t("new"))),
    );
    const cls = [label.archived || label.into ? ".is-archived" : "", problems.length ? ".has-problem" : ""].join("");
    // Beside the button: some browsers let no button be dragged.
    const grip = h("span.grip", { draggable: "true", "aria-hidden": "true" }, icon(GRIP));
    const item = h(`li.sch-item${cls}`, null, grip, row, clash && draft.about(clash).at(-1) === label ? this.#clash(clash) : null, this.#others(problems, label));
    this.#drag(item, grip, label);
    return item;
  }

  /** The later of two labels with one key is offered the free one, or that the earlier lets go. */
  #clash(problem) {
    const [first, later] = this.draft.about(problem);
    const { free, code } = problem.data;
    const swap = () => {
      const before = this.draft.published.get(later.was)?.shortcut ?? "";
      const rest = this.draft.labels.some((label) => label !== later && label.shortcut === before);
      this.draft.set(first, { shortcut: before && before !== code && !rest ? before : free }, { whole: true });
    };
    return h(
      "p.sch-clash", { role: "alert" },
      h("kbd.is-wrong", null, capOf(code)), h("span", null, h("bdi", null, this.draft.saidOf(problem))),
      free ? h("button", { type: "button", "data-act": "free", onclick: () => this.draft.set(later, { shortcut: free }, { whole: true }) }, t("put_free", { key: capOf(free) })) : null,
      h("button", { type: "button", "data-act": "swap", onclick: swap }, t("swap")),
    );
  }

  #others(problems, label) {
    const others = problems.filter(({ code }) => code !== "shortcut_twice");
    return others.length && label !== this.draft.selected ? h("p.sch-clash", null, h("bdi", null, others[0].detail)) : null;
  }

  #titleOf(key) {
    const label = this.draft.labels.find((one) => one.key === key);
    return label ? page.title(label) : key;
  }

  /** @param {HTMLElement} row @param {HTMLElement} grip @param {DraftLabel} label */
  #drag(row, grip, label) {
    grip.addEventListener("dragstart", (event) => {
      this.dragged = label;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", label.key);
      event.dataTransfer.setDragImage(row, 0, 0);
    });
    grip.addEventListener("dragend", () => (this.dragged = null));
    row.addEventListener("dragover", (event) => {
      if (!this.dragged || groupOf(this.dragged.kind) !== groupOf(label.kind)) return;
      event.preventDefault();
      row.dataset.drop = this.#below(row, event) ? "after" : "before";
    });
    row.addEventListener("dragleave", () => delete row.dataset.drop);
    row.addEventListener("drop", (event) => {
      event.preventDefault();
      if (this.dragged) this.draft.place(this.dragged, label, this.#below(row, event));
    });
  }

  #below(row, event) {
    const box = row.getBoundingClientRect();
    return event.clientY > box.top + box.height / 2;
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.code];
    if (!way || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (event.altKey) return this.draft.move(this.draft.selected, way);
    this.step(way);
  }

  /** @param {1|-1} way to the next label or the one before */
  step(way) {
    const order = this.draft.ordered();
    const next = order[order.indexOf(this.draft.selected) + way];
    if (next) this.draft.select(next);
  }
}
