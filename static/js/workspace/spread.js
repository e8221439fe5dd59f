/** How do the same words get the same label in all articles that one has open? They are shown first; one step does it, one takes it back. */
import { h } from "../dom/h.js";
import { Propagations } from "../net/propagations.js";

/** @typedef {import("../net/propagations.js").Article} Article */
/** @typedef {{words: string, whole: boolean, label: string, entity: string|null, attributes: Record<string, any>}} Model */

const COUNTS = /** @type {const} */ (["free", "linkable", "otherwise", "labelled"]);

export class Spread {
  /** @param {import("./desk.js").Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.ws = desk.ws;
    const { data, store } = this.ws;
    this.dialog = /** @type {HTMLDialogElement} */ (document.body.appendChild(h("dialog.spread", { "aria-label": this.ws.t("spread_title") })));
    this.steps = new Propagations({ urls: data.urls, person: data.person, set: data.set.id, onStep: (step) => this.#tell(step), onRefused: (why) => desk.say(`${this.ws.t("spread_refused")} ${why}`), onWaiting: () => desk.say(this.ws.t("spread_waiting")) });
    store.onSpread = (step, done) => this.steps.turn(step, done);
  }

  /**
   * Shows where else the words stand, and asks.
   * @param {Model} model @param {number} here how many places of this article go along @param {() => import("../core/types.js").Operation[]} operations what labels them
   */
  async ask(model, here, operations) {
    const { ws, dialog } = this;
    Object.assign(this, { model, here, operations, found: [], skipped: new Set() });
    this.more = h("button.button", { type: "button", onclick: () => this.#load() }, ws.t("spread_more"));
    this.apply = h("button.button.primary", { type: "button", onclick: () => this.#apply() });
    this.list = h("ol.articles");
    this.said = h("p.said", { role: "status" }, ws.t("spread_looking"));
    const label = ws.scheme.label(model.label);
    const close = h("button.quiet", { type: "button", onclick: () => dialog.close() }, ws.t("cancel"), h("kbd", null, "Esc"));
    const title = h("h2", null, ws.t("spread_title"), " ", h("bdi.quote", null, `«${model.words.replaceAll("\n", " ")}»`), " ", h(`span.tag.c-${label.color}`, null, label.title), model.entity ? h("bdi.thing", null, ws.things.title(model.entity)) : null);
    dialog.replaceChildren(h("div.head", null, title, close), h("div.scroll", { tabindex: "0", role: "region", "aria-label": ws.t("spread_title") }, this.list), this.said, h("footer", null, this.more, this.apply));
    this.#count();
    dialog.showModal();
    this.after = 0;
    await this.#load();
    if (dialog.open) (this.apply.hidden ? close : this.apply).focus();
  }

  async #load() {
    const { ws, model } = this;
    this.more.setAttribute("disabled", "");
    const { words, whole, label, entity } = model;
    const page = await this.steps.preview({ words, whole: String(whole), label, ...(entity && { entity }), set: String(ws.data.set.id), after: String(this.after) });
    // Asked for other words meanwhile, or closed.
    if (model !== this.model || !this.dialog.open) return;
    this.more.removeAttribute("disabled");
    if (!page) return void (this.said.textContent = ws.t("spread_offline"));
    this.found.push(...page.articles);
    this.list.append(...page.articles.map((article) => this.#article(article)));
    this.after = page.after;
    this.more.hidden = page.after === null;
    this.#count();
  }

  /** @param {Article} article */
  #article({ set, headline, counts, contexts }) {
    const { ws } = this;
    const changes = counts.free + counts.linkable;
    const box = h("input", { type: "checkbox", id: `spread-${set}`, checked: changes > 0, disabled: changes === 0, onchange: ({ target }) => this.#skip(set, !target.checked) });
    const said = COUNTS.filter((state) => counts[state]).map((state) => h(`span.is-${state}`, null, ws.t(`spread_${state}`, counts[state])));
    const lines = contexts.map(({ before, words, after, state }) => h(`li.is-${state}`, { dir: "auto" }, h("span", null, before), h("mark", null, words), h("span", null, after)));
    return h("li", { "data-set": set }, h("label", { for: `spread-${set}` }, box, h("bdi.headline", null, headline)), h("p.counts", null, said), h("ul.contexts", { "aria-label": ws.t("spread_contexts") }, lines));
  }

  /** @param {number} set @param {boolean} skipped */
  #skip(set, skipped) {
    if (skipped) this.skipped.add(set);
    else this.skipped.delete(set);
    this.#count();
  }

  /** Says how much would be labelled; where there are further pages, that it is more. */
  #count() {
    const { ws } = this;
    const chosen = this.found.filter(({ set, counts }) => !this.skipped.has(set) && counts.free + counts.linkable);
    const places = chosen.reduce((sum, { counts }) => sum + counts.free + counts.linkable, 0);
    const open = this.after === undefined || this.after === null ? "" : "+";
    this.apply.replaceChildren(`${ws.t("spread_apply", places + this.here)}${open}`, h("kbd", null, "↵"));
    this.apply.hidden = places === 0 && !open;
    this.said.textContent = this.found.length ? ws.t("spread_articles", chosen.length) : ws.t(this.after === null ? "spread_none" : "spread_looking");
  }

  /** One step: this article's places by the queue, the others by the server, under one id. */
  #apply() {
    const { ws, model } = this;
    const step = { id: ws.store.newId(), ...model, set: ws.data.set.id, skip: [...this.skipped] };
    this.dialog.close();
    ws.store.run(this.operations(), step);
    this.steps.turn(step, true);
    this.desk.say(ws.t("spread_running"));
  }

  /** @param {import("../net/propagations.js").Step} step says what became of it, and what others had changed */
  #tell({ done, report }) {
    const { ws, dialog } = this;
    const { spans = 0, sets = 0, kept = 0, kept_in = [] } = report;
    this.desk.say(`${ws.t(done ? "spread_done" : "spread_undone", spans)} · ${ws.t("spread_articles", sets)}`);
    if (!kept || dialog.open) return;
    const close = h("button.button.primary", { type: "button", onclick: () => dialog.close() }, ws.t("close"));
    const lines = kept_in.map(({ set, headline, n, reason }) => h("li", { "data-set": set }, h("a", { href: `../${set}/` }, h("bdi.headline", null, headline)), h("p.counts", null, h("span", null, ws.t(`spread_kept_${reason}`, n)))));
    dialog.replaceChildren(h("div.head", null, h("h2", null, ws.t("spread_kept", kept))), h("div.scroll", { tabindex: "0", role: "region", "aria-label": ws.t("spread_kept", kept) }, h("ol.articles", null, lines)), h("footer", null, close));
    dialog.showModal();
    close.focus();
  }
}
