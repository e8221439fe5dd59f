/** What does the state say about a claim or a span? Small questions that several cards ask. */

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("../core/types.js").Relation} Relation */
/** @typedef {import("../core/types.js").Span} Span */

/** @param {Context} ws @param {string} claim @returns {Relation[]} who says it, outermost voice first */
export function attributionsOf(ws, claim) {
  return ws.relations("attribution").filter((relation) => relation.head === claim).sort((a, b) => (a.attributes.level ?? 1) - (b.attributes.level ?? 1));
}

/** @param {Context} ws @param {string} claim @returns {string} who says it; of nested voices «A quoting B» */
export function sourcesTitle(ws, claim) {
  /** @type {Map<number, string[]>} */
  const levels = new Map();
  for (const { tail, attributes } of attributionsOf(ws, claim)) {
    const level = attributes.level ?? 1;
    levels.set(level, [...(levels.get(level) ?? []), ws.endTitle(tail)]);
  }
  return [...levels.values()].map((titles) => titles.join("، ")).join(` ${ws.t("quoting")} `);
}

/** @param {Context} ws @returns {string} what stands where nobody is said to claim it; nothing where the scheme does not ask */
export const unsaid = (ws) => (ws.scheme.ofKind("attribution").length ? ws.t("no_source") : "");

/** @param {Context} ws @param {string} claim @returns {number} its number in the margin, from 1 */
export function claimNumber(ws, claim) {
  return ws.spans("claim").findIndex((span) => span.id === claim) + 1;
}

/**
 * Spans that may fill a slot, one for each wording: of several, the one nearest before the place it is asked for.
 * @param {Context} ws @param {import("../core/types.js").Label} relation @param {"head"|"via"|"tail"} slot @param {number} at code point
 * @returns {Span[]} in the order of the text
 */
export function candidates(ws, relation, slot, at) {
  /** @type {Map<string, Span>} */
  const nearest = new Map();
  const distance = (span) => (span.ranges[0][0] <= at ? at - span.ranges[0][0] : (span.ranges[0][0] - at) * 3);
  for (const span of ws.state.spans.values()) {
    if (!ws.scheme.allows(relation, slot, span.label)) continue;
    const key = `${span.label}|${ws.quote(span)}`;
    const known = nearest.get(key);
    if (!known || distance(span) < distance(known)) nearest.set(key, span);
  }
  return [...nearest.values()].sort((a, b) => a.ranges[0][0] - b.ranges[0][0]);
}

/** @param {Context} ws @param {Span} span @returns {number} the paragraph it begins in, from 1 */
export function paragraphOf(ws, span) {
  return ws.text.value.slice(0, ws.text.toUnits(span.ranges[0][0])).split("\n").filter((line) => line.trim()).length || 1;
}
