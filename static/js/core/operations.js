/** What does an operation change, and what takes it back? The vocabulary of annotations/edits.py over a frozen state. */

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Operation} Operation */

const SPAN_FIELDS = ["label", "ranges", "quote", "attributes", "entity"];
const ENTITY_FIELDS = ["name", "label", "name_en", "external_id"];
const RELATION_FIELDS = ["label", "head", "via", "tail", "attributes"];

/** Raised for an operation that does not fit the state. */
export class Misfit extends Error {}

/** @param {import("./types.js").PageData} data @returns {State} */
export function initialState(data) {
  return Object.freeze({
    spans: new Map(data.spans.map((span) => [span.id, span])),
    relations: new Map(data.relations.map((relation) => [relation.id, relation])),
    labels: new Map(data.article_labels.map((value) => [labelKey(value), value])),
    entities: new Map((data.entities ?? []).map((entity) => [entity.key, entity])),
  });
}

/** @param {{label: string, topic?: string|null}} value @returns {string} */
export const labelKey = ({ label, topic }) => `${label}|${topic ?? ""}`;

/** @param {Operation} operation @param {string[]} fields @returns {object} the fields that are given */
const given = (operation, fields) => Object.fromEntries(fields.filter((f) => f in operation).map((f) => [f, operation[f]]));

/** @template T @param {ReadonlyMap<string, T>} map @param {string} id @returns {T} */
function existing(map, id) {
  const found = map.get(id);
  if (!found) throw new Misfit(`nothing with the id ${id}`);
  return found;
}

/** @param {State} state @param {string} id @returns {import("./types.js").Relation[]} relations that stand on a span */
export function relationsOn(state, id) {
  return [...state.relations.values()].filter((r) => r.head === id || r.via === id || r.tail === id);
}

const PLACES = /** @type {const} */ ({ span: "spans", relation: "relations", label: "labels", entity: "entities" });

/** @param {Operation} operation @returns {"spans"|"relations"|"labels"|"entities"} which of a state's maps it changes */
const placeOf = ({ op }) => PLACES[op.split(".")[0]];

/** Refuses what the state has no place for. @param {State} state @param {Operation} operation Throws Misfit. */
function check(state, operation) {
  const { op, id } = operation;
  const [noun, verb] = op.split(".");
  if (noun === "label") return;
  if (noun === "entity") {
    // The page knows few of the project's entities: one it does not know may well be there.
    if (verb === "create" && state.entities.has(operation.key)) throw new Misfit(`the key ${operation.key} is taken`);
    return;
  }
  const map = noun === "span" ? state.spans : state.relations;
  if (verb === "create" && map.has(id)) throw new Misfit(`the id ${id} is taken`);
  if (verb !== "create") existing(map, id);
  if (op === "span.delete" && relationsOn(state, id).length) throw new Misfit("relations stand on it");
  if (noun !== "relation" || verb === "delete") return;
  for (const end of [operation.head, operation.via, operation.tail]) if (isSpan(end)) existing(state.spans, end);
}

/** @param {string|null|undefined} end @returns {boolean} whether an end of a relation is a span's id */
export const isSpan = (end) => Boolean(end) && end !== "article" && end !== "implicit" && !end.startsWith("topic:");

/** Writes into maps that may be changed, whatever stood there. @param {State} state @param {Operation} operation */
function write(state, operation) {
  const { op, id } = operation;
  const [noun, verb] = op.split(".");
  if (noun === "label") {
    const { label, topic = null, value } = operation;
    if (verb === "set") state.labels.set(labelKey(operation), Object.freeze({ label, topic, value }));
    else state.labels.delete(labelKey(operation));
    return;
  }
  if (noun === "entity") {
    const { key, name, label = "", name_en = "", external_id = "" } = operation;
    if (verb === "create") state.entities.set(key, Object.freeze({ key, label, name, name_en, external_id, aliases: [], learned: [] }));
    else state.entities.delete(key);
    return;
  }
  const [map, fields] = noun === "span" ? [state.spans, SPAN_FIELDS] : [state.relations, RELATION_FIELDS];
  const before = verb === "create" ? { id, attributes: {}, ...(noun === "span" ? { entity: null } : { via: null }) } : map.get(id);
  if (verb === "delete") map.delete(id);
  else if (before) map.set(id, Object.freeze({ ...before, ...given(operation, fields) }));
}

/** @param {State} state @param {Operation} operation @returns {State} Throws Misfit. */
export function apply(state, operation) {
  check(state, operation);
  const place = placeOf(operation);
  const after = { ...state, [place]: new Map(state[place]) };
  write(after, operation);
  return Object.freeze(after);
}

/**
 * Applies many operations, each map copied once.
 * @param {State} state @param {Operation[]} operations
 * @param {{skip?: (operation: Operation) => void}} [options] called with each that does not fit; without it all are written
 *   whatever stood there, as befits a history whose beginning the state may hold already @returns {State}
 */
export function applyAll(state, operations, { skip } = {}) {
  if (!operations.length) return state;
  const after = { spans: new Map(state.spans), relations: new Map(state.relations), labels: new Map(state.labels), entities: new Map(state.entities) };
  for (const operation of operations) {
    try {
      if (skip) check(after, operation);
      write(after, operation);
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      skip(operation);
    }
  }
  return Object.freeze(after);
}

/**
 * The operation that restores what was there.
 * @param {State} state before the operation @param {Operation} operation @param {(ranges: import("./types.js").Range[]) => string} quote
 * @returns {Operation|null} null where nothing was there to restore (a cleared label that was not set)
 */
export function inverse(state, operation, quote) {
  const { op, id } = operation;
  const [noun, verb] = op.split(".");
  if (noun === "label") return inverseLabel(state, operation);
  if (noun === "entity") return inverseEntity(state, operation);
  if (verb === "create") return { op: `${noun}.delete`, id };
  const before = existing(noun === "span" ? state.spans : state.relations, id);
  const whole = noun === "span" ? { ...before, quote: quote(before.ranges) } : before;
  const fields = noun === "span" ? SPAN_FIELDS : RELATION_FIELDS;
  if (verb === "delete") return { op: `${noun}.create`, id, ...given(whole, fields) };
  const restored = Object.fromEntries(fields.filter((f) => f in operation).map((f) => [f, whole[f]]));
  return { op, id, ...restored };
}

/** @param {State} state @param {Operation} operation @returns {Operation|null} null where the page does not know what it was */
function inverseEntity(state, { op, key }) {
  if (op === "entity.create") return { op: "entity.delete", key };
  const before = state.entities.get(key);
  return before ? { op: "entity.create", key, ...Object.fromEntries(ENTITY_FIELDS.map((field) => [field, before[field]])) } : null;
}

/** @param {State} state @param {Operation} operation @returns {Operation|null} */
function inverseLabel(state, { label, topic = null, op }) {
  const before = state.labels.get(labelKey({ label, topic }));
  if (before) return { op: "label.set", ...before };
  return op === "label.set" ? { op: "label.clear", label, topic } : null;
}

/** @param {State} state @param {string} id @returns {Operation[]} deletes a span, and first what stands on it */
export function deleteSpan(state, id) {
  const relations = relationsOn(state, id).map((relation) => ({ op: "relation.delete", id: relation.id }));
  return [...relations, { op: "span.delete", id }];
}
