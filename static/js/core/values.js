/** Which value has somebody typed for an attribute, and does it fit? A text, a number or a list, as its JSON Schema wants it. */

/** @typedef {import("./types.js").Property} Property */
/** @typedef {"type"|"integer"|"number"|"choice"|"short"|"long"|"step"|"few"|"many"} Wrong */
/** @typedef {{wrong: Wrong, than?: number}} Problem `than`: the bound that is missed */

const SEPARATORS = /[\u060c,;\u061b\n]/;
const LATIN = /** @type {Record<string, string>} */ ({ "\u066b": ".", "\u066c": "", "\u2212": "-" });

/** @param {string} typed @returns {number} digits of any of the three sorts; NaN where it is no number */
export function readNumber(typed) {
  const said = typed.trim().replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) & 15)).replace(/[\u066b\u066c\u2212]/g, (sign) => LATIN[sign]);
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(said) ? Number(said) : NaN;
}

/**
 * @param {string} typed @param {Property} property
 * @returns {{value: string|number|(string|number)[]}|Problem} "" says nothing at all
 */
export function readValue(typed, property) {
  if (!typed.trim()) return { value: property.type === "string" || !property.type ? typed : "" };
  const value = property.type === "array" ? listOf(typed, property) : isNumeric(property) ? readNumber(typed) : typed;
  return Array.isArray(value) && !value.length ? { value: "" } : (problemOf(value, property) ?? { value });
}

/** @param {string} typed @param {Property} property @returns {(string|number)[]} */
function listOf(typed, { items = {} }) {
  const parts = typed.split(SEPARATORS).map((part) => part.trim()).filter(Boolean);
  return [...new Set(parts.map((part) => (isNumeric(items) ? readNumber(part) : part)))];
}

/** @param {Property} property */
const isNumeric = ({ type }) => type === "integer" || type === "number";

/** @param {any} value @param {Property} property @returns {Problem|null} what the server would refuse it for, as far as one can be told at the field; several types are left to it */
export function problemOf(value, property) {
  if (property.enum) return property.enum.includes(value) ? null : { wrong: "choice" };
  if (isNumeric(property)) return ofNumber(value, property);
  if (property.type === "array") return Array.isArray(value) ? ofList(value, property) : { wrong: "type" };
  if ((property.type === "string" || property.type === "boolean") && typeof value !== property.type) return { wrong: "type" };
  return typeof value === "string" ? ofText(value, property) : null;
}

/** @param {any} value @param {Property} property @returns {Problem|null} */
function ofNumber(value, { type, minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity, exclusiveMaximum = Infinity, multipleOf }) {
  const within = value >= minimum && value <= maximum && value > exclusiveMinimum && value < exclusiveMaximum;
  if (!Number.isFinite(value) || !within || (type === "integer" && !Number.isInteger(value))) return { wrong: /** @type {"integer"|"number"} */ (type) };
  // As the server has it, in binary fractions: 0.3 is no multiple of 0.1.
  return multipleOf && !Number.isInteger(value / multipleOf) ? { wrong: "step", than: multipleOf } : null;
}

/** @param {string} value @param {Property} property @returns {Problem|null} its length is counted in code points */
function ofText(value, { minLength = 0, maxLength = Infinity }) {
  const { length } = [...value];
  if (length < minLength) return { wrong: "short", than: minLength };
  return length > maxLength ? { wrong: "long", than: maxLength } : null;
}

/** @param {any[]} value @param {Property} property @returns {Problem|null} */
function ofList(value, { items = {}, minItems = 0, maxItems = Infinity }) {
  const problem = value.map((one) => problemOf(one, items)).find(Boolean);
  if (problem) return problem;
  if (value.length < minItems) return { wrong: "few", than: minItems };
  return value.length > maxItems ? { wrong: "many", than: maxItems } : null;
}
