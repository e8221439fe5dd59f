/** How does the label editor speak with the server? JSON both ways; whoever asks hears an answer or why there is none. */
import { OfflineError, Refused, SignedOut, csrfToken } from "../net/api.js";

const TIMEOUT = 120_000;

export class Server {
  /** @param {{urls: Record<string, string>, person: number}} data */
  constructor({ urls, person }) {
    Object.assign(this, { urls, person });
  }

  /** @param {any[]} labels @param {AbortSignal} signal @returns {Promise<import("./draft.js").Found>} */
  consequences(labels, signal) {
    return this.#ask("POST", this.urls["scheme-consequences"], { labels }, signal);
  }

  /** @param {any[]} labels @param {string|null} seen @param {number} base @returns {Promise<any>} */
  save(labels, seen, base) {
    return this.#ask("PUT", this.urls["scheme-draft"], { labels, seen, base });
  }

  /** @returns {Promise<any>} */
  discard() {
    return this.#ask("DELETE", this.urls["scheme-draft"]);
  }

  /** @returns {Promise<any>} */
  rebase() {
    return this.#ask("POST", this.urls["scheme-rebase"], {});
  }

  /** @param {string} note @param {string|null} seen @returns {Promise<{number: number}>} */
  publish(note, seen) {
    return this.#ask("POST", this.urls["scheme-publish"], { note, seen });
  }

  /** @param {string} text of a file @returns {Promise<{labels: any[]}>} */
  read(text) {
    return this.#ask("POST", this.urls["scheme-read"], { text });
  }

  /** @param {number} number @returns {Promise<{labels: any[]}>} */
  version(number) {
    return this.#ask("GET", `${this.urls["scheme-versions"]}${number}/`);
  }

  /** @param {string} method @param {string} url @param {object} [body] @param {AbortSignal} [stop] */
  async #ask(method, url, body, stop) {
    const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": csrfToken(), "X-Newsroom-Person": String(this.person) };
    const signal = AbortSignal.any([AbortSignal.timeout(TIMEOUT), ...(stop ? [stop] : [])]);
    /** @type {Response} */
    let response;
    let said;
    try {
      response = await fetch(url, { method, headers, body: body && JSON.stringify(body), credentials: "same-origin", redirect: "manual", signal });
      said = response.status === 204 ? {} : await response.json().catch(() => null);
    } catch (error) {
      if (stop?.aborted) throw error;
      throw new OfflineError(String(error));
    }
    if (response.status === 401 || response.type === "opaqueredirect" || said?.title === "another_person") throw new SignedOut(false);
    if (response.ok && said) return said;
    if (response.status >= 500 || !said?.detail) throw new OfflineError(String(response.status), response.status);
    throw new Refused(response.status, said.title, said.detail);
  }
}
