/** How do people talk about this work? Writing, answering, closing, taking back; by key, by mouse, and without a network. */
import { newId } from "../core/ids.js";
import { CommentRefused, Comments, Unsent } from "../net/comments.js";
import { h } from "../dom/h.js";
import { Bubbles } from "./bubbles.js";
import { Conversation } from "./conversation.js";
import { covers, Drawer } from "./drawer.js";
import { Sender } from "./sender.js";
import { targetOf } from "./subjects.js";
import { Threads } from "./threads.js";

/** @typedef {import("../net/comments.js").Comment} Comment */
/** @typedef {import("./conversation.js").Thread} Thread */

export class Talk {
  /** @param {import("./context.js").Context} ws @param {import("./desk.js").Desk} desk @param {{panel: HTMLElement, popover: HTMLElement, list: HTMLElement, overlay: HTMLElement, button: HTMLElement}} places */
  constructor(ws, desk, { panel, popover, list, overlay, button }) {
    Object.assign(this, { ws, desk, list, button });
    this.conversation = new Conversation(ws, ws.data.talk.comments);
    this.server = new Comments(ws.data.urls.comments, ws.data.talk.me);
    this.unsent = new Unsent(ws.data.set.id, ws.data.talk.me, ws.data.urls.comments);
    this.sender = new Sender(this.server, this.unsent, { onSent: (comment) => this.conversation.add(comment), onState: () => this.draw() });
    /** @type {Set<string>} what is being written about; words left from an earlier visit are open again */
    this.writing = new Set(this.unsent.targets());
    /** @type {{id: string, said: string}|null} */
    this.problem = null;
    /** @type {string|null} the comment whose deletion was asked for once */
    this.asked = null;
    this.drawer = new Drawer(ws, { id: "talk", title: ws.t("talk"), panel, button, onOpen: () => this.#onOpen(), onClose: () => this.#onClose() });
    this.threads = new Threads(ws, this);
    this.bubbles = new Bubbles(ws, desk.view, overlay);
    popover.addEventListener("click", (event) => event.target.closest?.("[data-act=talk]") && this.write());
    list.addEventListener("click", (event) => event.target.closest?.("[data-act=talk]") && this.write(event.target.closest(".card").getAttribute("data-id")));
    // An edit is painted first.
    ws.store.subscribe(() => requestAnimationFrame(() => this.draw()));
    this.draw();
    this.sender.flush();
  }

  toggle() {
    if (this.drawer.open) this.drawer.close();
    else this.drawer.show();
  }

  /** @param {string|null} [id] span or relation to write about; else what is under the hand, else the article */
  write(id = this.#inHand()) {
    const { spans, relations } = this.ws.state;
    const subject = { span: spans.has(id) ? id : null, relation: relations.has(id) ? id : null };
    const open = this.#all().find(({ root }) => !root.resolved_at && root.span === subject.span && root.relation === subject.relation);
    this.begin(open && (subject.span || subject.relation) ? `answer:${open.root.id}` : targetOf(subject));
  }

  /** @returns {string|null} the card with the keyboard, the selected span, the open card */
  #inHand() {
    const active = document.activeElement?.closest(".card, .mention");
    const focused = active && this.list.contains(active) ? active.getAttribute("data-id") : null;
    return focused ?? this.desk.view.selected ?? this.list.querySelector(".card.is-open")?.getAttribute("data-id") ?? null;
  }

  /** @param {string} target opens the field for words about it */
  begin(target) {
    this.writing.add(target);
    this.drawer.show({ focus: null });
    this.draw();
    const area = this.drawer.body.querySelector(`[data-target="${CSS.escape(target)}"] textarea`);
    area?.focus({ preventScroll: true });
    area?.closest("form").scrollIntoView({ block: "nearest" });
  }

  /** @param {string} target @returns {string} the words that are to be changed */
  textOf(target) {
    return target.startsWith("edit:") ? (this.conversation.get(target.slice(5))?.text ?? "") : "";
  }

  /** @param {string} target closes its field, its words are gone from there; the keyboard goes back to the text */
  giveUp(target) {
    this.unsent.keepDraft(target, "");
    this.writing.delete(target);
    this.threads.drop(target);
    this.draw();
    this.drawer.back();
  }

  /** @param {string} target @param {string} text */
  async send(target, text) {
    if (!text) return;
    const [kind, id = null] = target.split(":");
    if (kind === "edit") return this.#rewrite(target, id, text);
    this.unsent.add({ id: newId(), text, span: kind === "span" ? id : null, relation: kind === "relation" ? id : null, parent: kind === "answer" ? id : null });
    this.giveUp(target);
    await this.sender.flush();
  }

  /** @param {string} target @param {string} id @param {string} text the draft is kept until the server has it */
  async #rewrite(target, id, text) {
    if (await this.#try(id, async () => this.conversation.keep(await this.server.rewrite(id, text)))) this.giveUp(target);
  }

  /** @param {import("../net/comments.js").Said} said words that were not sent go back into their field */
  takeBack(said) {
    const target = said.parent ? `answer:${said.parent}` : targetOf(said);
    const before = this.unsent.draft(target);
    this.unsent.keepDraft(target, before ? `${before}\n${said.text}` : said.text);
    this.unsent.drop(said.id);
    this.threads.drop(target);
    this.begin(target);
  }

  /** @param {Comment} root @param {boolean} closed */
  async close(root, closed) {
    await this.#try(root.id, async () => this.conversation.keep(await this.server.close(root.id, closed)));
  }

  /** @param {Comment} comment asks first, then takes it away */
  async remove(comment) {
    const sure = this.asked === comment.id;
    this.asked = sure ? null : comment.id;
    if (!sure) return this.draw();
    await this.#try(comment.id, async () => {
      await this.server.remove(comment.id);
      this.conversation.delete(comment);
    });
  }

  /** @param {string} id of the comment that it is about @param {() => Promise<void>} act @returns {Promise<boolean>} */
  async #try(id, act) {
    this.problem = null;
    try {
      await act();
    } catch (error) {
      this.problem = { id, said: error instanceof CommentRefused ? error.message : this.ws.t("comment_failed") };
    }
    this.draw();
    return this.problem === null;
  }

  /** @param {import("./subjects.js").Subject} subject leads to it in the text or the lists */
  goTo({ span, relation }) {
    const { desk, ws } = this;
    if (covers()) this.drawer.close();
    desk.clear();
    if (span) {
      desk.view.scrollTo(span);
      return desk.view.select(span);
    }
    const found = ws.state.relations.get(relation);
    if (ws.scheme.label(found.label).kind !== "stance") return desk.panel.openClaim(found.head);
    desk.panel.lists.stances.open = relation;
    desk.panel.show("stances");
    desk.view.showStance(found);
  }

  async #onOpen() {
    this.draw();
    try {
      const fresh = await this.server.list();
      for (const comment of fresh) this.conversation.keep(comment);
      this.draw();
      if (this.conversation.unread()) {
        await this.server.seen(fresh.at(-1).id);
        this.read = true;
        this.draw();
      }
    } catch {
      // What the page brought is shown; what is new stays new until the server knows that it was read.
    }
  }

  #onClose() {
    if (this.read) this.conversation.read();
    this.read = false;
    this.draw();
  }

  /** @returns {Thread[]} */
  #all() {
    return this.conversation.threads(this.unsent.waiting());
  }

  /** Draws the button's count and the bubbles, and the threads where they are open. */
  draw() {
    const all = this.#all();
    const open = all.filter(({ root }) => !root.resolved_at);
    this.#tellButton(open.length);
    this.bubbles.show(open.map(({ root }) => root.span).filter(Boolean));
    if (!this.drawer.open) return;
    const { body } = this.drawer;
    const focused = body.contains(document.activeElement) ? document.activeElement : null;
    const scroll = body.scrollTop;
    body.replaceChildren(...this.#content(all, open));
    body.scrollTop = scroll;
    if (focused) (focused.isConnected ? focused : (body.querySelector(again(focused)) ?? body)).focus({ preventScroll: true });
  }

  /** @param {Thread[]} all @param {Thread[]} open @returns {HTMLElement[]} */
  #content(all, open) {
    const { ws, threads } = this;
    const begun = this.#begun();
    const add = !this.writing.has("article") && h("button.add", { type: "button", onclick: () => this.begin("article") }, `+ ${ws.t("comment_on_article")}`);
    const empty = !all.length && !begun.length && h("p.empty", null, ws.t("comment_none"));
    return [empty, ...begun, ...open.map((thread) => threads.thread(thread)), add, this.#closed(all)].filter(Boolean);
  }

  /** @returns {HTMLElement[]} threads whose first comment is being written or on its way */
  #begun() {
    const waiting = this.unsent.waiting().filter((said) => !said.parent);
    const targets = new Set([...waiting.map(targetOf), ...[...this.writing].filter((target) => !/^(answer|edit):/.test(target))]);
    return [...targets].map((target) => {
      const [kind, id = null] = target.split(":");
      const subject = { span: kind === "span" ? id : null, relation: kind === "relation" ? id : null, about: {} };
      return this.threads.begun(subject, waiting.filter((said) => targetOf(said) === target), this.writing.has(target) ? target : null);
    });
  }

  /** @param {Thread[]} all @returns {HTMLElement|null} closed threads, folded away */
  #closed(all) {
    const closed = all.filter(({ root }) => root.resolved_at);
    if (!closed.length) return null;
    const details = h("details.closed-threads", { open: this.showClosed }, h("summary", null, this.ws.t("comment_closed_threads", closed.length)), closed.map((thread) => this.threads.thread(thread)));
    details.addEventListener("toggle", () => (this.showClosed = /** @type {HTMLDetailsElement} */ (details).open));
    return details;
  }

  /** @param {number} open how many threads are */
  #tellButton(open) {
    const { ws, button } = this;
    const unread = this.conversation.unread();
    const stuck = this.unsent.waiting().some(({ id }) => ["failed", "refused"].includes(this.sender.states.get(id)?.state));
    button.classList.toggle("has-new", unread > 0 && !this.read);
    button.classList.toggle("has-stuck", stuck);
    button.querySelector(".count").textContent = open ? ws.n(open) : "";
    const parts = [ws.t("talk"), open && ws.t("comment_open_threads", open), unread && ws.t("comment_unread", unread), stuck && ws.t("comment_not_sent")];
    const said = parts.filter(Boolean).join(" · ");
    button.setAttribute("aria-label", said);
    button.title = `${said} (T)`;
  }
}

/** @param {Element} element @returns {string} finds the same button once the threads are drawn anew */
function again(element) {
  const owner = element.closest("[data-comment]") ?? element.closest("[data-thread]");
  const name = owner?.hasAttribute("data-comment") ? "data-comment" : "data-thread";
  return `[${name}="${owner?.getAttribute(name)}"] [data-act="${element.getAttribute("data-act")}"]`;
}
