/** Which keys are there? A sheet made from the same table that binds them. */
import { capOf, SHORTCUTS } from "../core/keymap.js";
import { h } from "../dom/h.js";

/** @type {HTMLDialogElement|null} */
let sheet = null;

/** @param {import("./context.js").Context} ws opens or closes the sheet */
export function toggleHelp(ws) {
  if (sheet?.open) return sheet.close();
  sheet ??= document.body.appendChild(build(ws));
  sheet.showModal();
}

/** @param {import("./context.js").Context} ws @returns {HTMLDialogElement} */
function build(ws) {
  const keys = (shortcut) => [shortcut.ctrl && "Ctrl", shortcut.shift && shortcut.code !== "Slash" && "Shift", capOf(shortcut.code)].filter(Boolean);
  const row = (title, caps) => h("div", null, h("dt", null, title), h("dd.ltr", null, caps.map((cap) => h("kbd", null, cap))));
  const groups = /** @type {const} */ (["label", "edit", "view", "go"]).map((group) => {
    const firsts = SHORTCUTS.filter((one, at) => one.group === group && SHORTCUTS.findIndex((other) => other.action === one.action) === at);
    const rows = firsts.map((shortcut) => row(ws.t(shortcut.label), keys(shortcut)));
    const labels = group === "label" ? ws.scheme.labels.filter((label) => label.shortcut).map((label) => row(label.title, [capOf(label.shortcut)])) : [];
    return h("section", null, h("h3", null, ws.t(`help_${group}`)), h("dl", null, labels, rows));
  });
  const close = h("button.quiet", { type: "button", onclick: () => sheet.close() }, ws.t("close"), h("kbd", null, "Esc"));
  const notes = h("p.mute", null, `${ws.t("exact")} · ${ws.t("cycle")}`);
  const dialog = h("dialog.help", { "aria-label": ws.t("help_title") }, h("div.head", null, h("h2", null, ws.t("help_title")), close), h("div.columns", null, groups), notes);
  return /** @type {HTMLDialogElement} */ (dialog);
}
