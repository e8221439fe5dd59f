/** Which value has somebody typed for an attribute? A text, a number or a list, as its JSON Schema wants it. */

/** @typedef {import("./types.js").Property} Property */

const SEPARATORS = /[\u060c,;\u061b\n]/;
const LATIN = /** @type {Record<string, string>} */ ({ "\u066b": ".", "\u066c": "", "\u2212": "-" });

/** @param {string} typed @returns {number} digits of any of the three sorts; NaN where it is no number */
export function readNumber(typed) {
  const said = typed.trim().replace(/[\u06f0-\u06f9\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) & 15)).replace(/[\u066b\u066c\u2212]/g, (sign) => LATIN[sign]);
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(said) ? Number(said) : NaN;
}

/**
 * @param {string} typed @param {Property} property
 * @returns {{value: string|number|(string|number)[]}|{wrong: "integer"|"number"}} "" says nothing at all
 */
export function readValue(typed, property) {
  if (property.type === "array") {
    const parts = typed.split(SEPARATORS).map((part) => part.trim()).filter(Boolean);
    const values = parts.map((part) => readValue(part, property.items ?? {}));
    const wrong = values.find((one) => "wrong" in one);
    if (wrong) return wrong;
    const all = [...new Set(values.map((one) => /** @type {any} */ (one).value))];
    return { value: all.length ? all : "" };
  }
  if (property.type !== "integer" && property.type !== "number") return { value: typed };
  if (!typed.trim()) return { value: "" };
  const value = readNumber(typed);
  const fits = !Number.isNaN(value) && (property.type === "number" || Number.isInteger(value)) && value >= (property.minimum ?? -Infinity) && value <= (property.maximum ?? Infinity);
  return fits ? { value } : { wrong: property.type };
}
