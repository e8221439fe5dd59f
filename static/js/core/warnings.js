/**
 * What in an annotation set looks like a slip? Findings that a person mends or dismisses; none of them forbids anything.
 * The rules of annotations/kinds/warnings.py, held to tests/golden/warnings.json. Pure; ranges are code points.
 */
import { edgesOf } from "./edges.js";
import { foldMap } from "./fold.js";
import { sameRanges, union } from "./ranges.js";

/** @typedef {import("./types.js").Range} Range */
/** @typedef {import("./types.js").Span} Span */
/** @typedef {import("./types.js").Relation} Relation */
/** @typedef {Record<string, Record<string, number>>} Elsewhere folded words → label → how often */
/**
 * @typedef {object} Finding
 * @property {string} key `kind:id:stamp`: what it is dismissed by; the stamp changes with what it is about
 * @property {typeof KINDS[number]} kind
 * @property {"span"|"relation"} noun
 * @property {string} id
 * @property {number} start code point, for the order
 * @property {Record<string, any>} data `mend` (ranges), `words`, `of`, `own` and `others`, `name`, `slot`
 */

export const KINDS = /** @type {const} */ (["edge", "cut", "duplicate", "otherwise", "required", "source", "end"]);
const SLOTS = /** @type {const} */ (["head", "via", "tail"]);

/** Looks at one text again and again; what follows from ranges and words alone is remembered. */
export class Inspector {
  /** @param {import("./text.js").Text} text @param {import("./scheme.js").Scheme} scheme */
  constructor(text, scheme) {
    Object.assign(this, { text, scheme });
    /** @type {Map<string, {tidy: Range, whole: Range, words: Range[]}>} */
    this.edges = new Map();
    /** @type {WeakMap<Span, string>} a span is never changed, only replaced */
    this.keys = new WeakMap();
  }

  /** @param {Pick<import("./types.js").State, "spans"|"relations">} state @param {Elsewhere} [elsewhere] @returns {Finding[]} in the order of the text */
  find(state, elsewhere = {}) {
    const { spans, relations } = state;
    const found = [...this.#edges(spans), ...this.#duplicates(spans, relations), ...this.#otherwise(spans, elsewhere), ...this.#required(state), ...this.#sources(state), ...this.#ends(state)];
    return found.sort((a, b) => a.start - b.start || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || compare(a.key, b.key));
  }

  /** @param {Span} span @returns {string} what spans of the same words share, however these are spelled */
  wordsKey(span) {
    let key = this.keys.get(span);
    if (key === undefined) this.keys.set(span, (key = foldMap(this.text.quote(span.ranges)).key));
    return key;
  }

  /** @param {Span} span @returns {boolean} whether its words say what it is; a pronoun may stand for anything */
  isNamed({ label, attributes }) {
    return this.scheme.byKey.get(label)?.kind === "entity" && attributes.mention !== "pronoun";
  }

  /** @param {Range} range */
  #edgesOf([start, end]) {
    const name = `${start}-${end}`;
    let known = this.edges.get(name);
    if (!known) {
      const { text } = this;
      const points = (units) => /** @type {Range} */ (units.map((unit) => text.toPoints(unit)));
      const { tidy, whole, words } = edgesOf(text.value, text.toUnits(start), text.toUnits(end));
      known = { tidy: points(tidy), whole: points(whole), words: words.map(points) };
      this.edges.set(name, known);
    }
    return known;
  }

  /** @param {ReadonlyMap<string, Span>} spans @returns {Generator<Finding>} */
  *#edges(spans) {
    for (const span of spans.values()) {
      const edges = span.ranges.map((range) => this.#edgesOf(range));
      const tidy = union(edges.map((one) => one.tidy));
      if (!sameRanges(tidy, span.ranges)) yield ofSpan("edge", span, { mend: tidy });
      const words = edges.flatMap((one) => one.words);
      if (words.length) yield ofSpan("cut", span, { mend: union(edges.map((one) => one.whole)), words: distinct(words) });
    }
  }

  /** @param {ReadonlyMap<string, Span>} spans @param {ReadonlyMap<string, Relation>} relations @returns {Generator<Finding>} */
  *#duplicates(spans, relations) {
    /** @type {Map<string, any[]>} */
    const same = new Map();
    const add = (what, one) => same.get(what)?.push(one) ?? same.set(what, [one]);
    for (const span of spans.values()) add(`${span.label} ${span.ranges.map((range) => this.#edgesOf(range).tidy.join("-"))}`, span);
    for (const relation of relations.values()) add(JSON.stringify([relation.label, relation.head, relation.via, relation.tail, relation.attributes.polarity ?? null]), relation);
    const groups = [...same.values()].filter((twins) => twins.length > 1);
    if (!groups.length) return;
    const uses = usesOf(spans, relations);
    // What is kept of several comes first: what most stands on, then what says most.
    const worth = (one) => [-(uses.get(one.id) ?? 0), -Object.keys(one.attributes).length, Number((one.entity ?? null) === null)];
    for (const twins of groups) {
      const [kept, ...others] = twins.sort((a, b) => firstDifference(worth(a), worth(b)) || compare(a.id, b.id));
      for (const one of others) yield (one.ranges ? ofSpan : ofRelation(spans))("duplicate", one, { of: kept.id });
    }
  }

  /** @param {ReadonlyMap<string, Span>} spans @param {Elsewhere} elsewhere @returns {Generator<Finding>} */
  *#otherwise(spans, elsewhere) {
    const named = [...spans.values()].filter((span) => this.isNamed(span));
    /** @type {Map<string, Map<string, number>>} */
    const counts = new Map();
    for (const span of named) {
      const key = this.wordsKey(span);
      if (!counts.has(key)) counts.set(key, new Map(Object.entries(Object.hasOwn(elsewhere, key) ? elsewhere[key] : {})));
      counts.get(key).set(span.label, (counts.get(key).get(span.label) ?? 0) + 1);
    }
    for (const span of named) {
      const key = this.wordsKey(span);
      const own = counts.get(key).get(span.label);
      const others = [...counts.get(key)].filter(([label, n]) => label !== span.label && n >= own);
      if (key && others.length) yield ofSpan("otherwise", span, { own, others: Object.fromEntries(others) });
    }
  }

  /** @param {Pick<import("./types.js").State, "spans"|"relations">} state @returns {Generator<Finding>} */
  *#required({ spans, relations }) {
    const missing = ({ label, attributes }) => (this.scheme.byKey.get(label)?.attributes.required ?? []).filter((name) => !Object.hasOwn(attributes, name));
    for (const span of spans.values()) for (const name of missing(span)) yield ofSpan("required", span, { name }, name);
    for (const relation of relations.values()) for (const name of missing(relation)) yield ofRelation(spans)("required", relation, { name }, name);
  }

  /** @param {Pick<import("./types.js").State, "spans"|"relations">} state @returns {Generator<Finding>} */
  *#sources({ spans, relations }) {
    const attributions = this.scheme.ofKind("attribution");
    const keys = new Set(attributions.map(({ key }) => key));
    const said = new Set([...relations.values()].filter(({ label }) => keys.has(label)).map(({ head }) => head));
    for (const span of spans.values()) {
      if (this.scheme.byKey.get(span.label)?.kind !== "claim" || said.has(span.id)) continue;
      if (attributions.some((label) => this.scheme.allows(label, "head", span.label))) yield ofSpan("source", span);
    }
  }

  /** @param {Pick<import("./types.js").State, "spans"|"relations">} state @returns {Generator<Finding>} */
  *#ends({ spans, relations }) {
    for (const relation of relations.values()) {
      const label = this.scheme.byKey.get(relation.label);
      for (const slot of label ? SLOTS : []) {
        if (!this.#fits(relation[slot], slot, label, spans)) yield ofRelation(spans)("end", relation, { slot }, slot);
      }
    }
  }

  /** Whether an end is there and the label takes it; nobody judges what bears an archived label. @returns {boolean} */
  #fits(end, slot, label, spans) {
    if (end === null || end === undefined) return slot === "via";
    if (end === "article" || end === "implicit") return this.scheme.allows(label, slot, end);
    if (end.startsWith("topic:")) return this.scheme.allows(label, slot, "topic");
    const span = spans.get(end);
    return span !== undefined && (!this.scheme.byKey.has(span.label) || this.scheme.allows(label, slot, span.label));
  }
}

/** @param {Finding["kind"]} kind @param {Span} span @param {Record<string, any>} [data] @param {string[]} more @returns {Finding} */
function ofSpan(kind, span, data = {}, ...more) {
  const ranges = span.ranges.map((range) => range.join("-")).join(",");
  const stamp = hash([span.label, ranges, ...more].join(" "));
  return { key: `${kind}:${span.id}:${stamp}`, kind, noun: "span", id: span.id, start: span.ranges[0][0], data };
}

/** @param {ReadonlyMap<string, Span>} spans @returns {(kind: Finding["kind"], one: Relation, data?: Record<string, any>, ...more: string[]) => Finding} */
const ofRelation = (spans) => (kind, one, data = {}, ...more) => {
  const stamp = hash([one.label, one.head, one.via ?? "", one.tail, ...more].join(" "));
  const place = [one.via, one.head, one.tail].map((end) => spans.get(end ?? "")).find(Boolean);
  return { key: `${kind}:${one.id}:${stamp}`, kind, noun: "relation", id: one.id, start: place?.ranges[0][0] ?? 0, data };
};

/** @param {ReadonlyMap<string, Span>} spans @param {ReadonlyMap<string, Relation>} relations @returns {Map<string, number>} how often each span is an end */
function usesOf(spans, relations) {
  const uses = new Map();
  for (const relation of relations.values()) for (const slot of SLOTS) if (spans.has(relation[slot])) uses.set(relation[slot], (uses.get(relation[slot]) ?? 0) + 1);
  return uses;
}

/** @param {Range[]} words @returns {Range[]} in order, each once */
function distinct(words) {
  return [...new Map(words.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((word) => [word.join("-"), word])).values()];
}

const firstDifference = (a, b) => a.map((value, at) => value - b[at]).find((difference) => difference !== 0) ?? 0;
const compare = (a, b) => (a < b ? -1 : Number(a > b));

/** @type {Map<string, string>} what was hashed for one look is asked for again at the next */
const hashes = new Map();
const encoder = new TextEncoder();

/** @param {string} said @returns {string} FNV-1a in 32 bits as eight hexadecimal digits */
function hash(said) {
  const known = hashes.get(said);
  if (known) return known;
  let found = 0x811c9dc5;
  for (const byte of encoder.encode(said)) found = Math.imul(found ^ byte, 0x01000193);
  const digits = (found >>> 0).toString(16).padStart(8, "0");
  hashes.set(said, digits);
  return digits;
}
