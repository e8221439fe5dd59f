/** How is the text read, as it was published or evened out? A switch that keeps the place, the selection and the draft. */
import { Reading } from "../core/reading.js";
import { h } from "../dom/h.js";
import { inSight } from "../dom/sight.js";
import { fetchAnalysis } from "../net/analysis.js";
import { savePreferences } from "../net/preferences.js";

/** @typedef {import("../core/types.js").Range} Range */
/** @typedef {"off"|"preparing"|"on"|"failed"} State */

export class Readings {
  /** @param {import("./context.js").Context} ws @param {import("./desk.js").Desk} desk @param {HTMLElement} button */
  constructor(ws, desk, button) {
    Object.assign(this, { ws, desk, button });
    this.published = ws.reading;
    /** @type {Reading|null} the evened out one, once it has come */
    this.even = null;
    this.wanted = false;
    this.note = ws.stage.appendChild(h("p.reading-note", { role: "status" }));
    button.title = `(N) ${ws.t("reading_on")}`;
  }

  /** Reads as the person did the last time. */
  start() {
    if (document.documentElement.dataset.text === "even") this.#want(true);
  }

  toggle() {
    savePreferences(this.ws.data.urls.preferences, { text: this.wanted ? "published" : "even" });
    return this.#want(!this.wanted);
  }

  /** @param {boolean} wanted */
  async #want(wanted) {
    this.wanted = wanted;
    if (!wanted) {
      this.#read(this.published);
      return this.#tell("off");
    }
    if (!this.even && !(await this.#fetch())) return;
    if (!this.wanted) return;
    this.#read(this.even);
    this.#tell("on");
  }

  /** @returns {Promise<boolean>} whether it is here */
  async #fetch() {
    const { ws } = this;
    const asked = (this.asked = {});
    try {
      const said = await fetchAnalysis(ws.data.urls.analysis, { wanted: () => this.wanted && this.asked === asked, onWait: () => this.#tell("preparing") });
      if (said) this.even ??= Reading.aligned(ws.text, said);
      return said !== null;
    } catch {
      this.wanted = false;
      this.#tell("failed");
      return false;
    }
  }

  /** @param {Reading} reading */
  #read(reading) {
    const { ws, desk } = this;
    if (ws.reading === reading) return;
    performance.mark("reading-asked");
    const anchor = this.#anchor();
    const before = this.#top(anchor);
    // The browser's own anchoring would move the page a second time.
    const { style } = document.documentElement;
    style.setProperty("overflow-anchor", "none");
    desk.view.read(reading);
    scrollBy({ top: this.#top(anchor) - before, behavior: "instant" });
    desk.moved();
    requestAnimationFrame(() => requestAnimationFrame(() => style.removeProperty("overflow-anchor")));
    performance.mark("reading-drawn");
  }

  /** @returns {Range|null} what stays where it is: the thing under the hand if it is in sight, else the first word in sight */
  #anchor() {
    const { ws, desk } = this;
    const held = [desk.draft?.[0], ws.state.spans.get(desk.view.selected ?? "")?.ranges[0], desk.caret.range];
    const { words } = desk.caret.words;
    const seen = held.find((range) => range && inSight(this.#letter(range)));
    return seen ?? (words.length ? words[desk.caret.firstInView()] : null);
  }

  /** @param {Range} range @returns {DOMRect} of its first letter */
  #letter([start]) {
    return this.desk.view.places.letter(start).getBoundingClientRect();
  }

  /** @param {Range|null} anchor @returns {number} */
  #top(anchor) {
    return anchor ? this.#letter(anchor).top : 0;
  }

  /** @param {State} state */
  #tell(state) {
    const { ws, desk, button, note } = this;
    document.documentElement.dataset.reading = state === "on" ? "even" : "published";
    button.setAttribute("aria-pressed", String(this.wanted));
    button.setAttribute("aria-busy", String(state === "preparing"));
    const said = state === "off" ? "" : ws.t(`reading_${state}`);
    // Kept to itself: the place reads as the article does, the words as the page.
    if (note.textContent !== said) note.replaceChildren(h("bdi", null, said));
    // The note stands above the text, which may be out of sight.
    const lost = (state === "preparing" || state === "failed") && !inSight(note.getBoundingClientRect());
    desk.say(lost ? said : "");
  }
}
