/** Which keys are there in adjudication? A sheet made from the same table that binds them. */
import { capOf } from "../core/keymap.js";
import { h } from "../dom/h.js";
import { SHORTCUTS } from "./keys.js";

/** @type {HTMLDialogElement|null} */
let sheet = null;

/** Opens or closes the sheet. @param {import("./context.js").Context} cx */
export function toggleHelp(cx) {
  if (sheet?.open) return sheet.close();
  sheet ??= document.body.appendChild(build(cx));
  sheet.showModal();
}

/** @param {import("./context.js").Context} cx @returns {HTMLDialogElement} */
function build(cx) {
  const close = h("button.quiet", { type: "button", onclick: () => sheet.close() }, cx.t("close"), h("kbd", null, "Esc"));
  const sections = ["decide", "go"].map((group) => h("section", null, h("h3", null, cx.t(`help_${group}`)), h("dl", null, rows(cx, group))));
  return /** @type {HTMLDialogElement} */ (h("dialog.help", { "aria-label": cx.t("help_title") }, h("div.head", null, h("h2", null, cx.t("help_title")), close), h("div.columns", null, sections)));
}

/** @param {import("./context.js").Context} cx @param {string} group @returns {HTMLElement[]} a line for each label of the table */
function rows(cx, group) {
  const shortcuts = SHORTCUTS.filter((one) => one.group === group);
  return [...new Set(shortcuts.map(({ label }) => label))].map((label) => {
    const bound = shortcuts.filter((one) => one.label === label);
    // Nine keys for nine candidates are said by the first and the last.
    const shown = bound.length > 4 ? [bound[0], bound.at(-1)] : bound;
    const caps = shown.map(({ ctrl, shift, code }) => h("span.keys", null, [ctrl && "Ctrl", shift && code !== "Slash" && "Shift", capOf(code)].filter(Boolean).map((cap) => h("kbd", null, cap))));
    return h("div", null, h("dt", null, cx.t(label)), h("dd.ltr", null, caps));
  });
}
