/** How is an end of a relation chosen? By a list (the article, implicit, topics, claims, names), or by a click in the text. */
import { h, icon } from "../dom/h.js";
import { candidates, claimNumber } from "./facts.js";
import { fieldName } from "./fields.js";

/** @typedef {import("./context.js").Context} Context */

const PICK = "@pick";
const LONGEST = 48;
const CROSSHAIR = "M8 1v4m0 6v4M1 8h4m6 0h4M12 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0";

/**
 * @param {Context} ws
 * @param {{relation: import("../core/types.js").Label, slot: "head"|"via"|"tail", value: string|null, at: number, name: string, cap?: string,
 *   onChoose: (end: string|null) => void, onPick: () => void}} options `at`: where in the text the relation stands, `cap`: the key that asks for it
 * @returns {HTMLElement}
 */
export function endField(ws, { relation, slot, value, at, name, cap, onChoose, onPick }) {
  const spans = candidates(ws, relation, slot, at);
  const current = ws.state.spans.get(value ?? "");
  if (current && !spans.includes(current)) spans.push(current);
  const option = (end, title) => h("option", { value: end, selected: end === value }, title);
  const words = /** @type {const} */ (["article", "implicit"]).filter((word) => ws.scheme.allows(relation, slot, word));
  const claims = spans.filter((span) => ws.labelOf(span).kind === "claim");
  const names = spans.filter((span) => ws.labelOf(span).kind !== "claim");
  const topics = ws.scheme.allows(relation, slot, "topic") ? [...ws.topics.values()] : [];
  const select = h(
    "select", { "aria-label": name, "data-slot": slot, disabled: !ws.editable },
    value ? null : h("option", { value: "", selected: true, disabled: slot !== "via" }, ws.t(slot === "via" ? "none" : "choose")),
    value && slot === "via" ? h("option", { value: "" }, ws.t("none")) : null,
    h("option", { value: PICK }, ws.t("pick_in_text")),
    words.map((word) => option(word, ws.t(word))),
    group(ws.t("topics"), topics.map((topic) => option(`topic:${topic.key}`, topic.title))),
    group(ws.t("claims"), claims.map((span) => option(span.id, `${ws.n(claimNumber(ws, span.id))}. ${short(ws.quote(span))}`))),
    group(ws.t("in_text"), names.map((span) => option(span.id, `${short(ws.quote(span))} (${ws.labelOf(span).title})`))),
  );
  select.addEventListener("change", () => {
    const chosen = /** @type {HTMLSelectElement} */ (select).value;
    if (chosen === PICK) onPick();
    else onChoose(chosen || null);
  });
  const target = h("button.pick", { type: "button", title: ws.t("pick_in_text"), "aria-label": `${name}: ${ws.t("pick_in_text")}`, onclick: onPick, disabled: !ws.editable }, icon(CROSSHAIR));
  return h("label.end", null, fieldName(name, cap), h("span.with-pick", null, select, target));
}

/** @param {string} label @param {HTMLElement[]} options */
const group = (label, options) => (options.length ? h("optgroup", { label }, options) : null);

/** @param {string} quote */
const short = (quote) => (quote.length > LONGEST ? `${quote.slice(0, LONGEST)}…` : quote);
