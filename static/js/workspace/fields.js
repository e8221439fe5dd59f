/** How are a label's attributes asked? One small field each, made from its JSON Schema. */
import { readValue } from "../core/values.js";
import { h } from "../dom/h.js";
import { setAttribute } from "./edits.js";

/** @typedef {import("./context.js").Context} Context */

/** A field's name with the key that leads there. @param {string} title @param {string} [cap] @returns {HTMLElement} */
export const fieldName = (title, cap = "") => h("span.field-name", null, title, cap ? h("kbd", { "aria-hidden": "true" }, cap) : null);

/** More values than this are a list to choose from. */
const MOST_BUTTONS = 4;

/**
 * @param {Context} ws @param {"span"|"relation"} noun @param {{id: string, attributes: Record<string, any>}} owner
 * @param {import("../core/types.js").Label} label @param {string[]} [without] names that are asked elsewhere
 * @returns {HTMLElement|null}
 */
export function attributeFields(ws, noun, owner, label, without = []) {
  const fields = ws.scheme.fields(label).filter(({ name }) => !without.includes(name));
  if (!fields.length) return null;
  return h(
    "div.fields", null,
    fields.map((field, at) => {
      const said = fieldName(field.title, noun === "span" && at === 0 && ws.editable ? "V" : "");
      const value = owner.attributes[field.name] ?? "";
      const set = (chosen) => setAttribute(ws, noun, owner.id, field.name, chosen);
      const buttons = choiceButtons(ws, field, value, set);
      if (buttons) return h("div.choices", { role: "group", "aria-label": field.title }, said, h("span.buttons", null, buttons));
      const input = field.choices ? choiceField(ws, field.choices, value, set) : plainField(ws, field.property, value, set);
      input.dataset.attribute = field.name;
      return h("label", null, said, input);
    }),
  );
}

/** @typedef {{value: any, title: string}} Choice */
/** @typedef {ReturnType<import("../core/scheme.js").Scheme["fields"]>[number]} Field */

/** Few values are buttons, of which one is pressed, or of a list any; a press on a chosen one takes it back. @param {Context} ws @param {Field} field */
function choiceButtons(ws, { name, choices, property, many }, value, set) {
  const all = property.type === "boolean" && !choices ? [true, false].map((one) => ({ value: one, title: ws.t(one ? "yes" : "no") })) : choices;
  if (!all || (!many && all.length > MOST_BUTTONS)) return null;
  const isChosen = (/** @type {Choice} */ choice) => (many ? [].concat(value).includes(choice.value) : choice.value === value);
  const choose = (/** @type {Choice} */ choice) => {
    if (!many) return set(isChosen(choice) ? "" : choice.value);
    const chosen = all.filter((one) => isChosen(one) !== (one === choice)).map((one) => one.value);
    set(chosen.length ? chosen : "");
  };
  const button = (/** @type {Choice} */ choice) => {
    const props = { type: "button", "aria-pressed": String(isChosen(choice)), "data-attribute": `${name}=${choice.value}`, disabled: !ws.editable, onclick: () => choose(choice) };
    return h("button.choice", props, choice.title);
  };
  return all.map(button);
}

/** @param {Context} ws @param {Choice[]} choices @returns {HTMLSelectElement} */
function choiceField(ws, choices, value, set) {
  const options = choices.map((choice) => h("option", { value: choice.value, selected: choice.value === value }, choice.title));
  const onchange = ({ target }) => set(choices.find((choice) => String(choice.value) === target.value)?.value ?? "");
  const select = h("select", { disabled: !ws.editable, onchange }, h("option", { value: "" }, "–"), options);
  return /** @type {HTMLSelectElement} */ (select);
}

/** @param {Context} ws @param {import("../core/types.js").Property} property @returns {HTMLInputElement} */
function plainField(ws, property, value, set) {
  const number = property.type === "integer" || property.type === "number";
  const list = property.type === "array";
  const onchange = ({ target }) => {
    const read = readValue(target.value, property);
    if (!("wrong" in read)) return set(read.value);
    target.setCustomValidity(wanted(ws, read, list ? (property.items ?? {}) : property));
    target.reportValidity();
  };
  const input = h("input", {
    type: "text", inputmode: property.type === "integer" ? "numeric" : number ? "decimal" : null, dir: number ? "ltr" : "auto", value: list ? [].concat(value).join("، ") : value,
    placeholder: list ? ws.t("list_of_values") : null, disabled: !ws.editable,
    onchange, oninput: ({ target }) => target.setCustomValidity(""), onkeydown: leave,
  });
  return /** @type {HTMLInputElement} */ (input);
}

/** @param {Context} ws @param {import("../core/values.js").Problem} problem @param {import("../core/types.js").Property} property @returns {string} what should have been typed */
function wanted(ws, { wrong, than }, { exclusiveMinimum, exclusiveMaximum, minimum = exclusiveMinimum, maximum = exclusiveMaximum }) {
  if (than !== undefined) return ws.t(`wanted_${wrong}`, than);
  const bounds = minimum === undefined && maximum === undefined ? "" : ` (${ws.n(minimum ?? "…")} – ${ws.n(maximum ?? "…")})`;
  return ws.t(`wanted_${wrong}`) + bounds;
}

/** Enter says what was typed, Escape takes it back; either gives the keys back to the text. @param {KeyboardEvent & {target: HTMLInputElement}} event */
export function leave(event) {
  if (event.isComposing || (event.code !== "Escape" && event.code !== "Enter")) return;
  event.preventDefault();
  if (event.code === "Escape") {
    event.target.value = event.target.defaultValue;
    event.target.setCustomValidity("");
  } else if (!event.target.checkValidity()) return event.target.reportValidity();
  event.target.blur();
}
