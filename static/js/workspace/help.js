/** Which keys are there? A sheet made from the same table that binds them. */
import { capOf, SHORTCUTS } from "../core/keymap.js";
import { h } from "../dom/h.js";
import { signLegend } from "./signs.js";

/** @type {HTMLDialogElement|null} */
let sheet = null;

/** Opens or closes the sheet. @param {import("./context.js").Context} ws @param {import("./label_keys.js").LabelKeys} labelKeys */
export function toggleHelp(ws, labelKeys) {
  if (sheet?.open) return sheet.close();
  sheet ??= document.body.appendChild(build(ws, labelKeys));
  sheet.showModal();
}

const GROUPS = /** @type {const} */ (["move", "label", "edit", "view", "go"]);

/** @param {import("./context.js").Context} ws @param {import("./label_keys.js").LabelKeys} labelKeys @returns {HTMLDialogElement} */
function build(ws, labelKeys) {
  const close = h("button.quiet", { type: "button", onclick: () => sheet.close() }, ws.t("close"), h("kbd", null, "Esc"));
  const sections = GROUPS.map((group) => h("section", null, h("h3", null, ws.t(`help_${group}`)), group === "label" ? [labelRows(ws, labelKeys), h("p.mute.small", null, ws.t("keys_change"))] : [], h("dl", null, rows(ws, group))));
  const notes = h("p.mute", null, ["exact", "cycle", "pieces"].map((key) => ws.t(key)).join(" · "));
  const dialog = h("dialog.help", { "aria-label": ws.t("help_title") }, h("div.head", null, h("h2", null, ws.t("help_title")), close), h("div.columns", null, sections), signLegend(ws), notes);
  return /** @type {HTMLDialogElement} */ (dialog);
}

/** The labels with their keys, each a button that asks for another one. @param {import("./context.js").Context} ws @param {import("./label_keys.js").LabelKeys} labelKeys */
function labelRows(ws, labelKeys) {
  const list = h("dl.label-keys");
  const status = h("p.key-status", { role: "status" });
  const draw = (/** @type {string} */ said = "") => {
    const held = document.activeElement?.closest(".label-keys [data-label]")?.getAttribute("data-label");
    list.replaceChildren(...ws.scheme.labels.filter(({ key }) => ws.scheme.isSpanLabel(key)).map((label) => row(label.title, [keyButton(ws, labelKeys, label, draw)])));
    status.textContent = said;
    if (held) /** @type {HTMLElement|null} */ (list.querySelector(`[data-label="${held}"]`))?.focus();
  };
  labelKeys.onChange = () => draw();
  draw();
  return h("div", null, status, list);
}

/**
 * @param {import("./context.js").Context} ws @param {import("./label_keys.js").LabelKeys} labelKeys @param {import("../core/types.js").Label} label
 * @param {(said?: string) => void} draw the list again, and a line below it
 */
function keyButton(ws, labelKeys, label, draw) {
  const cap = label.shortcut ? capOf(label.shortcut) : "–";
  const button = h("button.key-button", { type: "button", "data-label": label.key, "aria-label": `${label.title}: ${cap}. ${ws.t("key_change")}`, title: ws.t("key_change") }, h("kbd", null, cap));
  const answer = (/** @type {KeyboardEvent} */ event) => {
    if (["Shift", "Control", "Alt", "Meta", "AltGraph"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.code === "Escape" || event.code === "Tab") return draw();
    if (event.code === "Delete" || event.code === "Backspace") return labelKeys.bind(label.key, "");
    const refusal = labelKeys.refusal(event.code);
    if (refusal) return draw(`${capOf(event.code)}: ${refusal}`);
    labelKeys.bind(label.key, event.code);
  };
  button.addEventListener("click", () => {
    draw(ws.t("key_press"));
    const fresh = /** @type {HTMLElement} */ (document.querySelector(`.label-keys [data-label="${label.key}"]`));
    fresh.classList.add("is-waiting");
    fresh.focus();
    fresh.addEventListener("keydown", answer);
  });
  return button;
}

/** @param {import("./context.js").Context} ws @param {string} group @returns {HTMLElement[]} a line for each label of the table */
function rows(ws, group) {
  const shortcuts = SHORTCUTS.filter((one) => one.group === group);
  return [...new Set(shortcuts.map(({ label }) => label))].map((label) => {
    const bound = shortcuts.filter((one) => one.label === label);
    return row(ws.t(label), bound.map(({ ctrl, shift, code }) => keys([ctrl && "Ctrl", shift && code !== "Slash" && "Shift", capOf(code)].filter(Boolean))));
  });
}

/** @param {string} title @param {HTMLElement[]} combinations */
const row = (title, combinations) => h("div", null, h("dt", null, title), h("dd.ltr", null, combinations));

/** @param {string[]} caps pressed together */
const keys = (caps) => h("span.keys", null, caps.map((cap) => h("kbd", null, cap)));
