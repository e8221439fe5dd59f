/** How do comments reach the server, and where do words wait that it does not hold? Each comment exactly once, by its id. */
import { csrfToken, OfflineError, SignedOut } from "./api.js";
import { remove, write } from "./kept.js";

/**
 * @typedef {object} Comment as annotations/queries/comments.py gives it
 * @property {string} id UUID
 * @property {string|null} parent the thread it answers in
 * @property {string|null} span
 * @property {string|null} relation
 * @property {any} about what it is about, as it stood when the thread began
 * @property {string|null} author
 * @property {boolean} mine
 * @property {string} text
 * @property {string} created_at
 * @property {string|null} edited_at
 * @property {string|null} resolved_at
 * @property {string|null} resolved_by
 * @property {boolean} deleted
 * @property {boolean} unread
 *
 * @typedef {{id: string, span: string|null, relation: string|null, parent: string|null, text: string}} Said what is sent
 * @typedef {Said & {at: number, url: string, refused?: boolean}} Kept `refused`: another page has been told so, and left it to its workspace
 */

const PAGE = 200;
const TIMEOUT = 30_000;
const KEPT = "newsroom-comments:";

/** Raised when the server refuses a comment: trying again changes nothing by itself. */
export class CommentRefused extends Error {
  /** @param {string} message in the person's language @param {number} status 404 where the set, or the comment, is not there for the person */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** The comments of one annotation set on the server. Everything throws OfflineError, SignedOut or CommentRefused. */
export class Comments {
  /** @param {string} url @param {number} person whose words these are: another who has signed in meanwhile must not be their author */
  constructor(url, person) {
    this.url = url;
    this.person = person;
  }

  /** @returns {Promise<Comment[]>} all of them, in the order they were made */
  async list() {
    const found = [];
    for (let url = `${this.url}?page_size=${PAGE}`; url; ) {
      const page = await this.#ask("GET", url);
      found.push(...page.results);
      // Only the cursor: behind a proxy the server may know itself by another address.
      url = page.next && this.url + new URL(page.next).search;
    }
    return found.reverse();
  }

  /** @param {Said} said @returns {Promise<Comment>} */
  write(said) {
    return this.#ask("POST", this.url, said);
  }

  /** @param {string} id @param {string} text @returns {Promise<Comment>} */
  rewrite(id, text) {
    return this.#ask("PATCH", `${this.url}${id}/`, { text });
  }

  /** @param {string} id */
  remove(id) {
    return this.#ask("DELETE", `${this.url}${id}/`);
  }

  /** @param {string} id @param {boolean} closed @returns {Promise<Comment>} */
  close(id, closed) {
    return this.#ask("POST", `${this.url}${id}/${closed ? "resolve" : "reopen"}/`);
  }

  /** @param {string} id the last comment that was read */
  seen(id) {
    return this.#ask("POST", `${this.url}seen/`, { comment: id });
  }

  /** @param {string} method @param {string} url @param {object} [body] @returns {Promise<any>} */
  async #ask(method, url, body) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": csrfToken(), Accept: "application/json", "X-Newsroom-Person": String(this.person) };
    let response, said;
    try {
      response = await fetch(url, { method, headers, credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(TIMEOUT), body: body && JSON.stringify(body) });
      said = await response.json().catch(() => null);
    } catch (error) {
      throw new OfflineError(String(error));
    }
    return judged(response, said);
  }
}

/** @param {Response} response @param {any} said its JSON, null where it has none @returns {any} */
function judged(response, said) {
  const { status } = response;
  if (status === 401 || response.type === "opaqueredirect") throw new SignedOut();
  // 403 without a reason of ours: another person, or the CSRF token of the session before; a later try may do.
  if (status === 403 && said?.title !== "not_your_comment") throw new SignedOut();
  if (status >= 500 || status === 429 || status === 408) throw new OfflineError(String(status));
  if (status === 204) return null;
  // What is not in our form was said by something between here and the server.
  if (said === null || typeof said !== "object") throw new OfflineError(`${status} without JSON`);
  if (!response.ok) throw new CommentRefused(said.errors?.[0]?.message ?? said.detail ?? String(status), status);
  return said;
}

/**
 * Words that the server does not hold: drafts by what they are about, and comments on their way. Each has a key of its
 * own in localStorage, so that two tabs don't overwrite each other; where there is none they live as long as the page.
 */
export class Unsent {
  /** @param {number} set @param {number} person another person at this browser does not see them @param {string} url where comments of the set are written */
  constructor(set, person, url) {
    this.url = url;
    this.prefix = `${KEPT}${person}:${set}:`;
    /** @type {Map<string, string>} */
    this.kept = new Map();
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(this.prefix)) this.kept.set(key.slice(this.prefix.length), localStorage.getItem(key));
    } catch {
      // Storage is forbidden here: what is kept lives as long as the page.
    }
  }

  /** @returns {string[]} what there are drafts about */
  targets() {
    return [...this.kept.keys()].filter((key) => key.startsWith("draft:")).map((key) => key.slice(6));
  }

  /** @param {string} target @returns {string} */
  draft(target) {
    return this.kept.get(`draft:${target}`) ?? "";
  }

  /** @param {string} target @param {string} text "" forgets it */
  keepDraft(target, text) {
    this.#set(`draft:${target}`, text);
  }

  /** @returns {Kept[]} comments on their way, the oldest first */
  waiting() {
    const found = [...this.kept].filter(([key]) => key.startsWith("out:")).map(([, said]) => JSON.parse(said));
    return found.sort((a, b) => a.at - b.at);
  }

  /** @param {Said} said */
  add(said) {
    this.#set(`out:${said.id}`, JSON.stringify({ ...said, at: Date.now(), url: this.url }));
  }

  /** @param {string} id */
  drop(id) {
    this.#set(`out:${id}`, "");
  }

  /** @param {string} key @param {string} value "" forgets it */
  #set(key, value) {
    if (value) this.kept.set(key, value);
    else this.kept.delete(key);
    if (value) write(this.prefix + key, value);
    else remove(this.prefix + key);
  }
}

/**
 * Sends the comments that waited when a workspace was left, from whatever page is opened next. One of a set that is gone goes
 * with it; what is refused otherwise stays, for the workspace of its set to show, and is not sent from other pages again.
 * @param {string} person
 * @param {{open: () => string|undefined, behind: Set<number>}} options the address of the set whose workspace sends its own; the
 *   sets whose edits wait still, and with them what is said of a span or a relation that they may have made
 */
export async function sendLateComments(person, { open, behind }) {
  const prefix = `${KEPT}${person}:`;
  for (const [key, kept] of lateOnes(prefix)) {
    const { at: _, url, refused, ...said } = /** @type {Kept} */ (JSON.parse(kept));
    const set = Number(key.slice(prefix.length).split(":")[0]);
    if (!url || refused || url === open() || ((said.span || said.relation) && behind.has(set))) continue;
    try {
      await new Comments(url, Number(person)).write(said);
      localStorage.removeItem(key);
    } catch (error) {
      if (!(error instanceof CommentRefused)) return;
      judge(key, kept, error);
    }
  }
}

/** @param {string} key @param {string} kept what was sent; by now its workspace may have taken it back @param {CommentRefused} refusal */
function judge(key, kept, { status }) {
  if (localStorage.getItem(key) !== kept) return;
  if (status === 404) localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify({ ...JSON.parse(kept), refused: true }));
}

/** @param {string} prefix @returns {[string, string][]} what is kept, by its key, the oldest first */
function lateOnes(prefix) {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix) && key.includes(":out:"));
    const found = keys.map((key) => /** @type {[string, string]} */ ([key, localStorage.getItem(key)]));
    const at = new Map(found.map(([key, kept]) => [key, JSON.parse(kept).at]));
    return found.sort(([a], [b]) => at.get(a) - at.get(b));
  } catch {
    return [];
  }
}
