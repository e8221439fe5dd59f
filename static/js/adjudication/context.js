/** What do all parts of the adjudication page share? The data, the state, the names of things. */
import { digits } from "../core/numerals.js";
import { Reading } from "../core/reading.js";
import { Scheme } from "../core/scheme.js";
import { Text } from "../core/text.js";
import { Places, selectedUnits } from "../dom/selection.js";
import { Notes } from "../net/notes.js";
import { Choices } from "./choices.js";

/** @typedef {import("./types.js").Unit} Unit */
/** @typedef {import("./types.js").Candidate} Candidate */

export class Context {
  /** @param {any} data @param {{language: string, doc: HTMLElement}} page */
  constructor(data, { language, doc }) {
    this.data = data;
    this.language = language === "fa" ? "fa" : "en";
    this.doc = doc;
    this.rtl = doc.dir !== "ltr";
    this.text = new Text(data.article.text);
    this.reading = Reading.ofPublished(this.text);
    this.places = new Places(this.reading, doc);
    this.scheme = new Scheme(data.labels, this.language);
    this.topics = new Map(data.topics.map((topic) => [topic.key, topic]));
    this.choices = new Choices(new Notes(data.person, data.urls.state));
    /** @type {string|null} the unit that is decided now */
    this.current = null;
    /** @type {string} the kind whose cards are shown; "open" for all undecided */
    this.filter = "open";
    this.take(data.state);
  }

  /** @param {import("./types.js").State} state */
  take(state) {
    this.adjudication = state;
    this.units = state.units;
    this.byKey = new Map(state.units.map((unit) => [unit.key, unit]));
    this.choices.keepValid(state.units);
  }

  /** What the guideline's drawer asks for: the label of the card in use. */
  get state() {
    return { spans: new Map(this.units.map((unit) => [unit.key, { label: unit.candidates[0]?.value.label }])), relations: new Map() };
  }

  /** @returns {Unit|null} */
  get unit() {
    return this.byKey.get(this.current ?? "") ?? null;
  }

  get editable() {
    return this.adjudication.editable;
  }

  /** @param {string} key @param {number|string} [n] @returns {string} a string of the page, `{n}` filled in */
  t(key, n) {
    const said = this.data.strings[key] ?? key;
    return n === undefined ? said : said.replace("{n}", this.n(n));
  }

  /** @param {number|string} number @returns {string} */
  n(number) {
    return digits(number, this.language);
  }

  /** @param {number} value @returns {string} two decimals, in the interface's digits */
  ratio(value) {
    return this.n(value.toFixed(2)).replace(".", this.language === "fa" ? "٫" : ".");
  }

  /** @param {Unit} unit @returns {number} its number in the text, from 1 */
  numberOf(unit) {
    return this.units.indexOf(unit) + 1;
  }

  /** @param {readonly import("./types.js").Range[]} ranges @returns {string} */
  quote(ranges) {
    return this.text.quote(/** @type {any} */ (ranges));
  }

  /** @returns {[number, number]|null} what is selected in the article; UTF-16 units */
  selected() {
    return selectedUnits(this.reading, this.doc);
  }

  /** @param {string|null} end of a relation's value @returns {string} what to call it */
  endTitle(end) {
    if (end === null) return this.t("nothing");
    if (end === "article" || end === "implicit") return this.t(end);
    if (end.startsWith("topic:")) return this.topics.get(end.slice(6))?.title ?? end.slice(6);
    const ranges = this.rangesOf(end.replace(/^unit:/, ""));
    return ranges.length ? this.quote(ranges) : end;
  }

  /** @param {string} key of a unit of spans @returns {import("./types.js").Range[]} what is taken of it, else what most say */
  rangesOf(key) {
    return this.adjudication.ends[key] ?? [];
  }
}
