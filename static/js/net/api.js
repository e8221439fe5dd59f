/** How does the page speak with the server? JSON both ways, the CSRF token and whose edits these are in headers. */

const TIMEOUT = 30_000;
/** A request outlives the page when the person closes it; browsers allow that for 64 kB in all. */
const OUTLIVES = 48_000;

/** Raised when no answer came or the server failed: try again later. `status` is 0 where there was no answer. */
export class OfflineError extends Error {
  /** @param {string} message @param {number} [status] */
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }
}

/** Raised when the session has ended, or when another person is signed in. */
export class SignedOut extends Error {
  /** @param {boolean} other whether another person is signed in */
  constructor(other) {
    super("signed out");
    this.other = other;
  }
}

/** Raised when the server refuses a request as a whole. */
export class Refused extends Error {
  /** @param {number} status @param {string} reason @param {string} detail in the person's language */
  constructor(status, reason, detail) {
    super(detail);
    Object.assign(this, { status, reason, detail });
  }
}

/** @typedef {{op_id: string|null, status: "ok"|"duplicate"|"rejected", version?: number, reason?: string, detail?: string}} Verdict */
/** @typedef {{version: number, status: string, editable: boolean, scheme: number, topics: string, revisions: import("../core/replica.js").Step[], more: boolean}} News */

/** @returns {string} */
export function csrfToken() {
  const field = /** @type {HTMLInputElement|null} */ (document.querySelector("input[name=csrfmiddlewaretoken]"));
  return /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? field?.value ?? "";
}

/** One annotation set's address on the server, for one person. */
export class Api {
  /** @param {{url: string, person: number}} options */
  constructor({ url, person }) {
    this.url = url;
    this.person = person;
  }

  /**
   * Sends operations. Throws OfflineError, SignedOut, Refused.
   * @param {{text_sha256: string, since: number, operations: import("../core/types.js").Operation[]}} body
   * @returns {Promise<Verdict[]>} one for each operation, in their order
   */
  async post(body) {
    const written = JSON.stringify(body);
    const keepalive = new Blob([written]).size < OUTLIVES;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": csrfToken() };
    const { results } = await this.#ask(this.url, { method: "POST", headers, keepalive, body: written });
    const known = Array.isArray(results) && results.length === body.operations.length;
    const fits = known && body.operations.every(({ op_id }, at) => results[at].op_id === op_id || (results[at].op_id === null && results[at].status === "rejected"));
    if (!fits) throw new OfflineError("not the verdicts that were asked for");
    return results;
  }

  /** @param {number} since @returns {Promise<News>} Throws OfflineError, SignedOut, Refused. */
  async news(since) {
    const news = await this.#ask(`${this.url}?since=${since}`, { cache: "no-store" });
    if (!Array.isArray(news.revisions)) throw new OfflineError("not the history that was asked for");
    return news;
  }

  /** @param {string} url @param {RequestInit} init @returns {Promise<any>} */
  async #ask(url, init) {
    const { response, said } = await answered(url, this.person, init);
    return judged(response, said);
  }
}

/**
 * Asks in a person's name. Throws OfflineError where no answer comes.
 * @param {string} url @param {number} person @param {RequestInit} init
 * @returns {Promise<{response: Response, said: any}>} with the answer's JSON, null where it has none
 */
export async function answered(url, person, init) {
  const headers = { Accept: "application/json", "X-Newsroom-Person": String(person), ...init.headers };
  try {
    const response = await fetch(url, { ...init, headers, credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(TIMEOUT) });
    return { response, said: await response.json().catch(() => null) };
  } catch (error) {
    throw new OfflineError(String(error));
  }
}

/** @param {Response} response @param {any} said its JSON, null where it has none @returns {any} */
function judged(response, said) {
  const { status } = response;
  if (status === 401 || response.type === "opaqueredirect") throw new SignedOut(false);
  // 403 without a reason of ours is a CSRF token of the session before: the next attempt reads the new one.
  if (status === 403 && said?.title !== "not_yours") throw new SignedOut(said?.title === "another_person");
  if (status >= 500 || status === 429 || status === 408) throw new OfflineError(String(status), status);
  // What is not in our form was said by something between here and the server.
  if (said === null || typeof said !== "object") throw new OfflineError(`${status} without JSON`, status);
  if (response.ok || said.results) return said;
  if (typeof said.title !== "string") throw new OfflineError(`${status} without a reason`, status);
  throw new Refused(status, said.title, said.detail ?? said.title);
}
