/** What do all parts of the page share? The data, the state, the names of things. */
import { digits } from "../core/numerals.js";
import { sameRanges } from "../core/ranges.js";
import { Reading } from "../core/reading.js";
import { Text } from "../core/text.js";
import { Scheme } from "../core/scheme.js";
import { shortId } from "../core/segments.js";
import { Store } from "../core/store.js";

/** @typedef {import("../core/types.js").Span} Span */
/** @typedef {import("../core/types.js").Relation} Relation */
/** @typedef {import("../core/segments.js").Mark} Mark */

/** Shared by the page's modules; made once by main.js. */
export class Context {
  /** @param {import("../core/types.js").PageData} data @param {{language: string, doc: HTMLElement, stage: HTMLElement}} page */
  constructor(data, { language, doc, stage }) {
    this.data = data;
    this.language = language === "fa" ? "fa" : "en";
    this.doc = doc;
    this.stage = stage;
    this.editable = data.set.editable;
    this.text = new Text(data.article.text);
    /** How the page shows the text; all else counts in the published one. */
    this.reading = Reading.ofPublished(this.text);
    this.scheme = new Scheme(data.labels, this.language);
    this.store = new Store(data, this.text);
    this.rtl = doc.dir !== "ltr";
    /** @type {Map<string, string>} UUID by short id */
    this.uuids = new Map();
    /** @type {Map<string, string>} short id by UUID; a span keeps its short id when it is deleted and restored */
    this.shorts = new Map();
    for (const span of data.spans) this.short(span.id);
    /** What to say of a span in its popover beyond its label; workspace/warnings.js supplies it. @type {(id: string) => HTMLElement|null} */
    this.remarks = () => null;
    /** The entities that links lead to; main.js supplies it. @type {import("./things.js").Things} */
    this.things = /** @type {any} */ (null);
    this.topics = new Map(data.topics.map((topic) => [topic.key, topic]));
  }

  get state() {
    return this.store.state;
  }

  /** @param {string} key @param {number} [n] @returns {string} a string of the page, `{n}` filled in */
  t(key, n) {
    const said = this.data.strings[key] ?? key;
    return n === undefined ? said : said.replace("{n}", this.n(n));
  }

  /** @param {number|string} number @returns {string} */
  n(number) {
    return digits(number, this.language);
  }

  /** @param {string} uuid @returns {string} the id by which the article's HTML names a span */
  short(uuid) {
    let short = this.shorts.get(uuid);
    if (short === undefined) {
      short = shortId(this.shorts.size);
      this.shorts.set(uuid, short);
      this.uuids.set(short, uuid);
    }
    return short;
  }

  /** @param {string} short @returns {Span|undefined} */
  spanOf(short) {
    return this.state.spans.get(this.uuids.get(short) ?? "");
  }

  /** @param {Span} span @returns {import("../core/types.js").Label} */
  labelOf(span) {
    return this.scheme.label(span.label);
  }

  /** @param {Span} span @returns {string} */
  quote(span) {
    return this.text.quote(span.ranges);
  }

  /** @param {Span} span @returns {Mark} how it is drawn, in the text that is shown */
  mark(span) {
    const { kind, color, title } = this.labelOf(span);
    return { id: this.short(span.id), kind, color, ranges: this.reading.show(span.ranges), title };
  }

  /** @param {string} label @param {readonly import("../core/types.js").Range[]} ranges @returns {Span|undefined} the span that says just this already */
  spanAt(label, ranges) {
    return [...this.state.spans.values()].find((span) => span.label === label && sameRanges(span.ranges, ranges));
  }

  /** @param {"entity"|"claim"|"cue"|"expression"} kind @returns {Span[]} in the order of the text, the wider first */
  spans(kind) {
    return [...this.state.spans.values()].filter((span) => this.labelOf(span).kind === kind).sort(inTextOrder);
  }

  /** @param {"attribution"|"stance"} kind @returns {Relation[]} */
  relations(kind) {
    return [...this.state.relations.values()].filter((relation) => this.scheme.label(relation.label).kind === kind);
  }

  /** @param {import("../core/types.js").End|null} end @returns {string} what to call an end of a relation */
  endTitle(end) {
    if (end === null) return this.t("none");
    if (end === "article" || end === "implicit") return this.t(end);
    if (end.startsWith("topic:")) return this.topics.get(end.slice(6))?.title ?? end.slice(6);
    const span = this.state.spans.get(end);
    return span ? this.quote(span) : "";
  }
}

/** @param {Span} a @param {Span} b @returns {number} */
export function inTextOrder(a, b) {
  return a.ranges[0][0] - b.ranges[0][0] || b.ranges.at(-1)[1] - a.ranges.at(-1)[1];
}
