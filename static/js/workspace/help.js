/** Which keys are there? A sheet made from the same table that binds them. */
import { capOf, SHORTCUTS } from "../core/keymap.js";
import { h } from "../dom/h.js";
import { signLegend } from "./signs.js";

/** @type {HTMLDialogElement|null} */
let sheet = null;

/** @param {import("./context.js").Context} ws opens or closes the sheet */
export function toggleHelp(ws) {
  if (sheet?.open) return sheet.close();
  sheet ??= document.body.appendChild(build(ws));
  sheet.showModal();
}

const GROUPS = /** @type {const} */ (["move", "label", "edit", "view", "go"]);

/** @param {import("./context.js").Context} ws @returns {HTMLDialogElement} */
function build(ws) {
  const close = h("button.quiet", { type: "button", onclick: () => sheet.close() }, ws.t("close"), h("kbd", null, "Esc"));
  const sections = GROUPS.map((group) => h("section", null, h("h3", null, ws.t(`help_${group}`)), h("dl", null, group === "label" ? labelRows(ws) : [], rows(ws, group))));
  const notes = h("p.mute", null, ["exact", "cycle", "pieces"].map((key) => ws.t(key)).join(" · "));
  const dialog = h("dialog.help", { "aria-label": ws.t("help_title") }, h("div.head", null, h("h2", null, ws.t("help_title")), close), h("div.columns", null, sections), signLegend(ws), notes);
  return /** @type {HTMLDialogElement} */ (dialog);
}

/** @param {import("./context.js").Context} ws @returns {HTMLElement[]} */
const labelRows = (ws) => ws.scheme.labels.filter((label) => label.shortcut).map((label) => row(label.title, [keys([capOf(label.shortcut)])]));

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
