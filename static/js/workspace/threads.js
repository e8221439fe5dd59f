/** What do threads look like? What each is about, what was said, what can be done; and the fields for writing. */
import { pieces } from "../core/calling.js";
import { h } from "../dom/h.js";
import { Caller } from "./caller.js";
import { stands, subjectContent } from "./subjects.js";

/** @typedef {import("../net/comments.js").Comment} Comment */
/** @typedef {import("../net/comments.js").Said} Said */
/** @typedef {import("./conversation.js").Thread} Thread */

const LONGEST = 4000;

/** @param {string} text @returns {(string|HTMLElement)[]} names stand apart: «@sara» at the head says nothing of a text's direction */
const words = (text) => pieces(text).map((piece) => (piece.called ? h("bdi.called", null, piece.text) : piece.text));

export class Threads {
  /** @param {import("./context.js").Context} ws @param {import("./talk.js").Talk} talk acts on what is clicked */
  constructor(ws, talk) {
    Object.assign(this, { ws, talk });
    /** @type {Map<string, HTMLElement>} fields stay the same elements: a redraw must not lose words or the caret */
    this.fields = new Map();
    const [date, other] = ws.language === "fa" ? ["fa-IR", "en-GB"] : ["en-GB", "fa-IR"];
    this.date = new Intl.DateTimeFormat(date, { dateStyle: "medium", timeStyle: "short" });
    this.other = new Intl.DateTimeFormat(other, { dateStyle: "medium", timeStyle: "short" });
  }

  /** @param {Thread} thread @returns {HTMLElement} */
  thread({ root, answers, waiting }) {
    const { ws, talk } = this;
    const closed = root.resolved_at !== null;
    const writing = talk.writing.has(`answer:${root.id}`);
    const acts = [
      !writing && !closed && this.#act("answer", ws.t("comment_answer"), () => talk.begin(`answer:${root.id}`)),
      ws.data.talk.resolves && this.#act("resolve", ws.t(closed ? "comment_reopen" : "comment_resolve"), () => talk.close(root, !closed)),
    ];
    return h(
      `article.card.thread${closed ? ".is-closed" : ""}`, { "data-thread": root.id },
      this.#subject(root),
      h("ol.said", null, [root, ...answers].map((comment) => this.#comment(comment)), waiting.map((said) => this.#waiting(said))),
      closed && h("p.mute.small.closed-by", null, ws.t("comment_resolved"), root.resolved_by ? [" · ", h("bdi", null, root.resolved_by)] : "", " · ", this.#time(root.resolved_at)),
      this.#problem(root.id),
      writing && this.field(`answer:${root.id}`, ws.t("comment_answer")),
      h("div.thread-acts", null, acts),
    );
  }

  /** A thread that is only begun: its words are being written, or on their way. @param {import("./subjects.js").Subject} subject @param {Said[]} waiting @param {string|null} target */
  begun(subject, waiting, target) {
    return h(
      "article.card.thread.is-begun", null,
      this.#subject(subject),
      waiting.length > 0 && h("ol.said", null, waiting.map((said) => this.#waiting(said))),
      target && this.field(target, this.ws.t("comment_write")),
    );
  }

  /** @param {import("./subjects.js").Subject} subject */
  #subject(subject) {
    const content = subjectContent(this.ws, subject);
    const leads = (subject.span || subject.relation) && stands(this.ws, subject);
    return leads
      ? h("button.subject", { type: "button", onclick: () => this.talk.goTo(subject) }, content)
      : h("div.subject", null, content);
  }

  /** @param {Comment} comment */
  #comment(comment) {
    const { ws, talk } = this;
    if (comment.deleted) return h("li.comment.mute", { "data-comment": comment.id }, ws.t("comment_deleted"));
    const target = `edit:${comment.id}`;
    if (talk.writing.has(target)) return h("li.comment", { "data-comment": comment.id }, this.field(target, ws.t("edit")), this.#problem(comment.id));
    return h(
      "li.comment", { "data-comment": comment.id },
      h(
        "div.by", null,
        h("bdi.author", null, comment.mine ? ws.t("comment_me") : (comment.author ?? ws.t("comment_nobody"))),
        this.#time(comment.created_at),
        comment.edited_at && h("span.mute", null, ws.t("comment_edited")),
        comment.unread && h("b.new", null, ws.t("comment_new")),
        h("span.own-acts", null, this.#ownActs(comment)),
      ),
      h("p.words", { dir: "auto" }, ...words(comment.text)),
      this.#problem(comment.id),
    );
  }

  /** @param {Comment} comment */
  #ownActs(comment) {
    const { ws, talk } = this;
    const asked = talk.asked === comment.id;
    return [
      comment.mine && this.#act("edit", ws.t("edit"), () => talk.begin(`edit:${comment.id}`)),
      (comment.mine || ws.data.talk.manages) &&
        this.#act("delete", ws.t(asked ? "comment_delete_sure" : "delete"), () => talk.remove(comment), asked ? ".danger.is-asked" : ""),
    ];
  }

  /** @param {Said} said */
  #waiting(said) {
    const { ws, talk } = this;
    const { state, why } = talk.sender.states.get(said.id) ?? { state: "sending", why: "" };
    const stuck = state !== "sending";
    return h(
      `li.comment.is-waiting.is-${state}`, { "data-comment": said.id },
      h("p.words", { dir: "auto" }, ...words(said.text)),
      h(
        "div.by", { role: "status" },
        h("span.state-word", null, ws.t(stuck ? "comment_not_sent" : "comment_sending"), why && ` ${why}`),
        stuck && this.#act("again", ws.t("comment_again"), () => talk.sender.retry(said.id)),
        stuck && this.#act("discard", ws.t("comment_take_back"), () => talk.takeBack(said)),
      ),
    );
  }

  /** @param {string} act @param {string} title @param {() => void} onclick @param {string} [cls] */
  #act(act, title, onclick, cls = "") {
    return h(`button.act${cls}`, { type: "button", "data-act": act, onclick }, title);
  }

  /** @param {string} moment */
  #time(moment) {
    const date = new Date(moment);
    return h("time.mute", { datetime: moment, title: this.other.format(date) }, this.date.format(date));
  }

  /** @param {string} id */
  #problem(id) {
    return this.talk.problem?.id === id && h("p.problem", { role: "alert" }, this.talk.problem.said);
  }

  /** @param {string} target @param {string} name @returns {HTMLElement} the field for words about it, the same one each time */
  field(target, name) {
    const known = this.fields.get(target);
    if (known) return known;
    const { ws, talk } = this;
    const area = /** @type {HTMLTextAreaElement} */ (h("textarea", { "aria-label": name, placeholder: name, rows: 3, maxlength: LONGEST, dir: "auto" }));
    area.value = talk.unsent.draft(target) || talk.textOf(target);
    const send = h("button.button.primary", { type: "submit", disabled: !area.value.trim() }, ws.t("comment_send"), h("kbd", null, "Ctrl ↵"));
    area.addEventListener("input", () => {
      talk.unsent.keepDraft(target, area.value);
      send.toggleAttribute("disabled", !area.value.trim());
    });
    area.addEventListener("keydown", (event) => {
      if (event.code !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      talk.send(target, area.value.trim());
    });
    const { list } = new Caller(area, ws.data.talk.people, ws.t("comment_call"));
    const onsubmit = (event) => (event.preventDefault(), talk.send(target, area.value.trim()));
    const cancel = h("button.act", { type: "button", onclick: () => talk.giveUp(target) }, ws.t("cancel"));
    const form = h("form.write", { "data-target": target, onsubmit }, h("div.calling", null, area, list), h("div.thread-acts", null, send, cancel));
    this.fields.set(target, form);
    return form;
  }

  /** @param {string} target forgets its field */
  drop(target) {
    this.fields.delete(target);
  }
}
