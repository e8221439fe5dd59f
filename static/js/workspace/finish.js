/** Is the work handed in although something looks like a slip? Asked once, with what is open. */
import { KINDS } from "../core/warnings.js";
import { h } from "../dom/h.js";
import { subjectContent } from "./subjects.js";

const MOST_SHOWN = 4;

/**
 * @param {import("./context.js").Context} ws @param {import("../core/warnings.js").Finding[]} open
 * @returns {Promise<boolean>} whether the person hands it in all the same
 */
export function askToFinish(ws, open) {
  const before = document.activeElement;
  return new Promise((resolve) => {
    const back = h("button.button.primary", { type: "button", "data-act": "back", autofocus: true, onclick: () => dialog.close() }, ws.t("finish_back"));
    const anyway = h("button.button", { type: "button", "data-act": "anyway", onclick: () => dialog.close("anyway") }, ws.t("finish_anyway"));
    const dialog = /** @type {HTMLDialogElement} */ (
      h("dialog.finish-ask", { "aria-labelledby": "finish-title" }, h("h2", { id: "finish-title" }, ws.t("warnings_open", open.length)), h("p.mute", null, ws.t("finish_hint")), kinds(ws, open), h("footer", null, anyway, back))
    );
    // Keys of the text rest while it is asked.
    dialog.addEventListener("keydown", (event) => event.stopPropagation());
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
      resolve(dialog.returnValue === "anyway");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** @param {import("./context.js").Context} ws @param {import("../core/warnings.js").Finding[]} open */
function kinds(ws, open) {
  const groups = KINDS.map((kind) => open.filter((finding) => finding.kind === kind)).filter((found) => found.length);
  return h("dl", null, groups.map((found) => {
    const shown = found.slice(0, MOST_SHOWN).map(({ noun, id }) => h("dd", null, subjectContent(ws, { span: noun === "span" ? id : null, relation: noun === "relation" ? id : null, about: {} })));
    const more = found.length > MOST_SHOWN ? h("dd.mute", null, "…") : null;
    return h("div", null, h("dt", null, ws.t(`warn_${found[0].kind}`), " ", h("bdi.count", null, ws.n(found.length))), shown, more);
  }));
}
