/** What does one card look like? Folded to a line, or open with its candidates, error types and note. */
import { capOf } from "../core/keymap.js";
import { h, icon } from "../dom/h.js";
import { ERROR_TYPES } from "./types.js";
import { aboutUnit, badges, chip, ICONS, sayValue } from "./values.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./types.js").Unit} Unit */

const PEN = "M3 13l1-3.2L11 3l2 2-6.8 7z";
const LINK = "M6.5 9.5l3-3M7 5l1.3-1.3a2.5 2.5 0 0 1 3.5 3.5L10.5 8.5M9 11l-1.3 1.3a2.5 2.5 0 0 1-3.5-3.5L5.5 7.5";
const CROSS = "M4 4l8 8M12 4l-8 8";
const TICK = "M3.5 8.5 6.5 11.5 12.5 4.5";
const BUBBLE = "M2.5 3.5h11v7.5h-6l-3 2.7v-2.7h-2z";

/** @param {Context} cx @param {Unit} unit @returns {HTMLElement} one line or two: what it is about, and who says what */
export function folded(cx, unit) {
  const dated = unit.verdict?.dated && h("span.dated", { title: cx.t("dated") }, "!");
  const line = h("span.line", null, icon(ICONS[unit.kind] ?? ICONS.label), h("b", null, cx.t(`kind_${unit.kind}`)), aboutUnit(cx, unit), dated, unit.settled && decidedAs(cx, unit));
  const said = !unit.settled && h("span.said", null, ...unit.candidates.map((one) => h("span.saying", null, badges(cx, one.by), ...sayValue(cx, unit, one))), unit.absent.length > 0 && h("span.saying", null, badges(cx, unit.absent), h("span.mute", null, cx.t("absent"))));
  const name = `${cx.t("card", cx.numberOf(unit))} ${cx.t(`kind_${unit.kind}`)}`;
  return h(`article.adj-card${unit.settled ? ".is-done" : ""}`, { "data-id": unit.key }, numberOf(cx, unit), h("button.face", { type: "button", "data-do": "open", "aria-label": name }, line, said || null));
}

/** @param {Context} cx @param {Unit} unit @returns {HTMLElement} at the end of a folded card: what was decided */
function decidedAs(cx, unit) {
  const { verdict } = unit;
  if (!verdict) return h("span.mute.end", null, cx.t("fell_away"));
  if (!verdict.values.length) return h("span.mute.end", null, cx.t("none"));
  const value = verdict.values[0];
  if (unit.noun === "span") return h("span.end", null, chip(cx, value.label));
  return h("span.end", null, ...sayValue(cx, unit, { ...unit.candidates[0], value }).slice(0, 1));
}

/** @param {Context} cx @param {Unit} unit @returns {HTMLElement} */
const numberOf = (cx, unit) => h("span.adj-number", { "aria-hidden": "true" }, unit.settled ? icon(TICK) : cx.n(cx.numberOf(unit)));

/**
 * @param {Context} cx @param {Unit} unit @param {{trouble: string, saving: boolean, moving: boolean}} now what the server said last, and
 *   whether an own boundary is being moved
 * @returns {HTMLElement}
 */
export function opened(cx, unit, { trouble, saving, moving }) {
  const choice = cx.choices.of(unit);
  const off = !cx.editable || saving;
  const head = h("header", null, icon(ICONS[unit.kind] ?? ICONS.label), h("b", null, cx.t(`kind_${unit.kind}`)), unit.noun === "label" ? aboutUnit(cx, unit) : chip(cx, unit.candidates[0].value.label), h("span.end.mute", null, cx.t("pairs"), " ", h("bdi", null, cx.ratio(unit.pairs))));
  const about = unit.noun === "relation" && h("p.card-about", null, aboutUnit(cx, unit));
  const rows = unit.candidates.map((candidate, at) => row(cx, unit, candidate, at, choice, off));
  const absent = unit.absent.length > 0 && h("button.candidate.is-none", { type: "button", "data-do": "none", "aria-pressed": String(choice.take?.length === 0), disabled: off }, h("kbd", null, "0"), badges(cx, unit.absent), h("span.mute", null, cx.t("absent")), choice.take?.length === 0 && icon(TICK, "icon tick"));
  const note = h("textarea", { rows: "1", dir: "auto", "data-field": "note", maxlength: "4000", placeholder: cx.t("note_hint"), "aria-label": cx.t("note"), readonly: off });
  /** @type {HTMLTextAreaElement} */ (note).value = choice.note;
  return h("article.adj-card.is-open", { "data-id": unit.key, role: "group", "aria-label": `${cx.t("card", cx.numberOf(unit))} ${cx.t(`kind_${unit.kind}`)}` },
    numberOf(cx, unit), head, about || null,
    unit.verdict?.dated && h("p.warn", { role: "status" }, cx.t("dated")),
    h("div.candidates", { role: "group", "aria-label": cx.t("candidates") }, rows, absent || null, choice.own && own(cx, unit, choice, moving)),
    ways(cx, unit, choice, off, moving),
    h("div.types", { role: "group", "aria-label": cx.t("error_type") }, h("span.mute", null, cx.t("error_type")), ERROR_TYPES.map((type) => h("button.type", { type: "button", "data-do": "type", "data-type": type, "aria-pressed": String(choice.error_type === type), disabled: off }, cx.t(`type_${type}`)))),
    note,
    trouble && h("p.trouble", { role: "alert" }, trouble, h("button.quiet", { type: "button", "data-do": "record" }, cx.t("retry"))),
    foot(cx, unit, off),
  );
}

/** @param {Context} cx @param {Unit} unit @param {import("./types.js").Candidate} candidate @param {number} at @param {import("./types.js").Choice} choice @param {boolean} off */
function row(cx, unit, candidate, at, choice, off) {
  const taken = !choice.own && (choice.take?.includes(candidate.key) ?? false);
  const why = candidate.void ? cx.t("void") : candidate.waits.length ? cx.t("waits") : "";
  return h("button.candidate", { type: "button", "data-do": "take", "data-candidate": candidate.key, "aria-pressed": String(taken), disabled: off || why !== "" },
    h("kbd", null, at < 9 ? String(at + 1) : ""), badges(cx, candidate.by), h("span.says", null, ...sayValue(cx, unit, candidate), why && h("span.why", null, why)), taken && icon(TICK, "icon tick"));
}

/** @param {Context} cx @param {Unit} unit @param {import("./types.js").Choice} choice @param {boolean} moving */
function own(cx, unit, choice, moving) {
  const keys = moving && h("span.mute.small", null, h("kbd", null, "["), h("kbd", null, "]"), " ", cx.t("move_edges"));
  const { label } = (unit.candidates.find(({ key }) => key === choice.take?.[0]) ?? unit.candidates[0]).value;
  return h("div.candidate.is-own", { "aria-pressed": "true" }, h("kbd", null, "E"), h("span.says", null, chip(cx, label), h(`bdi.quote.c-${cx.scheme.label(label).color}`, null, cx.quote(choice.own)), keys || null), icon(TICK, "icon tick"));
}

/** @param {Context} cx @param {Unit} unit @param {import("./types.js").Choice} choice @param {boolean} off @param {boolean} moving */
function ways(cx, unit, choice, off, moving) {
  const several = unit.noun !== "label" && unit.candidates.length > 1;
  const way = (name, path, cap, pressed) => h("button.way", { type: "button", "data-do": name, "aria-pressed": String(pressed), disabled: off }, icon(path), cx.t(name), h("kbd", null, cap));
  return h("div.ways", null,
    unit.noun === "span" && way("own", PEN, "E", moving || choice.own !== null),
    several && way("both", LINK, "B", (choice.take?.length ?? 0) > 1),
    way("none", CROSS, "0", choice.take?.length === 0));
}

/** @param {Context} cx @param {Unit} unit @param {boolean} off */
function foot(cx, unit, off) {
  const key = (code) => h("kbd", null, capOf(code));
  return h("footer", null,
    h("button.button.primary", { type: "button", "data-do": "record", disabled: off }, cx.t(unit.verdict ? "record_again" : "record"), h("kbd", null, "↵")),
    h("button.quiet", { type: "button", "data-do": "later", disabled: off }, cx.t("later"), key("KeyS")),
    h("button.quiet", { type: "button", "data-do": "ask" }, icon(BUBBLE), cx.t("ask"), key("KeyM")),
    h("span.end.between", null, h("button.quiet", { type: "button", "data-do": "previous", "aria-label": cx.t("previous") }, key("KeyK")), h("button.quiet", { type: "button", "data-do": "next", "aria-label": cx.t("next") }, key("KeyJ")), h("span.mute", null, cx.t("key_between"))));
}
