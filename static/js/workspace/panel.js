/** What lies beside the text? Stances, claims and entities as lists: the complete, linear view of the work. */
import { keepFocus } from "../dom/focus.js";
import { h } from "../dom/h.js";
import { Typing } from "../dom/typing.js";
import { ArticleLabels } from "./article.js";
import { ClaimList } from "./claims.js";
import { EntityList } from "./entities.js";
import { StanceList } from "./stances.js";

/** @typedef {import("./context.js").Context} Context */

const TABS = /** @type {const} */ (["stances", "claims", "entities", "whole"]);

export class Panel {
  /** @param {Context} ws @param {import("./view.js").View} view @param {import("./pick.js").Pick} pick @param {{tabs: HTMLElement, body: HTMLElement, onSpan: (id: string) => void}} places */
  constructor(ws, view, pick, { tabs, body, onSpan }) {
    this.ws = ws;
    this.view = view;
    this.body = body;
    this.typing = new Typing(body, () => this.drawSoon());
    this.lists = {
      stances: new StanceList(ws, view, pick, () => this.#showOpen()),
      claims: new ClaimList(ws, view, pick, () => this.#showOpen()),
      entities: new EntityList(ws, view, onSpan, () => this.draw()),
      whole: new ArticleLabels(ws),
    };
    /** @type {typeof TABS[number]} */
    this.current = "stances";
    this.buttons = new Map(TABS.map((name) => [name, this.#tab(name)]));
    tabs.replaceChildren(...this.buttons.values());
    tabs.addEventListener("keydown", (event) => this.#onKey(event));
    ws.store.subscribe(() => this.drawSoon());
  }

  /** @param {typeof TABS[number]} name */
  #tab(name) {
    return h("button.tab", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": "panel-body", onclick: () => this.show(name) });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const way = { ArrowLeft: this.ws.language === "fa" ? 1 : -1, ArrowRight: this.ws.language === "fa" ? -1 : 1 }[event.code];
    if (!way) return;
    event.preventDefault();
    this.show(TABS[(TABS.indexOf(this.current) + way + TABS.length) % TABS.length]);
    this.buttons.get(this.current).focus();
  }

  /** @param {typeof TABS[number]} name */
  show(name) {
    this.current = name;
    this.draw();
  }

  /** Draws after the text has been painted: the panel may lag a frame behind, the words may not. */
  drawSoon() {
    if (this.pending) return;
    this.pending = true;
    requestAnimationFrame(() => setTimeout(() => this.draw()));
  }

  draw() {
    this.pending = false;
    if (this.typing.active) return;
    const { ws } = this;
    const counts = { stances: ws.relations("stance").length, claims: ws.spans("claim").length, entities: ws.spans("entity").length, whole: ws.state.labels.size };
    for (const [name, button] of this.buttons) {
      const chosen = name === this.current;
      button.replaceChildren(`${ws.t(name)} `, h("bdi.count", null, ws.n(counts[name])));
      button.setAttribute("aria-selected", String(chosen));
      button.tabIndex = chosen ? 0 : -1;
    }
    const scroll = this.body.scrollTop;
    this.body.setAttribute("aria-labelledby", `tab-${this.current}`);
    keepFocus(this.body, () => this.body.replaceChildren(...this.lists[this.current].render()));
    this.body.scrollTop = scroll;
  }

  /** Draws, and brings the open card into sight. */
  #showOpen() {
    this.draw();
    this.body.querySelector(".card.is-open")?.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} id opens a stance's card, brings its words into view and gives it the focus */
  openStance(id) {
    this.lists.stances.open = id;
    this.current = "stances";
    this.#showOpen();
    const { head, via, tail } = this.ws.state.relations.get(id);
    const place = [via, head, tail].find((end) => this.ws.state.spans.has(end));
    if (place) this.view.scrollTo(place);
    /** @type {HTMLElement|null} */ (this.body.querySelector(".card.is-open .face"))?.focus({ preventScroll: true });
  }

  /** @param {string} id opens a claim's card */
  openClaim(id) {
    this.lists.claims.open = id;
    this.current = "claims";
    this.#showOpen();
  }
}
