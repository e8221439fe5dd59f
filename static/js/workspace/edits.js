/** Which operations does a person's gesture mean? One function per verb; each is one step of undo. */
import { deleteSpan } from "../core/operations.js";
import { sameRanges, union } from "../core/ranges.js";
import { snap } from "../core/snap.js";
import { problemOf } from "../core/values.js";
import { attributionsOf } from "./facts.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("../core/types.js").Operation} Operation */
/** @typedef {import("../core/types.js").Range} Range */

/** @param {Context} ws @param {string} key @param {Range[]} ranges @returns {Operation & {id: string}} */
export function spanCreate(ws, key, ranges) {
  return { op: "span.create", id: ws.store.newId(), label: key, ranges, quote: ws.text.quote(ranges), attributes: defaults(ws, key), entity: null };
}

/** What a new span is unless said otherwise: a named mention. */
function defaults(ws, key) {
  const mention = ws.scheme.label(key).attributes.properties?.mention;
  return mention?.enum?.includes("name") ? { mention: "name" } : {};
}

/** @param {Context} ws @param {string} key @param {readonly Range[]} ranges @returns {Range[]} each piece of an entity stays within one paragraph */
export function clampTo(ws, key, ranges) {
  if (ws.scheme.label(key).kind !== "entity") return union(ranges);
  return union(ranges.map((range) => withinParagraph(ws.text, range)));
}

/** @param {import("../core/text.js").Text} text @param {Range} range @returns {Range} */
function withinParagraph(text, range) {
  const units = snap(text.value, text.toUnits(range[0]), text.toUnits(range[1]), { exact: true, oneParagraph: true });
  return units ? [text.toPoints(units[0]), text.toPoints(units[1])] : range;
}

/** @param {Context} ws @param {string} key @param {readonly Range[]} ranges @returns {string} the new span's id */
export function label(ws, key, ranges) {
  const operation = spanCreate(ws, key, clampTo(ws, key, ranges));
  ws.store.run([operation]);
  return operation.id;
}

/** @param {Context} ws @param {string} id @param {readonly Range[]} ranges moves a span's edges or pieces */
export function setRanges(ws, id, ranges) {
  const span = ws.state.spans.get(id);
  // Another hand may have deleted it while an edge was moved.
  if (!span) return ws.store.onNotice("edit_dropped");
  const moved = clampTo(ws, span.label, ranges);
  if (sameRanges(moved, span.ranges)) return;
  ws.store.run([{ op: "span.update", id, ranges: moved, quote: ws.text.quote(moved) }]);
}

/** @param {Context} ws @param {string} id @param {string} key @returns {boolean} false where its relations forbid it */
export function relabel(ws, id, key) {
  const span = ws.state.spans.get(id);
  if (span.label === key) return true;
  const stands = [...ws.state.relations.values()].every((relation) =>
    /** @type {const} */ (["head", "via", "tail"]).every((slot) => relation[slot] !== id || ws.scheme.allows(ws.scheme.label(relation.label), slot, key)),
  );
  if (!stands) return false;
  const known = ws.scheme.label(key).attributes.properties ?? {};
  const kept = Object.entries(span.attributes).filter(([name, value]) => name in known && problemOf(value, known[name]) === null);
  const first = ws.labelOf(span).kind === ws.scheme.label(key).kind ? {} : defaults(ws, key);
  const ranges = clampTo(ws, key, span.ranges);
  const place = sameRanges(ranges, span.ranges) ? {} : { ranges, quote: ws.text.quote(ranges) };
  ws.store.run([{ op: "span.update", id, label: key, ...place, attributes: { ...first, ...Object.fromEntries(kept) }, ...(ws.scheme.label(key).kind === "entity" ? {} : { entity: null }) }]);
  return true;
}

/** @param {Context} ws @param {string} id deletes a span with the relations on it */
export function remove(ws, id) {
  ws.store.run(deleteSpan(ws.state, id));
}

/** @param {Context} ws @param {"span"|"relation"} noun @param {string} id @param {string} name @param {any} value "" takes it away */
export function setAttribute(ws, noun, id, name, value) {
  const before = (noun === "span" ? ws.state.spans : ws.state.relations).get(id);
  // Another hand may have deleted it while somebody typed: the store says so.
  const { [name]: _, ...others } = before?.attributes ?? {};
  ws.store.run([{ op: `${noun}.update`, id, attributes: value === "" ? others : { ...others, [name]: value } }]);
}

/** @param {Context} ws @param {"attribution"|"stance"} kind @returns {import("../core/types.js").Label|undefined} */
export const relationLabel = (ws, kind) => ws.scheme.ofKind(kind)[0];

/**
 * Says who a claim comes from, or with which words it is reported; makes the attribution if need be.
 * @param {Context} ws @param {string} claim @param {{relation?: string|null, via?: string|null, tail?: string}} change
 * @param {Operation[]} [first] operations of the same step, for instance a new span
 */
export function attribute(ws, claim, { relation, ...change }, first = []) {
  if (relation) return void ws.store.run([...first, { op: "relation.update", id: relation, ...change }]);
  const made = { op: "relation.create", id: ws.store.newId(), label: relationLabel(ws, "attribution").key, head: claim, via: null, tail: "implicit", attributes: nesting(ws, claim) };
  ws.store.run([...first, { ...made, ...change }]);
}

/** A claim's first voice is the outermost, each further one is quoted by the one before. */
function nesting(ws, claim) {
  if (!relationLabel(ws, "attribution").attributes.properties?.level) return {};
  return { level: Math.max(0, ...attributionsOf(ws, claim).map(({ attributes }) => attributes.level ?? 1)) + 1 };
}

/**
 * @param {Context} ws @param {{head: string, via: string|null, tail: string, polarity: string}} ends
 * @param {Operation[]} [first] operations of the same step @returns {string} id of the new stance
 */
export function takeStance(ws, { head, via, tail, polarity }, first = []) {
  const id = ws.store.newId();
  ws.store.run([...first, { op: "relation.create", id, label: relationLabel(ws, "stance").key, head, via, tail, attributes: { polarity } }]);
  return id;
}

/** @param {Context} ws @param {string} id @param {Partial<import("../core/types.js").Relation>} change @param {Operation[]} [first] */
export function changeRelation(ws, id, change, first = []) {
  ws.store.run([...first, { op: "relation.update", id, ...change }]);
}

/** @param {Context} ws @param {string} id */
export function removeRelation(ws, id) {
  ws.store.run([{ op: "relation.delete", id }]);
}
