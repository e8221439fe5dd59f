/** How is a warning mended? Where the way is clear by one step, which can be undone like any other. */
import { deleteSpan, relationsOn } from "../core/operations.js";
import { relabel, removeRelation, setRanges } from "./edits.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("../core/warnings.js").Finding} Finding */
/** @typedef {{title: string, run: () => void}} Mend */

/** @param {Context} ws @param {import("./desk.js").Desk} desk @param {Finding} finding @returns {Mend|null} null where only the person knows */
export function mendOf(ws, desk, finding) {
  const { kind, id, data } = finding;
  const title = ws.t(`mend_${kind}`);
  if (!ws.editable) return null;
  if (kind === "edge" || kind === "cut") return { title, run: () => setRanges(ws, id, data.mend) };
  if (kind === "duplicate") return { title, run: () => (finding.noun === "relation" ? removeRelation(ws, id) : merge(ws, id, data.of)) };
  if (kind === "source") return { title, run: () => askSource(desk, id) };
  const label = kind === "otherwise" ? likeliest(ws, data.others) : null;
  return label && { title: title.replace("{label}", label.title), run: () => relabel(ws, id, label.key) || desk.say(ws.t("in_use")) };
}

/** Deletes a span that is there twice; what stood on it stands on the other. @param {Context} ws @param {string} id @param {string} kept */
function merge(ws, id, kept) {
  const moved = relationsOn(ws.state, id).map((relation) => {
    const slots = /** @type {const} */ (["head", "via", "tail"]).filter((slot) => relation[slot] === id);
    return { op: "relation.update", id: relation.id, ...Object.fromEntries(slots.map((slot) => [slot, kept])) };
  });
  ws.store.run([...moved, deleteSpan(ws.state, id).at(-1)]);
}

/** @param {import("./desk.js").Desk} desk @param {string} id */
function askSource(desk, id) {
  desk.view.scrollTo(id);
  desk.selectSpan(id, [id], { popover: false });
  desk.panel.openClaim(id);
  desk.panel.lists.claims.askSource(id, null);
}

/** @param {Context} ws @param {Record<string, number>} others @returns {import("../core/types.js").Label|null} the label that the words bear most often */
function likeliest(ws, others) {
  const known = Object.keys(others).filter((key) => ws.scheme.byKey.has(key));
  const [best] = known.sort((a, b) => others[b] - others[a] || (a < b ? -1 : 1));
  return best ? ws.scheme.label(best) : null;
}
