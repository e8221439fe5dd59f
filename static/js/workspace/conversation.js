/** What has been said about this work? The comments the page knows, as threads. */
import { placeOf } from "./subjects.js";

/** @typedef {import("../net/comments.js").Comment} Comment */
/** @typedef {import("../net/comments.js").Said} Said */
/** @typedef {{root: Comment, answers: Comment[], waiting: Said[]}} Thread waiting: answers on their way */

export class Conversation {
  /** @param {import("./context.js").Context} ws @param {Comment[]} comments in the order they were made */
  constructor(ws, comments) {
    this.ws = ws;
    this.byId = new Map(comments.map((comment) => [comment.id, comment]));
  }

  /** @param {string} id @returns {Comment|undefined} */
  get(id) {
    return this.byId.get(id);
  }

  /** @param {Comment} comment as the server has it now; what was new when the page opened stays marked */
  keep(comment) {
    this.byId.set(comment.id, { ...comment, unread: this.byId.get(comment.id)?.unread ?? comment.unread });
  }

  /** @param {Comment} comment just written; an answer opens its thread again */
  add(comment) {
    this.keep(comment);
    const root = this.byId.get(comment.parent ?? "");
    if (root?.resolved_at) this.byId.set(root.id, { ...root, resolved_at: null, resolved_by: null });
  }

  /** @param {Comment} comment */
  delete(comment) {
    this.byId.set(comment.id, { ...comment, deleted: true, text: "" });
  }

  /** All of it has been read. */
  read() {
    for (const comment of this.byId.values()) this.byId.set(comment.id, { ...comment, unread: false });
  }

  /** @returns {number} */
  unread() {
    return [...this.byId.values()].filter((comment) => comment.unread && !comment.deleted).length;
  }

  /** @param {Said[]} waiting comments on their way @returns {Thread[]} in the order of the text, the article's own first */
  threads(waiting) {
    /** @type {Map<string, Thread>} */
    const byRoot = new Map();
    for (const root of this.byId.values()) if (!root.parent) byRoot.set(root.id, { root, answers: [], waiting: waiting.filter((said) => said.parent === root.id) });
    for (const answer of this.byId.values()) if (answer.parent && !answer.deleted) byRoot.get(answer.parent)?.answers.push(answer);
    const threads = [...byRoot.values()];
    const shown = threads.filter(({ root, answers, waiting: own }) => !root.deleted || answers.length || own.length);
    return shown.sort((a, b) => placeOf(this.ws, a.root) - placeOf(this.ws, b.root));
  }
}
