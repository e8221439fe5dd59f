/** How does the concordance speak with the server? JSON both ways; whoever asks hears an answer or why there is none. */
import { ask } from "../net/ask.js";

/** The addresses of one project's concordance, for one person. */
export class Server {
  /** @param {{urls: Record<string, string>, person: number, query: Record<string, string>}} data */
  constructor({ urls, person, query }) {
    Object.assign(this, { urls, person, query });
  }

  /** @param {object} body @returns {Promise<any>} Throws OfflineError, SignedOut, Refused. */
  label(body) {
    return this.#ask(this.urls.label, body);
  }

  /** @param {string} edit @returns {Promise<{restored: number, sets: number, left: {quote: string, detail: string}[], left_in_all: number}>} */
  undo(edit) {
    return this.#ask(this.urls.undo.replace(/0{8}(-0{4}){3}-0{12}/, edit), {});
  }

  /** @param {number} most @returns {Promise<import("./rows.js").Hit[]>} the first hits of the choice, page by page */
  async hits(most) {
    /** @type {import("./rows.js").Hit[]} */
    const hits = [];
    let cursor = "";
    do {
      const asked = new URLSearchParams({ ...this.query, page_size: "200", ...(cursor ? { cursor } : {}) });
      const page = await this.#ask(`${this.urls.hits}?${asked}`);
      hits.push(...page.hits.map(({ article, start, end, quote }) => ({ article, start, end, quote })));
      cursor = page.next ?? "";
    } while (cursor && hits.length < most);
    return hits.slice(0, most);
  }

  /** @param {string} url @param {object} [body] */
  #ask(url, body) {
    return ask(url, { body, person: this.person });
  }
}
