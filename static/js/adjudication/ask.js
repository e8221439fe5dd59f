/** How does an adjudicator ask the annotators what they meant? By a comment on each of their annotations, in their own work. */
import { newId } from "../core/ids.js";
import { h } from "../dom/h.js";
import { aboutUnit } from "./values.js";

/** @typedef {import("./context.js").Context} Context */

/**
 * Opens the sheet for the current disagreement.
 * @param {Context} cx @param {import("../net/adjudication.js").AdjudicationApi} api @param {(said: string) => void} say
 */
export function ask(cx, api, say) {
  const { unit } = cx;
  if (!unit) return;
  const taken = cx.choices.of(unit).take ?? [];
  const asked = unit.candidates.filter(({ key }) => !taken.length || taken.includes(key));
  const words = /** @type {HTMLTextAreaElement} */ (h("textarea", { rows: "3", dir: "auto", required: true, maxlength: "4000", "aria-label": cx.t("question") }));
  const trouble = h("p.trouble", { role: "alert", hidden: true });
  const send = /** @type {HTMLButtonElement} */ (h("button.button.primary", null, cx.t("ask_send")));
  const numbers = asked.flatMap(({ by }) => by);
  const form = h("form", { method: "dialog" }, h("h2", null, cx.t("ask_title").replace("{n}", numbers.map((one) => cx.n(one)).join(` ${cx.t("and")} `))), h("p.mute", null, aboutUnit(cx, unit)), words, trouble, h("footer", null, send, h("button.quiet", { type: "button", onclick: () => dialog.close() }, cx.t("cancel"))));
  const dialog = /** @type {HTMLDialogElement} */ (h("dialog.ask-sheet", { "aria-label": cx.t("ask") }, form));
  // One id for each set: what was sent before the connection broke is not said twice.
  const ids = new Map(asked.flatMap(({ sources }) => sources.map(({ set }) => [set, newId()])));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    send.disabled = true;
    try {
      for (const { set, id } of asked.flatMap(({ sources }) => sources)) {
        if (set !== null) await api.comment(set, { id: ids.get(set), text: words.value, ...(id ? { [unit.noun]: id } : {}) });
      }
      dialog.close();
      say(cx.t("asked"));
    } catch (error) {
      send.disabled = false;
      trouble.hidden = false;
      trouble.textContent = error.detail ?? cx.t("not_saved");
    }
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  words.focus();
}
