/** What do links lead to? The entities that the page knows, those it must ask for, and all mentions of one thing. */
import { foldMap } from "../core/fold.js";
import { inTextOrder } from "./context.js";
import { Entities } from "../net/entities.js";

/** @typedef {import("../core/types.js").Span} Span */
/** @typedef {import("../core/types.js").Thing} Thing */

export class Things {
  /** @param {import("./context.js").Context} ws @param {() => void} onNews called when an entity that was asked for is known */
  constructor(ws, onNews) {
    Object.assign(this, { ws, onNews });
    this.server = new Entities({ url: ws.data.urls.entities, person: ws.data.person });
    /** @type {Map<string, Thing>} what the server has told; newer than what the page brought */
    this.told = new Map();
    /** @type {Set<string>} */
    this.asked = new Set();
    /** @type {Set<string>} what was made here and taken back: there no more, though a search on its way still finds it */
    this.gone = new Set();
    ws.store.subscribe(({ before, after }) => {
      for (const key of before.entities.keys()) if (!after.entities.has(key)) this.gone.add(key);
      for (const key of this.gone) if (after.entities.has(key)) this.gone.delete(key);
      for (const key of this.gone) this.told.delete(key);
    });
  }

  /** @param {string} key @returns {Thing|null} null until the server has told what it is */
  get(key) {
    const found = this.told.get(key) ?? this.ws.state.entities.get(key);
    if (!found) this.#ask(key);
    return found ?? null;
  }

  /** @param {string} key another tab, or an earlier visit, has linked to what this page has never seen */
  async #ask(key) {
    if (this.asked.has(key)) return;
    this.asked.add(key);
    const found = await this.server.get(key);
    if (!found) return void this.asked.delete(key);
    this.tell([found]);
    this.onNews();
  }

  /** @param {Thing[]} things as the server has just told them */
  tell(things) {
    for (const thing of things) if (!this.gone.has(thing.key)) this.told.set(thing.key, thing);
  }

  /** @param {string} key @returns {Promise<void>} once the server has told how it stands now; its names grow with every link */
  async refresh(key) {
    const found = await this.server.get(key);
    if (found) this.tell([found]);
  }

  /** @returns {Thing[]} all that are known here */
  all() {
    return [...new Map([...this.ws.state.entities, ...this.told]).values()];
  }

  /** @param {string|null} key @returns {string} */
  title(key) {
    if (!key) return "";
    const thing = this.get(key);
    if (!thing) return key;
    return this.ws.language === "en" && thing.name_en ? thing.name_en : thing.name;
  }

  /** @param {Span} span @returns {Span[]} all mentions of the same thing in order; of one without a link, the same words */
  mentions(span) {
    const words = foldMap(this.ws.quote(span)).key;
    const same = (one) => (span.entity ? one.entity === span.entity : !one.entity && one.label === span.label && foldMap(this.ws.quote(one)).key === words);
    return [...this.ws.state.spans.values()].filter(same).sort(inTextOrder);
  }
}
