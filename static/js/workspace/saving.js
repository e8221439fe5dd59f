/** How does saving meet the page? Edits of the store are kept and sent; what comes back is shown: state, cards, news, read only. */
import { labelKey } from "../core/operations.js";
import { keepForGood, openDatabase } from "../net/database.js";
import { Saving } from "../net/saving.js";
import { UndoLog } from "../net/undo_log.js";
import { Status } from "./status.js";

/** @typedef {import("../core/types.js").Operation} Operation */
/** @typedef {import("../core/types.js").State} State */

/**
 * @param {import("./context.js").Context} ws @param {import("./desk.js").Desk} desk @param {{button: HTMLElement, text: HTMLElement}} places
 * @param {import("./labels.js").Labels} labels
 * @returns {{saving: Saving, resumed: Promise<void>}} from now on every edit is kept, even while IndexedDB still opens; `resumed` once
 *   what an earlier visit left is shown
 */
export function startSaving(ws, desk, places, labels) {
  const { data, store } = ws;
  const owner = { person: data.person, set: data.set.id };
  const status = new Status(ws, places);
  const database = openDatabase();
  const saving = new Saving({
    store, database, owner, place: { url: data.urls.operations, sha256: data.article.sha256, title: ws.doc.getAttribute("aria-label") ?? "", page: location.pathname },
    onState: (state) => status.show(state),
    onForeign: (steps) => status.note(ws.t("from_elsewhere", steps.reduce((sum, { operations }) => sum + operations.length, 0))),
    onStanding: (standing) => stand(ws, desk, status, standing),
    onScheme: async (version, topics) => (await labels.follow(version, topics)) && status.note(ws.t("scheme_changed", version)),
    onRewound: () => location.reload(),
    onUnsettled: () => status.open(true),
  });
  status.saving = saving;
  store.onNotice = (notice) => status.note(ws.t(notice), "dropped");
  store.onEdit = ({ before, operations }) => {
    saving.push(operations.map((operation) => ({ operation, about: aboutOf(ws, before, operation) })));
    keepForGood();
  };
  // Said before the undo of it is kept: a field that is in use when the page goes has said nothing yet.
  addEventListener("pagehide", () => [desk.popover, desk.panel].forEach(({ typing }) => typing.settle()));
  warnOfLoss(saving);
  return { saving, resumed: resume(ws, saving, new UndoLog(database, owner, store.history)) };
}

/** Takes up what an earlier visit left, unsent edits and steps of undo. @param {import("./context.js").Context} ws @param {Saving} saving @param {UndoLog} log */
async function resume({ store }, saving, log) {
  const kept = await log.load();
  await saving.start();
  if (kept) store.restoreHistory(kept);
  log.saveSoon();
  store.subscribe(() => log.saveSoon());
  addEventListener("pagehide", () => log.save());
  watch(saving);
}

/** Tries again when there is reason to hope; asks for news while somebody works here. @param {Saving} saving */
function watch(saving) {
  addEventListener("online", () => saving.retry());
  addEventListener("focus", () => saving.retry());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && saving.retry());
  for (const event of ["keydown", "pointerdown"]) document.addEventListener(event, () => saving.live.wake(), { passive: true });
}

/** Asks before the page is closed, only where this browser could not keep what the server does not hold. @param {Saving} saving */
function warnOfLoss(saving) {
  addEventListener("beforeunload", (event) => saving.queue.outbox.endangered && event.preventDefault());
}

/** @param {import("./context.js").Context} ws @param {import("./desk.js").Desk} desk @param {Status} status @param {import("../net/saving.js").Standing} standing */
function stand(ws, desk, status, { status: said, editable }) {
  const known = ws.data.set.status;
  ws.data.set.status = said;
  if (editable !== ws.editable) {
    ws.editable = editable;
    desk.clear();
    desk.panel.draw();
    document.getElementById("finish")?.toggleAttribute("hidden", !editable);
    document.documentElement.toggleAttribute("data-read-only", !editable);
    status.stand(said, editable);
  } else if (said !== known && known !== "assigned") status.stand(said, editable);
}

/** @param {import("./context.js").Context} ws @param {State} before @param {Operation} operation @returns {import("../net/outbox.js").About} what a card calls it */
function aboutOf(ws, before, operation) {
  const [noun] = operation.op.split(".");
  if (noun === "label") return { label: operation.label, quotes: [operation.value ?? before.labels.get(labelKey(/** @type {any} */ (operation)))?.value ?? ""] };
  if (noun === "entity") return { label: operation.label ?? null, quotes: [operation.name ?? before.entities.get(operation.key)?.name ?? ""] };
  const known = { ...(noun === "span" ? before.spans : before.relations).get(operation.id), ...operation };
  const titleOf = (/** @type {string} */ end) => (before.spans.has(end) ? ws.quote(before.spans.get(end)) : ws.endTitle(end));
  const quotes = noun === "span" ? [known.ranges ? ws.text.quote(known.ranges) : ""] : [known.head, known.tail].filter(Boolean).map(titleOf);
  return { label: known.label ?? null, quotes: quotes.map(short) };
}

/** @param {string} quote @returns {string} */
const short = (quote) => (quote.length > 80 ? `${[...quote].slice(0, 79).join("")}…` : quote);
