/** How is a candidate said on a card? Its words, its label, what differs; user text in `bdi`, labels as chips. */
import { h, icon } from "../dom/h.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./types.js").Unit} Unit */
/** @typedef {import("./types.js").Candidate} Candidate */

export const ICONS = {
  boundary: "M5 3H3v10h2M11 3h2v10h-2M6 8h4",
  label: "M2.5 8.5 8 3h5v5l-5.5 5.5zM10.5 5.5h.01",
  missing: "M3 5V3h2M11 3h2v2M13 11v2h-2M5 13H3v-2M8 6v4M6 8h4",
  relation: "M5 12V3M5 3 2.8 5.4M5 3l2.2 2.4M11 4v9M11 13l-2.2-2.4M11 13l2.2-2.4",
  attribute: "M2 5h7M12 5h2M2 11h2M7 11h7M10.5 3.5v3M5.5 9.5v3",
  article: "M4 2.5h8v11H4zM6 6h4M6 9h4",
};
const ARROWS = { FAVOR: "M8 13V3M8 3 4.5 6.5M8 3l3.5 3.5", AGAINST: "M8 3v10M8 13l-3.5-3.5M8 13l3.5-3.5", NONE: "M3 8h10" };

/** @param {Context} cx @param {string} key @returns {HTMLElement} a label's chip */
export function chip(cx, key) {
  const label = cx.scheme.label(key);
  return h(`span.adj-chip.c-${label.color}`, null, label.title);
}

/** @param {Context} cx @param {Unit} unit @returns {HTMLElement} what a card is about, in one line */
export function aboutUnit(cx, unit) {
  const [first] = unit.candidates;
  if (unit.noun === "label") return h("span.about", null, h("bdi", null, cx.scheme.label(first.value.label).title), first.value.topic ? [" · ", h("bdi", null, cx.endTitle(`topic:${first.value.topic}`))] : []);
  if (unit.noun === "span") return h("span.about", null, "«", h("bdi", null, cx.quote(first.value.ranges)), "»");
  if (unit.group !== "stance") return h("span.about", null, "«", h("bdi", null, cx.endTitle(first.value.head)), "»");
  return h("span.about", null, h("bdi", null, cx.endTitle(first.value.head)), h("span.toward", null, cx.rtl ? " ← " : " → "), h("bdi", null, cx.endTitle(first.value.tail)));
}

/** @param {Context} cx @param {Unit} unit @param {Candidate} candidate @returns {(HTMLElement|string)[]} what one row says */
export function sayValue(cx, unit, { value }) {
  if (unit.noun === "label") return [h("bdi.value", null, articleValue(cx, value))];
  if (unit.noun === "relation") return unit.group === "stance" ? [polarity(cx, value), ...differing(cx, unit, value)] : [relation(cx, unit, value)];
  if (unit.kind === "label") return [chip(cx, value.label), quoted(cx, unit, value)];
  if (unit.kind === "attribute") return differing(cx, unit, value);
  return unit.kind === "missing" ? [chip(cx, value.label), quoted(cx, unit, value)] : [quoted(cx, unit, value)];
}

/** @param {Context} cx @param {any} value of an article label @returns {string} */
function articleValue(cx, value) {
  const label = cx.scheme.label(value.label);
  return cx.scheme.values(label).find((one) => one.value === value.value)?.title ?? value.value;
}

/** The quote, underlined in its label's colour; what not all candidates hold is tinted. @param {Context} cx @param {Unit} unit @param {any} value */
function quoted(cx, unit, value) {
  const color = cx.scheme.label(value.label).color;
  const pieces = value.ranges.map((range, at) => [at ? " … " : "", ...tinted(cx, unit, range)]);
  return h(`bdi.quote.c-${color}`, null, ...pieces.flat());
}

/** @param {Context} cx @param {Unit} unit @param {[number, number]} range @returns {(HTMLElement|string)[]} */
function tinted(cx, unit, [start, end]) {
  const every = unit.candidates.map(({ value }) => value.ranges);
  const common = (/** @type {number} */ at) => every.every((ranges) => ranges.some(([from, to]) => from <= at && at < to));
  const edges = [...new Set([start, end, ...every.flat(2)])].filter((at) => at >= start && at <= end).sort((a, b) => a - b);
  return edges.slice(1).map((to, at) => {
    const text = cx.text.slice(edges[at], to);
    return common(edges[at]) ? text : h("mark", null, text);
  });
}

/** The attributes in which candidates differ, and the entity. @param {Context} cx @param {Unit} unit @param {any} value @returns {HTMLElement[]} */
function differing(cx, unit, value) {
  const label = cx.scheme.label(value.label);
  const names = new Set(unit.candidates.flatMap((candidate) => Object.keys(candidate.value.attributes)));
  if (unit.group === "stance") names.delete("polarity");
  const differs = (read) => new Set(unit.candidates.map((candidate) => JSON.stringify(read(candidate.value) ?? null))).size > 1;
  const fields = new Map(cx.scheme.fields(label).map((field) => [field.name, field.title]));
  const rows = [...names].filter((name) => differs((of) => of.attributes[name])).map((name) => {
    const said = value.attributes[name];
    return h("span.attribute", null, h("span.mute", null, fields.get(name) ?? name, ": "), h("bdi", null, said === undefined ? "–" : cx.scheme.valueTitle(label, name, said)));
  });
  if (differs((of) => of.entity)) rows.push(h("span.attribute", null, h("span.mute", null, cx.t("entity"), ": "), h("bdi", null, value.entity ?? "–")));
  if (unit.noun === "relation" && differs((of) => of.via)) rows.push(h("span.attribute", null, h("span.mute", null, cx.t("words"), ": "), h("bdi", null, cx.endTitle(value.via))));
  return rows;
}

/** @param {Context} cx @param {any} value of a stance @returns {HTMLElement} arrow and word, so that it survives greyscale */
function polarity(cx, value) {
  const said = value.attributes.polarity ?? "NONE";
  return h(`span.polarity.is-${said}`, null, icon(ARROWS[said] ?? ARROWS.NONE), cx.scheme.valueTitle(cx.scheme.label(value.label), "polarity", said));
}

/** @param {Context} cx @param {Unit} unit @param {any} value of an attribution or another relation @returns {HTMLElement} */
function relation(cx, unit, value) {
  const parts = [h("bdi.value", null, cx.endTitle(value.tail)), ...(value.via ? [h("span.mute", null, "·"), h("bdi.mute", null, cx.endTitle(value.via))] : [])];
  return h("span.relation", null, ...parts, ...differing(cx, { ...unit, group: "other" }, value).slice(0, 2));
}

/** @param {Context} cx @param {number[]} numbers of annotators @returns {HTMLElement} each in its badge */
export const badges = (cx, numbers) => h("span.who", { "aria-label": `${cx.t("annotators")} ${numbers.map((one) => cx.n(one)).join(cx.language === "fa" ? "، " : ", ")}` }, numbers.map((one) => h("span.badge", { "aria-hidden": "true" }, cx.n(one))));
