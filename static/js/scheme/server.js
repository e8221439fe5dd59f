/** How does the label editor speak with the server? JSON both ways; whoever asks hears an answer or why there is none. */
import { ask } from "../net/ask.js";

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
  #ask(method, url, body, stop) {
    return ask(url, { method, body, person: this.person, stop });
  }
}
