/** What does the guideline say of the label in use? It stands beside the text, fetched when it is first wanted. */
import { h } from "../dom/h.js";
import { covers, Drawer, scrollWithin } from "./drawer.js";
import { GuideNews } from "./guide_news.js";
import { GuideSearch } from "./guide_search.js";

/** @typedef {import("./context.js").Context} Context */

export class Guide {
  /** @param {Context} ws @param {import("./desk.js").Desk} desk @param {{panel: HTMLElement, popover: HTMLElement, list: HTMLElement, button: HTMLElement|null}} places */
  constructor(ws, desk, { panel, popover, list, button }) {
    Object.assign(this, { ws, desk, popover, list });
    this.drawer = new Drawer(ws, { id: "guide", title: ws.t("guideline"), panel, button, onOpen: () => this.#onOpen() });
    this.news = new GuideNews(ws, button);
    this.now = h("span.guide-now");
    this.find = /** @type {HTMLInputElement} */ (h("input", { type: "search", "aria-label": ws.t("guide_find"), placeholder: ws.t("guide_find"), dir: "auto", oninput: () => this.#search() }));
    this.count = h("span.mute.small", { role: "status" });
    this.find.addEventListener("keydown", (event) => this.#onFindKey(event));
    this.contents = /** @type {HTMLDetailsElement} */ (h("details.guide-contents", null, h("summary", null, ws.t("guide_contents"))));
    this.tools = h("div.guide-tools", { hidden: true }, h("div.guide-find", null, this.find, this.count), this.contents);
    this.drawer.head.querySelector("h2").after(this.now);
    this.drawer.head.after(this.tools);
    /** @type {string|null} key of the label in use */
    this.key = null;
    /** @type {HTMLElement|null} the guideline once it is here */
    this.text = null;
    this.#listen();
  }

  #listen() {
    const { popover, list } = this;
    const onLabel = (event) => this.follow(event.target.closest?.("[data-label]")?.getAttribute("data-label") ?? this.key);
    popover.addEventListener("pointerover", onLabel);
    popover.addEventListener("focusin", onLabel);
    popover.addEventListener("click", (event) => event.target.closest?.("[data-act=guide]") && this.open());
    list.addEventListener("focusin", (event) => this.follow(this.#labelOfField(event.target) ?? this.#inUse()));
    // Whoever opens a popover or a card need not know of the guideline.
    const look = new MutationObserver(() => this.follow(this.#inUse()));
    look.observe(popover, { childList: true, attributes: true, attributeFilter: ["hidden"] });
    look.observe(list, { childList: true });
  }

  /** Opens it with the keyboard in it, or closes it. */
  toggle() {
    if (this.drawer.open) this.drawer.close();
    else this.open();
  }

  open() {
    this.key ??= this.#inUse();
    this.drawer.show();
    this.#mark();
  }

  /** @param {string|null} key marks the passage of a label and brings it into sight */
  follow(key) {
    if (key === this.key) return;
    this.key = key;
    if (this.drawer.open) this.#mark();
  }

  /** @returns {string|null} the label of what is under the person's hand: draft, selected span, open card */
  #inUse() {
    const { ws, desk, popover, list } = this;
    if (desk.draft) return popover.querySelector("[data-label][aria-pressed=true]")?.getAttribute("data-label") ?? null;
    const open = list.querySelector(".card.is-open");
    const id = desk.view.selected ?? open?.getAttribute("data-id") ?? "";
    const thing = ws.state.spans.get(id) ?? ws.state.relations.get(id);
    return thing?.label ?? (open?.classList.contains("is-new") ? ws.scheme.ofKind("stance")[0]?.key : null) ?? null;
  }

  /** @param {Element} field @returns {string|null} what a field of a card says: an attribution's end, a label of the article */
  #labelOfField(field) {
    const whole = field.closest(".whole") && field.getAttribute("data-attribute");
    const attribution = field.closest("[data-slot]") && !field.closest(".stance, .is-new");
    return whole || (attribution ? (this.ws.scheme.ofKind("attribution")[0]?.key ?? null) : null);
  }

  async #onOpen() {
    if (this.text) return;
    const { ws, drawer } = this;
    drawer.body.replaceChildren(h("p.empty", { role: "status" }, ws.t("guide_coming")));
    const { html, version } = await fetchGuideline(ws.data.urls.guideline);
    if (!html) {
      const again = html === null && h("button.button", { type: "button", onclick: () => this.#onOpen() }, ws.t("retry"));
      return drawer.body.replaceChildren(h("p.empty", { role: "status" }, ws.t(html === null ? "guide_failed" : "guide_none")), ...(again ? [again] : []));
    }
    // The server has sanitised it; parsed this way nothing in it would run even so.
    this.text = document.adoptNode(new DOMParser().parseFromString(html, "text/html").querySelector(".prose"));
    const notice = this.news.notice();
    drawer.body.replaceChildren(...(notice ? [notice] : []), this.text);
    this.news.read(version);
    this.search = new GuideSearch(this.text);
    this.#list();
    this.#mark();
  }

  #list() {
    const row = (heading) => {
      const go = () => {
        this.contents.open = false;
        this.drawer.body.focus({ preventScroll: true });
        scrollWithin(this.drawer.body, heading);
      };
      return h(`li.is-${heading.localName}`, null, h("button", { type: "button", onclick: go }, h("bdi", null, heading.textContent)));
    };
    const [title, ...headings] = this.text.querySelectorAll("section > :is(h2, h3, h4)");
    this.contents.append(h("ol", null, (headings.length ? headings : [title]).filter(Boolean).map(row)));
    this.tools.hidden = false;
  }

  #mark() {
    for (const passage of this.drawer.body.querySelectorAll(".is-now")) passage.className = "";
    const label = this.key ? this.ws.scheme.label(this.key) : null;
    const passage = label && this.text?.querySelector(`[data-labels~="${CSS.escape(label.key)}"]`);
    this.now.className = `guide-now${label ? ` c-${label.color}` : ""}`;
    this.now.replaceChildren(...(label ? [h("i.swatch"), label.title, ...(this.text && !passage ? [h("span.mute", null, this.ws.t("guide_no_passage"))] : [])] : []));
    if (!passage) return;
    passage.className = `is-now c-${label.color}`;
    scrollWithin(this.drawer.body, passage);
  }

  #search() {
    const found = this.search.find(this.find.value);
    this.count.textContent = this.find.value.trim() ? this.ws.n(found) : "";
    if (found) this.#step(1);
  }

  /** @param {1|-1} way */
  #step(way) {
    const hit = this.search.step(way);
    if (!hit) return;
    this.count.textContent = `${this.ws.n(this.search.current + 1)} / ${this.ws.n(this.search.hits.length)}`;
    scrollWithin(this.drawer.body, hit.startContainer.parentElement, 40);
  }

  /** @param {KeyboardEvent} event */
  #onFindKey(event) {
    if (event.code === "Enter") this.#step(event.shiftKey ? -1 : 1);
    else if (event.code === "Escape" && this.find.value && !covers()) {
      this.find.value = "";
      this.#search();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

/** @param {string} url @returns {Promise<{html: string|null, version: number}>} "" where there is none, null where no answer came */
async function fetchGuideline(url) {
  try {
    const response = await fetch(url, { credentials: "same-origin", redirect: "manual" });
    if (!response.ok) return { html: null, version: 0 };
    return { html: await response.text(), version: Number(response.headers.get("Guideline-Version")) };
  } catch {
    return { html: null, version: 0 };
  }
}
