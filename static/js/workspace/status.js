/** Is my work safe? A dot with words, and behind it what they mean: what waits, where to sign in, what was refused. */
import { h } from "../dom/h.js";
import { refusedCard } from "./refused.js";

/** @typedef {import("../net/queue.js").QueueState} QueueState */
/** @typedef {"saved"|"saving"|"queued"|"attention"|"signed_out"} Name */

const NOTE_MS = 7000;

/** @param {QueueState} state @returns {Name} */
function nameOf({ problem, waiting, refused }) {
  if (problem === "signed_out" || problem === "other_person") return "signed_out";
  if (refused.length) return "attention";
  if (waiting) return problem ? "queued" : "saving";
  return "saved";
}

export class Status {
  /** @param {import("./context.js").Context} ws @param {{button: HTMLElement, text: HTMLElement}} places */
  constructor(ws, { button, text }) {
    this.ws = ws;
    this.button = button;
    this.text = text;
    /** @type {import("../net/saving.js").Saving|null} */
    this.saving = null;
    this.panel = h("section.save-panel", { id: "save-panel", "aria-label": ws.t("save_title"), hidden: true });
    this.notes = h("div.save-notes", { role: "status" });
    button.after(this.panel);
    document.body.append(this.notes);
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", "save-panel");
    button.addEventListener("click", () => this.open(this.panel.hidden));
    this.panel.addEventListener("keydown", (event) => this.#onKey(event));
    /** @type {QueueState|null} */
    this.state = null;
    /** What the panel has been opened for by itself: it does not open twice for the same. @type {Set<string>} */
    this.told = new Set();
  }

  /** @param {QueueState} state */
  show(state) {
    const { ws } = this;
    const name = nameOf(state);
    this.state = state;
    this.button.dataset.state = name;
    const said = name === "queued" ? ws.t("queued", state.waiting) : ws.t(name);
    if (this.text.textContent !== said) this.text.textContent = said;
    document.documentElement.dataset.queue = String(state.waiting);
    const news = [...state.refused.map(({ op_id }) => op_id), name === "signed_out" ? String(state.problem) : ""].filter((one) => one && !this.told.has(one));
    for (const one of news) this.told.add(one);
    if (name !== "signed_out") for (const problem of ["signed_out", "other_person"]) this.told.delete(problem);
    if (news.length) this.open(true);
    else if (!this.panel.hidden) this.#draw();
  }

  /** @param {boolean} open shows what the state means, or hides it */
  open(open) {
    this.panel.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    if (open) this.#draw();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.code !== "Escape") return;
    event.stopPropagation();
    this.open(false);
    this.button.focus();
  }

  #draw() {
    const { ws, state } = this;
    const { refused } = state;
    // The same thing drawn again would take the focus and the click under way with it.
    const drawn = JSON.stringify([nameOf(state), state.problem, state.waiting, state.unkept, refused.map(({ op_id, refusal }) => [op_id, refusal])]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const focused = this.panel.contains(document.activeElement);
    const all = refused.length > 1 && h("button.act", { type: "button", "data-act": "retry-all", onclick: () => this.#retryAll() }, ws.t("retry_all"));
    this.panel.replaceChildren(
      h("p.save-why", null, this.#why()),
      ...[this.#way(), refused.length > 0 && h("h2", null, ws.t("refused_title", refused.length), all || null)].filter(Boolean),
      ...refused.map((row) => refusedCard(ws, row, { retry: () => this.saving.queue.retryOne(row.op_id), discard: () => this.saving.queue.discard(row.op_id) })),
    );
    if (focused && !this.panel.contains(document.activeElement)) (this.panel.querySelector("button") ?? this.button).focus();
  }

  /** @returns {string} what the state means */
  #why() {
    const { ws, state } = this;
    if (state.unkept) return ws.t("why_unkept");
    if (state.problem === "signed_out" || state.problem === "other_person") return ws.t(`why_${state.problem}`, state.waiting);
    if (state.waiting) return ws.t(state.problem ? "why_queued" : "why_saving", state.waiting);
    return state.refused.length ? ws.t("why_refused") : ws.t("why_saved");
  }

  /** @returns {HTMLElement|null} the way out of the state */
  #way() {
    const { ws, state } = this;
    const { problem, waiting } = state;
    if (problem === "signed_out" || problem === "other_person") {
      return h("a.button.primary", { href: ws.data.urls.sign_in, target: "_blank", rel: "noopener", "data-act": "sign-in" }, ws.t("sign_in"));
    }
    return problem && waiting ? h("button.button", { type: "button", "data-act": "send", onclick: () => this.saving.retry() }, ws.t("send_now")) : null;
  }

  async #retryAll() {
    for (const { op_id } of [...this.state.refused]) await this.saving.queue.retryOne(op_id);
  }

  /** Tells something for a while. What was not done is not hidden by the news that are the reason. @param {string} said @param {"news"|"dropped"} about of each the newest */
  note(said, about = "news") {
    const note = h("p.save-note", { "data-about": about }, said);
    this.notes.querySelector(`[data-about=${about}]`)?.remove();
    this.notes.append(note);
    setTimeout(() => note.remove(), NOTE_MS);
  }

  /** @param {string} status how the set stands now @param {boolean} editable */
  stand(status, editable) {
    const { ws } = this;
    const close = h("button.act", { type: "button", onclick: () => banner.remove() }, ws.t("close"));
    const banner = h("div.save-banner", { role: "status" }, h("span", null, `${ws.t(`set_${status}`)} ${ws.t(editable ? "now_editable" : "now_read_only")}`), close);
    document.querySelector(".save-banner")?.remove();
    document.getElementById("main")?.before(banner);
  }
}
