/** How are a label's attributes asked? One small field each, made from its JSON Schema. */
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
    fields.map(({ name, title, choices, property }, at) => {
      const said = fieldName(title, noun === "span" && at === 0 && ws.editable ? "V" : "");
      const value = owner.attributes[name] ?? "";
      const set = (chosen) => setAttribute(ws, noun, owner.id, name, chosen);
      if (choices && choices.length <= MOST_BUTTONS) return h("div.choices", { role: "radiogroup", "aria-label": title }, said, choiceButtons(ws, name, choices, value, set));
      const input = choices ? choiceField(ws, choices, value, set) : plainField(ws, property, value, set);
      input.dataset.attribute = name;
      return h("label", null, said, input);
    }),
  );
}

/** A press on the chosen value takes it back. @returns {HTMLElement} */
function choiceButtons(ws, name, choices, value, set) {
  const button = (choice) => {
    const chosen = choice.value === value;
    const props = { type: "button", role: "radio", "aria-checked": String(chosen), "data-attribute": `${name}=${choice.value}`, disabled: !ws.editable, onclick: () => set(chosen ? "" : choice.value) };
    return h("button.choice", props, choice.title);
  };
  return h("span.buttons", null, choices.map(button));
}

/** @returns {HTMLSelectElement} */
function choiceField(ws, choices, value, set) {
  const options = choices.map((choice) => h("option", { value: choice.value, selected: choice.value === value }, choice.title));
  const select = h("select", { disabled: !ws.editable, onchange: (event) => set(event.target.value) }, h("option", { value: "" }, "–"), options);
  return /** @type {HTMLSelectElement} */ (select);
}

/** @returns {HTMLInputElement} */
function plainField(ws, property, value, set) {
  const number = property.type === "integer" || property.type === "number";
  const read = (text) => (text === "" || !number ? text : Number(text));
  const input = h("input", {
    type: number ? "number" : "text", value, dir: "ltr", disabled: !ws.editable, min: property.minimum, max: property.maximum, maxlength: property.maxLength,
    onchange: (event) => set(read(event.target.value)),
    onkeydown: leave,
  });
  return /** @type {HTMLInputElement} */ (input);
}

/** Enter says what was typed, Escape takes it back; either gives the keys back to the text. @param {KeyboardEvent & {target: HTMLInputElement}} event */
function leave(event) {
  if (event.isComposing || (event.code !== "Escape" && event.code !== "Enter")) return;
  if (event.code === "Escape") event.target.value = event.target.defaultValue;
  event.preventDefault();
  event.target.blur();
}
