/** How do list, form, preview and consequences become the label editor? Draft and publishing, keys, files; nothing is lost unasked. */
import { isField } from "../core/keymap.js";
import { h } from "../dom/h.js";
import { OfflineError, Refused, SignedOut } from "../net/api.js";
import { Consequences } from "./consequences.js";
import { Draft } from "./draft.js";
import { Form } from "./form.js";
import { List } from "./list.js";
import { page } from "./page.js";
import { Preview } from "./preview.js";
import { Server } from "./server.js";

const WAIT_MS = 200;
const { t } = page;
/** @param {string} id @returns {any} */
const byId = (id) => document.getElementById(id);
const draft = new Draft(page.data);
const server = new Server(page.data);
const list = new List(byId("labels"), draft);
const form = new Form(byId("form"), draft, { light: byId("theme-light"), dark: byId("theme-dark") });
const preview = new Preview({ doc: byId("doc"), overlay: byId("overlay"), picker: byId("picker"), cards: byId("cards") }, draft);
const bar = new Consequences(byId("consequences"), draft, { save, publish, see, pick: (label) => draft.select(label) });
let waiting = 0;
let counted = "";
/** @type {AbortController|null} */
let asking = null;

draft.onChange = (whole) => {
  list.draw();
  preview.draw();
  if (whole) form.draw();
  state();
  count();
};

/** Asks the server what the draft would do, once nothing has changed for a moment. */
function count() {
  const now = JSON.stringify(draft.labels);
  if (now === counted) return bar.draw();
  bar.counting = true;
  bar.draw();
  clearTimeout(waiting);
  waiting = setTimeout(() => ask(now), WAIT_MS);
}

/** @param {string} now the labels as JSON: an answer to older ones is not shown */
async function ask(now) {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const labels = [...draft.labels];
  const found = await answer(server.consequences(draft.labels, signal), { signal });
  if (signal.aborted) return;
  bar.counting = false;
  bar.trouble = found ? "" : bar.trouble;
  if (found) {
    counted = now;
    draft.answer = { found, labels };
  }
  list.draw();
  form.drawProblems();
  preview.draw();
  bar.draw();
}

/**
 * @template T @param {Promise<T>} promise @param {{signal?: AbortSignal, silence?: string}} [how] silence: what to say where no answer comes
 * @returns {Promise<T|null>} null where there is none: it has been said why
 */
async function answer(promise, { signal, silence = "failed" } = {}) {
  try {
    return await promise;
  } catch (error) {
    if (signal?.aborted) return null;
    if (error instanceof SignedOut) bar.trouble = t("signed_out");
    else if (error instanceof Refused) bar.trouble = error.detail;
    else if (error instanceof OfflineError) bar.trouble = t(silence);
    else throw error;
    say(bar.trouble);
    return null;
  }
}

/** @param {string} text */
function say(text) {
  byId("says").textContent = text;
}

/** Says in the title what is shown: a version, a draft, whose, saved or not. */
function state() {
  const { state: held, unsaved } = draft;
  byId("unsaved").textContent = unsaved ? `· ${t("unsaved")}` : held ? `· ${t("draft_saved")}` : "";
  byId("discard").hidden = !held && !draft.differs;
  const other = held && !held.mine ? t("other_draft", { name: held.by }) : "";
  const stale = held?.stale ? t("stale", { n: page.data.version }) : "";
  byId("notice").replaceChildren(...[other, stale].filter(Boolean).map((text) => h("p.message.info", null, h("bdi", null, text), held?.stale && text === stale ? h("button.button", { type: "button", onclick: rebase }, t("rebase")) : "")));
}

/** @returns {Promise<boolean>} whether the draft is on the server as it is here */
async function save() {
  if (!draft.unsaved) return true;
  const now = JSON.stringify(draft.labels);
  bar.busy = true;
  bar.draw();
  const held = await answer(server.save(draft.labels, draft.state?.at ?? null, draft.state?.base ?? page.data.version));
  bar.busy = false;
  if (held) {
    draft.state = held;
    draft.saved = now;
    say(t("draft_saved"));
  }
  state();
  bar.draw();
  return held !== null;
}

async function publish() {
  if (!draft.differs || bar.busy || bar.counting || draft.answer?.found.problems.length || !(await save())) return;
  bar.busy = true;
  bar.draw();
  const version = await answer(server.publish(bar.note.value, draft.state?.at ?? null), { silence: "unsure" });
  bar.busy = false;
  if (!version) return bar.draw();
  sessionStorage.setItem("scheme-published", String(version.number));
  draft.saved = JSON.stringify(draft.labels);
  location.reload();
}

/** @param {string} address of a list that is made from the saved draft */
async function see(address) {
  if (await save()) location.href = address;
}

async function rebase() {
  if (await answer(server.rebase())) location.reload();
}

async function discard() {
  if (!confirm(t("discard_sure"))) return;
  if (draft.state && !(await answer(server.discard()))) return;
  draft.reset();
}

/** @param {string} text of a file */
async function read(text) {
  const found = await answer(server.read(text));
  if (!found) return;
  const { read: all, fresh } = draft.take(found.labels);
  say(t("read", { n: all, m: fresh }));
}

/** @param {number} number of an older version that the draft shall be like */
async function takeVersion(number) {
  const found = await answer(server.version(number));
  if (!found) return;
  byId("versions").close();
  draft.take(found.labels, { alone: true });
  say(t("taken_in", { n: number }));
}

/** @param {string} kind of a new label */
function add(kind) {
  byId("kinds").hidePopover();
  draft.add(kind);
  form.focus();
}

for (const button of document.querySelectorAll("[data-kind]")) button.addEventListener("click", () => add(button.getAttribute("data-kind")));
for (const button of document.querySelectorAll("[data-version]")) button.addEventListener("click", () => takeVersion(Number(button.getAttribute("data-version"))));
for (const button of document.querySelectorAll("[data-theme-of]"))
  button.addEventListener("click", () => {
    byId("preview").dataset.theme = button.getAttribute("data-theme-of");
    for (const one of document.querySelectorAll("[data-theme-of]")) one.setAttribute("aria-pressed", String(one === button));
  });
byId("preset").addEventListener("change", ({ target }) => {
  const labels = page.data.presets[target.value];
  if (!labels) return;
  const { read: all, fresh } = draft.take(labels);
  target.value = "";
  say(t("read", { n: all, m: fresh }));
});
byId("file").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  if (file) await read(await file.text());
  target.value = "";
});
byId("discard").addEventListener("click", discard);
byId("open-versions").addEventListener("click", () => byId("versions").showModal());
byId("close-versions").addEventListener("click", () => byId("versions").close());
byId("next").addEventListener("click", () => list.step(1));
byId("previous").addEventListener("click", () => list.step(-1));

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || byId("versions").open) return;
  const ctrl = event.ctrlKey || event.metaKey;
  if (ctrl && event.code === "KeyS") save();
  else if (ctrl && event.code === "Enter") publish();
  else if (event.code === "Escape" && byId("form").contains(event.target)) list.focus();
  else if (ctrl || event.altKey || isField(event.target)) return;
  else if (event.code === "KeyN") byId("kinds").showPopover();
  else if (event.code === "Enter" && event.target instanceof Element && event.target.classList.contains("sch-row")) form.focus();
  else return;
  event.preventDefault();
});
byId("kinds").addEventListener("toggle", (event) => event.newState === "open" && byId("kinds").querySelector("button").focus());
addEventListener("beforeunload", (event) => draft.unsaved && event.preventDefault());

const dark = getComputedStyle(document.documentElement).colorScheme === "dark";
document.querySelector(`[data-theme-of=${dark ? "dark" : "light"}]`).setAttribute("aria-pressed", "true");
const published = sessionStorage.getItem("scheme-published");
if (published) say(t("published", { n: Number(published) }));
sessionStorage.removeItem("scheme-published");
list.draw();
form.draw();
preview.draw();
state();
ask(JSON.stringify(draft.labels));
document.fonts.ready.then(() => preview.draw());
document.documentElement.setAttribute("data-ready", "");
