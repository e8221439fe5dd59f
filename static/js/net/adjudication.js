/** How does adjudication speak with the server? Each command answers with the whole state; a step sent twice is done once. */
import { answered, csrfToken, OfflineError, Refused, SignedOut } from "./api.js";

/** @typedef {import("../adjudication/types.js").State} State */

export class AdjudicationApi {
  /** @param {Record<string, string>} urls @param {number} person */
  constructor(urls, person) {
    this.urls = urls;
    this.person = person;
  }

  /** @returns {Promise<State>} Throws OfflineError, SignedOut, Refused. */
  state() {
    return this.#ask(this.urls.state, { cache: "no-store" });
  }

  /** @param {"verdicts"|"agreed"|"undo"|"finish"|"reopen"|"take-over"} command @param {object} [body] @returns {Promise<State>} */
  post(command, body = {}) {
    return this.#ask(this.urls[command], sending(body));
  }

  /** @param {number} set that the question is put to @param {object} body @returns {Promise<any>} */
  comment(set, body) {
    return this.#ask(this.urls.comments.replace("/0/", `/${set}/`), sending(body));
  }

  /** @param {string} url @param {RequestInit} init @returns {Promise<any>} */
  async #ask(url, init) {
    const { response, said } = await answered(url, this.person, init);
    if (response.ok && said !== null) return said;
    if (response.status === 401 || response.type === "opaqueredirect" || said?.title === "another_person") throw new SignedOut(said?.title === "another_person");
    if (response.status >= 500 || typeof said?.title !== "string") throw new OfflineError(String(response.status), response.status);
    throw new Refused(response.status, said.title, said.detail ?? said.title);
  }
}

/** @param {object} body @returns {RequestInit} */
function sending(body) {
  return { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() }, body: JSON.stringify(body) };
}
