/** What is a thread about? The article, a span or a relation: as it stands now, or as it stood before it was deleted. */
import { POLARITY_ICONS } from "../dom/arc.js";
import { h, icon } from "../dom/h.js";

const LONGEST = 60;

/** @typedef {{span: string|null, relation: string|null, about: any}} Subject */

/** @param {{span?: string|null, relation?: string|null}} subject @returns {string} names what a draft is about */
export function targetOf({ span, relation }) {
  if (span) return `span:${span}`;
  return relation ? `relation:${relation}` : "article";
}

/** @param {import("./context.js").Context} ws @param {Subject} subject @returns {boolean} whether it is still there */
export function stands(ws, { span, relation }) {
  if (span) return ws.state.spans.has(span);
  return relation ? ws.state.relations.has(relation) : true;
}

/** @param {import("./context.js").Context} ws @param {Subject} subject @returns {number} where in the text, for sorting */
export function placeOf(ws, { span, relation }) {
  if (!span && !relation) return -1;
  const { spans, relations } = ws.state;
  const found = relations.get(relation ?? "");
  const ends = [span, found?.via, found?.head, found?.tail].map((id) => spans.get(id ?? ""));
  return ends.find(Boolean)?.ranges[0][0] ?? Infinity;
}

/** @param {import("./context.js").Context} ws @param {Subject} subject @returns {(Node|string)[]} what to show of it */
export function subjectContent(ws, subject) {
  if (subject.relation) return relationContent(ws, subject);
  if (!subject.span) return [h("span.subject-whole", null, ws.t("comment_whole"))];
  const span = ws.state.spans.get(subject.span);
  const label = ws.scheme.label(span?.label ?? subject.about.label ?? "");
  const quote = span ? ws.quote(span) : (subject.about.quote ?? "");
  return [
    h(`span.subject-quote.c-${label.color}`, null, h("bdi.name", null, short(quote)), " ", h("span.tag", null, label.title)),
    span ? "" : h("span.gone", null, ws.t("comment_span_gone")),
  ];
}

/** @param {import("./context.js").Context} ws @param {Subject} subject */
function relationContent(ws, { relation, about }) {
  const now = ws.state.relations.get(relation);
  const label = ws.scheme.label(now?.label ?? about.label ?? "");
  const polarity = now ? now.attributes.polarity : about.polarity;
  const end = (slot) => {
    const named = ws.state.spans.get(now?.[slot] ?? "")?.label ?? about[slot]?.label;
    return h(`bdi.name${named ? `.c-${ws.scheme.label(named).color}` : ".plain"}`, null, short(now ? ws.endTitle(now[slot]) : keptEnd(ws, about[slot])));
  };
  // A stance reads holder, polarity, target; an attribution is kept the other way round: who says it comes first.
  const [from, to] = label.kind === "stance" ? ["head", "tail"] : ["tail", "head"];
  const way = label.kind === "stance" && polarity
    ? h(`span.polarity.is-${polarity}`, null, icon(POLARITY_ICONS[polarity] ?? POLARITY_ICONS.NONE), ws.scheme.valueTitle(label, "polarity", polarity))
    : h("span.polarity", null, label.title);
  return [end(from), way, end(to), now ? "" : h("span.gone", null, ws.t("comment_relation_gone"))];
}

/** @param {import("./context.js").Context} ws @param {{end: string, quote?: string}|null|undefined} end */
function keptEnd(ws, end) {
  return end?.quote ?? ws.endTitle(end?.end ?? null);
}

/** @param {string} quote */
function short(quote) {
  const line = quote.replaceAll("\n", " ");
  const points = [...line];
  return points.length > LONGEST ? `${points.slice(0, LONGEST).join("")}…` : line;
}
