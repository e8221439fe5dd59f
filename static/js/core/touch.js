/** What does an operation touch? Two edits of the same field of the same thing must not pass each other unseen. */
import { labelKey } from "./operations.js";

/** @typedef {import("./types.js").Operation} Operation */

const KEPT = new Set(["op", "op_id", "id", "quote"]);

/** @param {Operation} operation @returns {{thing: string, fields: string[]|null}} null: the whole thing; as annotations/kinds/touch.py */
export function touched(operation) {
  const [noun, verb] = operation.op.split(".");
  if (noun === "label") return { thing: `label:${labelKey(/** @type {any} */ (operation))}`, fields: null };
  if (noun === "entity") return { thing: `entity:${operation.key}`, fields: null };
  return { thing: `${noun}:${operation.id}`, fields: verb === "update" ? Object.keys(operation).filter((name) => !KEPT.has(name)) : null };
}

/** Which fields of which things a row of operations has touched. */
export class Touches {
  /** @param {Iterable<Operation>} operations */
  constructor(operations) {
    /** @type {Map<string, Set<string>|null>} */
    this.things = new Map();
    for (const operation of operations) this.#add(touched(operation));
  }

  /** @param {{thing: string, fields: string[]|null}} touch */
  #add({ thing, fields }) {
    const known = this.things.get(thing) ?? new Set();
    this.things.set(thing, this.things.get(thing) === null || !fields ? null : new Set([...known, ...fields]));
  }

  /** @param {Operation} operation @returns {boolean} whether it would change what has been touched */
  meet(operation) {
    const { thing, fields } = touched(operation);
    const known = this.things.get(thing);
    return known !== undefined && (known === null || !fields || fields.some((name) => known.has(name)));
  }
}

/** @param {import("./types.js").State} state @param {string} thing @returns {string|null} what stands there, to be compared; null where nothing does */
export function standing(state, thing) {
  const at = thing.indexOf(":");
  // Its names change as others link to it: what counts is that it is there.
  if (thing.startsWith("entity:")) return state.entities.has(thing.slice(7)) ? "there" : null;
  const map = { span: state.spans, relation: state.relations, label: state.labels }[thing.slice(0, at)];
  const found = map.get(thing.slice(at + 1));
  return found ? JSON.stringify(found, sorted) : null;
}

/** Leaves the quote out, which follows from the ranges, and names what is there in one order. @param {string} key @param {any} value */
function sorted(key, value) {
  if (key === "quote") return undefined;
  if (!value || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
