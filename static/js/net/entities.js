/** How does the page ask the knowledge base? Search, one entity, and the taking away of a name; null without an answer. */
import { csrfToken } from "./api.js";

/** @typedef {import("../core/types.js").Thing} Thing */

const TIMEOUT = 15_000;
const MOST = 20;

export class Entities {
  /** @param {{url: string, person: number}} options `url`: the project's entities */
  constructor({ url, person }) {
    this.url = url;
    this.person = person;
  }

  /** @param {string} query @param {string} label what comes first @param {AbortSignal} signal @returns {Promise<Thing[]|null>} */
  async search(query, label, signal) {
    const found = await this.#ask(`${this.url}?${new URLSearchParams({ q: query, label, limit: String(MOST) })}`, {}, signal);
    return found?.results ?? null;
  }

  /** @param {string} key @returns {Promise<Thing|null>} */
  get(key) {
    return this.#ask(`${this.url}${encodeURIComponent(key)}/`, {});
  }

  /** @param {string} key @param {{add?: string[], remove?: string[]}} change @returns {Promise<Thing|null>} */
  change(key, change) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": csrfToken() };
    return this.#ask(`${this.url}${encodeURIComponent(key)}/`, { method: "PATCH", body: JSON.stringify(change), headers });
  }

  /** @param {string} url @param {RequestInit} init @param {AbortSignal} [signal] @returns {Promise<any>} */
  async #ask(url, init, signal) {
    const headers = { Accept: "application/json", "X-Newsroom-Person": String(this.person), ...init.headers };
    const ends = AbortSignal.any([AbortSignal.timeout(TIMEOUT), ...(signal ? [signal] : [])]);
    try {
      const response = await fetch(url, { ...init, headers, credentials: "same-origin", redirect: "manual", signal: ends });
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }
}
