/** What may stand at the ends of a relation? Chips of labels and kinds, slot by slot; what goes stays visible, struck. */
import { h } from "../dom/h.js";
import { page } from "./page.js";

const SLOTS = ["head", "via", "tail"];
const { t } = page;

/**
 * @param {import("./draft.js").Draft} draft @param {import("./draft.js").DraftLabel} label
 * @param {import("./draft.js").Kind} kind @returns {HTMLElement}
 */
export function endsOf(draft, label, kind) {
  const published = draft.published.get(label.was)?.ends ?? {};
  return h(
    "section.sch-part", null, h("h3", null, t("ends")),
    SLOTS.filter((slot) => kind.roles[slot] || label.ends[slot]?.length).map((slot) => row(draft, label, slot, kind.roles[slot] ?? t(`slot_${slot}`), published[slot] ?? [])),
  );
}

function row(draft, label, slot, title, published) {
  const allowed = label.ends[slot] ?? [];
  const change = (ends) => draft.set(label, { ends: { ...label.ends, [slot]: ends } }, { whole: true });
  const gone = published.filter((end) => !allowed.includes(end));
  const chips = [
    ...allowed.map((end) => chip(draft, end, { gone: false, toggle: () => change(allowed.filter((one) => one !== end)) })),
    ...gone.map((end) => chip(draft, end, { gone: true, toggle: () => change([...allowed, end]) })),
  ];
  const free = [...Object.keys(page.data.ends), ...draft.labels.filter((one) => page.data.ends[`@${one.kind}`] && one.key && !one.archived && !one.into).map(({ key }) => key)].filter((end) => !allowed.includes(end) && !gone.includes(end));
  const more = h("select.sch-more", { "aria-label": `${title}: ${t("end_add")}`, title: t("end_add"), "data-field": `ends.${slot}` }, h("option", { value: "" }, "+"), free.map((end) => h("option", { value: end }, titleOf(draft, end))));
  more.addEventListener("change", () => change([...allowed, /** @type {HTMLSelectElement} */ (more).value]));
  return h("div.sch-slot", null, h("span.mute", null, title), h("div.sch-chips", null, chips, more));
}

function chip(draft, end, { gone, toggle }) {
  const label = draft.labels.find(({ key }) => key === end);
  const said = titleOf(draft, end);
  return h(
    `button.sch-chip${label ? `.c-${label.color}` : ""}${gone ? ".is-gone" : ""}`,
    { type: "button", "aria-pressed": String(!gone), title: t(gone ? "take_back" : "remove"), "data-end": end, onclick: toggle },
    h("bdi", null, said), h("span", { "aria-hidden": "true" }, gone ? "+" : "×"),
  );
}

/** @param {import("./draft.js").Draft} draft @param {string} end @returns {string} */
function titleOf(draft, end) {
  const label = draft.labels.find(({ key }) => key === end);
  return label ? page.title(label) : (page.data.ends[end] ?? end);
}
