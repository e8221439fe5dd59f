/** What does a warning say? What it is about, what is wrong, and the buttons that mend or dismiss it. */
import { h } from "../dom/h.js";
import { mendOf } from "./mends.js";
import { subjectContent } from "./subjects.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("../core/warnings.js").Finding} Finding */

const SLOTS = {
  attribution: { head: "claim", via: "cue", tail: "source" },
  stance: { head: "holder", via: "expression", tail: "target" },
};
const SHOWN_WORDS = 4;
const PLACEHOLDER = /\{(\w+)\}/;

/** @param {string} said @param {Record<string, Node|string>} parts by the name in braces @returns {(Node|string)[]} */
export function phrase(said, parts) {
  return said.split(PLACEHOLDER).map((piece, at) => (at % 2 ? (parts[piece] ?? piece) : piece));
}

/** @param {Context} ws @param {Finding} finding @returns {(Node|string)[]} what is wrong, and how it would be right */
export function why(ws, { kind, noun, id, data }) {
  const quote = (ranges) => h("bdi.quote", null, `«${brief(ws.text.quote(ranges).replaceAll("\n", " "))}»`);
  const owner = (noun === "span" ? ws.state.spans : ws.state.relations).get(id);
  const label = ws.scheme.label(owner?.label ?? "");
  const parts = {
    becomes: data.mend ? quote(data.mend) : "",
    words: data.words ? joined(data.words.map((word) => quote([word]))) : "",
    others: data.others ? Object.entries(data.others).map(([key, n]) => `${ws.scheme.label(key).title} ${ws.n(n)}`).join("، ") : "",
    own: ws.n(data.own ?? ""),
    name: data.name ? h("bdi", null, ws.scheme.fields(label).find(({ name }) => name === data.name)?.title ?? data.name) : "",
    slot: data.slot ? ws.t(SLOTS[label.kind]?.[data.slot] ?? data.slot) : "",
  };
  return phrase(ws.t(`why_${kind}`), parts);
}

/** @param {string} said @returns {string} its first and last words: what is wrong lies at the edges */
function brief(said) {
  const words = said.split(" ");
  return words.length > 2 * SHOWN_WORDS ? [...words.slice(0, SHOWN_WORDS), "…", ...words.slice(-SHOWN_WORDS)].join(" ") : said;
}

/** @param {Node[]} nodes @returns {HTMLElement} */
const joined = (nodes) => h("span", null, nodes.flatMap((node, at) => (at ? ["، ", node] : [node])));

/** @param {Context} ws @param {import("./warnings.js").Warnings} all @param {Finding} finding @param {boolean} dismissed @returns {HTMLElement} a line of the list */
export function warningItem(ws, all, finding, dismissed) {
  const subject = { span: finding.noun === "span" ? finding.id : null, relation: finding.noun === "relation" ? finding.id : null, about: {} };
  const go = h("button.subject", { type: "button", "data-act": "go", title: ws.t("warning_go"), onclick: () => all.goTo(finding) }, subjectContent(ws, subject));
  return h("li.warning", { "data-key": finding.key }, go, h("p.why", null, why(ws, finding)), actions(ws, all, finding, dismissed));
}

/** @param {Context} ws @param {import("./warnings.js").Warnings} all @param {Finding} finding @param {boolean} dismissed @returns {HTMLElement} */
function actions(ws, all, finding, dismissed) {
  const mend = dismissed ? null : mendOf(ws, all.desk, finding);
  const turn = () => all.dismissals.set([finding.key], !dismissed);
  return h(
    "div.warning-acts", null,
    mend && h("button.act", { type: "button", "data-act": "mend", onclick: mend.run }, mend.title),
    h("button.act", { type: "button", "data-act": dismissed ? "restore" : "dismiss", onclick: turn }, ws.t(dismissed ? "warning_restore" : "warning_dismiss")),
  );
}

/** @param {Context} ws @param {import("./warnings.js").Warnings} all @param {Finding[]} findings of one span @returns {HTMLElement|null} for its popover */
export function remarks(ws, all, findings) {
  if (!findings.length) return null;
  return h("ul.remarks", null, findings.map((finding) => h("li.warning", { "data-key": finding.key }, h("p.why", null, why(ws, finding)), actions(ws, all, finding, false))));
}
