/** Which thing is meant here? Typing searches the knowledge base, Enter links; what it lacks is made, a link is taken away. */
import { bears, ranked } from "../core/things.js";
import { h } from "../dom/h.js";
import { Popover } from "./popover.js";

/** @typedef {import("../core/types.js").Span} Span */
/** @typedef {import("../core/types.js").Thing} Thing */
/** @typedef {{kind: "thing", thing: Thing}|{kind: "create", name: string}|{kind: "unlink"}} Choice */

const PAUSE = 120;
/** So long a hand that was faster than the search waits to hear whether the thing is there already. */
const PATIENCE = 2500;
const MOST = 12;
const LONGEST = 300;

export class Linker {
  /** @param {import("./desk.js").Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.ws = desk.ws;
    this.things = desk.ws.things;
    this.element = document.body.appendChild(h("div.popover.linker", { role: "dialog", "aria-label": this.ws.t("link_title"), hidden: true }));
    this.frame = new Popover(this.ws, this.element, /** @type {any} */ ({}));
    this.element.addEventListener("focusout", ({ relatedTarget }) => relatedTarget instanceof Node && !this.element.contains(relatedTarget) && this.close(false));
    // No key of it is one of the text's.
    this.element.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.code === "Escape") this.close();
    });
    document.addEventListener("pointerdown", ({ target }) => this.open && !this.element.contains(/** @type {Node} */ (target)) && this.close(false), { capture: true });
    /** @type {string|null} the span in question */
    this.id = null;
    /** @type {Choice[]} */
    this.choices = [];
    this.at = 0;
  }

  get open() {
    return !this.element.hidden;
  }

  /** Asks of the selected mention, or of the one under the cursor, what it is. @returns {boolean|void} false where there is none */
  ask() {
    const { desk, ws } = this;
    const id = desk.draft ? null : (desk.view.selected ?? this.#underCursor());
    const span = ws.state.spans.get(id ?? "");
    if (!span || !ws.editable || ws.labelOf(span).kind !== "entity" || desk.pick.active) return false;
    if (desk.view.selected !== id) desk.selectSpan(id, [id], { popover: false });
    desk.popover.close();
    desk.handles.show(null);
    this.id = id;
    this.#draw(span);
    this.#search();
  }

  #underCursor() {
    const { caret } = this.desk;
    if (!caret.shown) return null;
    const [start, end] = caret.range;
    const around = this.ws.spans("entity").filter((span) => span.ranges.some(([a, b]) => a <= start && end <= b));
    return around.at(-1)?.id ?? null;
  }

  /** @param {boolean} [back] gives the keys back to the text */
  close(back = true) {
    if (!this.open) return;
    this.element.hidden = true;
    this.element.replaceChildren();
    clearTimeout(this.timer);
    this.asking?.abort();
    if (back) /** @type {HTMLElement|null} */ (document.activeElement)?.blur();
  }

  /** @param {Span} span */
  #draw(span) {
    const { ws } = this;
    const quote = (this.quote = ws.quote(span).replaceAll("\n", " "));
    this.input = /** @type {HTMLInputElement} */ (h("input.find", {
      type: "text", dir: "auto", role: "combobox", value: quote, autocomplete: "off", spellcheck: "false", "aria-label": ws.t("link_find"), "aria-expanded": "true",
      "aria-controls": "link-list", "aria-autocomplete": "list", oninput: () => this.#search(), onkeydown: (event) => this.#onKey(event),
    }));
    this.list = h("ul.found", { id: "link-list", role: "listbox", "aria-label": ws.t("link_title") });
    this.said = h("p.said", { role: "status" });
    this.linked = h("div.linked");
    this.#drawLinked(span);
    const label = ws.labelOf(span);
    const head = h("div.head", null, h("bdi.quote", null, `«${quote}»`), h(`span.tag.c-${label.color}`, null, label.title));
    this.frame.show(this.desk.rectsOf(span.ranges), [head, this.linked, this.input, this.list, this.said]);
    this.input.focus({ preventScroll: true });
    this.input.select();
    if (span.entity) this.things.refresh(span.entity).then(() => this.open && this.id === span.id && this.#drawLinked(span));
  }

  /** What it is linked to now, with the names that were learned and can be taken away. @param {Span} span */
  #drawLinked(span) {
    const { ws } = this;
    const thing = span.entity && this.things.get(span.entity);
    this.linked.hidden = !span.entity;
    if (!span.entity) return;
    const drop = (name) => h("button.drop", { type: "button", "aria-label": `${ws.t("link_drop")}: ${name}`, title: ws.t("link_drop"), onclick: () => this.#dropName(span, name) }, "×");
    const names = (thing?.aliases ?? []).map((name) => h("li", null, h("bdi", null, name), thing.learned.includes(name) ? drop(name) : null));
    this.linked.replaceChildren(
      h("p", null, h("span", null, ws.t("linked_to")), h("bdi.name", null, this.things.title(span.entity)), thing?.external_id ? h("span.qid.ltr", null, thing.external_id) : null),
      ...(names.length ? [h("ul.aliases", { "aria-label": ws.t("link_names") }, names)] : []),
    );
  }

  /** @param {Span} span @param {string} name */
  async #dropName(span, name) {
    const changed = await this.things.server.change(span.entity, { remove: [name] });
    if (!changed) return void (this.said.textContent = this.ws.t("link_offline"));
    this.things.tell([changed]);
    if (!this.open || this.id !== span.id) return;
    this.#drawLinked(span);
    this.said.textContent = this.ws.t("link_dropped");
    this.input.focus({ preventScroll: true });
  }

  /** Shows what is known here at once, and what the server finds once it answers. */
  #search() {
    const { input } = this;
    clearTimeout(this.timer);
    this.asking?.abort();
    this.at = 0;
    this.#show("");
    this.unheard = input.value.trim() !== "";
    if (!this.unheard) return;
    const asking = (this.asking = new AbortController());
    this.timer = setTimeout(async () => {
      const found = await this.things.server.search(input.value, this.#span()?.label ?? "", asking.signal);
      if (asking.signal.aborted || !this.open) return;
      if (found) this.things.tell(found);
      this.unheard = false;
      this.#show(found ? "" : this.ws.t("link_offline"));
    }, PAUSE);
  }

  /** @returns {Span|undefined} */
  #span() {
    return this.ws.state.spans.get(this.id ?? "");
  }

  /** @param {string} problem */
  #show(problem) {
    const { ws, input, list } = this;
    const span = this.#span();
    if (!span) return this.close();
    const before = this.choices[this.at];
    const here = new Map();
    for (const { entity } of ws.state.spans.values()) if (entity) here.set(entity, (here.get(entity) ?? 0) + 1);
    const mentions = (thing) => Math.max(thing.mentions ?? 0, here.get(thing.key) ?? 0);
    const query = input.value.trim();
    const found = ranked(this.things.all(), { query, label: span.label, mentions });
    // Whoever only looks and presses Enter leaves the link as it is.
    const linked = query === this.quote && span.entity ? this.things.get(span.entity) : null;
    const things = (linked ? [linked, ...found.filter(({ key }) => key !== linked.key)] : found).slice(0, MOST);
    this.choices = [
      ...things.map((thing) => ({ kind: /** @type {const} */ ("thing"), thing })),
      ...(query ? [{ kind: /** @type {const} */ ("create"), name: query }] : []),
      ...(span.entity ? [{ kind: /** @type {const} */ ("unlink") }] : []),
    ];
    // What the arrows stood on stays under them when the server's answer comes in between.
    const again = this.at > 0 ? this.choices.findIndex((choice) => choice.kind === before?.kind && keyOf(choice) === keyOf(before)) : -1;
    this.at = Math.max(0, again);
    list.replaceChildren(...this.choices.map((choice, at) => this.#option(choice, at, mentions)));
    this.said.textContent = problem || ws.t("link_found", things.length);
    this.#mark();
    this.frame.place(this.desk.rectsOf(span.ranges));
  }

  /** @param {Choice} choice @param {number} at @param {(thing: Thing) => number} mentions */
  #option(choice, at, mentions) {
    const { ws } = this;
    const props = { role: "option", id: `link-${at}`, "data-kind": choice.kind, "data-key": choice.kind === "thing" ? choice.thing.key : null, onclick: () => this.#choose(choice) };
    if (choice.kind === "unlink") return h("li.unlink", props, ws.t("link_unlink"));
    if (choice.kind === "create") return h("li.create", props, h("span.plus", { "aria-hidden": "true" }, "+"), h("span", null, ws.t("link_create"), " ", h("bdi", null, `«${choice.name}»`)));
    const { thing } = choice;
    const label = ws.scheme.label(thing.label);
    const other = bears({ ...thing, aliases: [], name_en: "" }, this.input.value) ? null : thing.aliases.find((name) => ranked([{ ...thing, name, name_en: "", aliases: [] }], { query: this.input.value, label: "", mentions }).length);
    const count = mentions(thing);
    return h(
      `li.c-${label.color}`, props,
      h("span.what", null, h("bdi.name", null, thing.name), other ? h("bdi.other", null, `«${other}»`) : null),
      h("span.more", null, thing.name_en ? h("bdi.en", null, thing.name_en) : null, thing.external_id ? h("span.qid.ltr", null, thing.external_id) : null),
      h("span.facts", null, thing.label ? h("span.tag", null, label.title) : null, count ? h("span.count", null, ws.t("link_mentions", count)) : null),
    );
  }

  #mark() {
    for (const [at, option] of [...this.list.children].entries()) option.setAttribute("aria-selected", String(at === this.at));
    const current = this.list.children[this.at];
    if (current) this.input.setAttribute("aria-activedescendant", current.id);
    else this.input.removeAttribute("aria-activedescendant");
    current?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const { code } = event;
    if (event.isComposing) return;
    const way = { ArrowDown: 1, ArrowUp: -1 }[code];
    if (way) this.at = (this.at + way + this.choices.length) % Math.max(1, this.choices.length);
    if (way) this.#mark();
    else if ((code === "Enter" || code === "NumpadEnter") && this.choices[this.at]) this.#choose(this.choices[this.at]);
    else return;
    event.preventDefault();
  }

  /** @param {Choice} choice */
  #choose(choice) {
    const span = this.#span();
    const { unheard } = this;
    this.close();
    if (!span || !this.ws.editable) return;
    if (choice.kind === "thing") return this.#link(span, choice.thing);
    if (choice.kind === "create") return void (unheard ? this.#createUnlessThere(span.id, choice.name) : this.#create(span, choice.name));
    this.ws.store.run([{ op: "span.update", id: span.id, entity: null }]);
    this.desk.say(this.ws.t("link_gone"));
  }

  /** The hand was faster than the search: what bears just this name is taken, else it is made. @param {string} id @param {string} name */
  async #createUnlessThere(id, name) {
    const { ws, things } = this;
    const { label } = ws.state.spans.get(id);
    const found = await things.server.search(name, label, AbortSignal.timeout(PATIENCE));
    if (found) things.tell(found);
    const span = ws.state.spans.get(id);
    const known = ranked(things.all(), { query: name, label, mentions: (thing) => thing.mentions ?? 0 }).find((thing) => bears(thing, name));
    if (!span || !ws.editable) return;
    if (known) this.#link(span, known);
    else this.#create(span, name);
  }

  /** @param {Span} span @param {Thing} thing */
  #link(span, thing) {
    const { ws } = this;
    if (span.entity === thing.key) return;
    ws.store.run([{ op: "span.update", id: span.id, entity: thing.key }]);
    const learns = span.ranges.length === 1 && (span.attributes.mention ?? "name") === "name" && !bears(thing, ws.quote(span));
    this.desk.say(`${ws.t("linked_to")} «${this.things.title(thing.key)}»${learns ? ` · ${ws.t("link_learned")} «${ws.quote(span)}»` : ""}`);
  }

  /** Makes a thing and links to it, in one step of undo. @param {Span} span @param {string} name */
  #create(span, name) {
    const { ws } = this;
    const key = newKey(span.label);
    ws.store.run([{ op: "entity.create", key, name: [...name].slice(0, LONGEST).join(""), label: span.label }, { op: "span.update", id: span.id, entity: key }]);
    this.desk.say(`${ws.t("link_made")} «${name}»`);
  }
}

/** @param {Choice} choice */
const keyOf = (choice) => (choice.kind === "thing" ? choice.thing.key : "");

/** @param {string} label @returns {string} made here, so that nothing waits for the server; by lot, so that no other page makes the same */
function newKey(label) {
  const drawn = [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${label.toLowerCase().replace(/[^a-z0-9._-]/g, "") || "e"}-${drawn}`.replace(/^[._-]+/, "");
}
