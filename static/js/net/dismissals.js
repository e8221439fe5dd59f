/** How does the server learn what somebody has dismissed? At once, or once it can be reached; and what it knows of other work. */
import { csrfToken } from "./api.js";

const TIMEOUT = 30_000;

/** One person's dismissed warnings of one set; what the server does not hold yet waits in localStorage. */
export class Dismissals {
  /** @param {{url: string, person: number, set: number, known: string[], onChange: () => void}} options `known`: what the page brought */
  constructor({ url, person, set, known, onChange }) {
    Object.assign(this, { url, person, onChange });
    this.place = `newsroom-dismissals:${person}:${set}`;
    /** @type {Record<string, boolean>} key → dismissed, not yet said to the server */
    this.waiting = this.#read();
    this.known = new Set(known);
    for (const event of ["online", "focus"]) addEventListener(event, () => this.flush());
    this.flush();
  }

  /** @param {string} key @returns {boolean} */
  has(key) {
    return Object.hasOwn(this.waiting, key) ? this.waiting[key] : this.known.has(key);
  }

  /** Whether something waits because the server could not be reached. */
  get stuck() {
    return this.failed === true && Object.keys(this.waiting).length > 0;
  }

  /** @param {string[]} keys @param {boolean} dismissed */
  set(keys, dismissed) {
    for (const key of keys) this.waiting[key] = dismissed;
    this.#write();
    this.onChange();
    this.flush();
  }

  /** Says what waits to the server, one request at a time. */
  async flush() {
    const sent = { ...this.waiting };
    const keys = Object.keys(sent);
    if (this.sending || !keys.length) return;
    this.sending = true;
    const body = JSON.stringify({ dismiss: keys.filter((key) => sent[key]), restore: keys.filter((key) => !sent[key]) });
    const said = await this.#ask(this.url, { method: "POST", body, headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() } });
    this.sending = false;
    this.failed = said === null;
    if (said) {
      this.known = new Set(said.dismissed);
      for (const key of keys) if (this.waiting[key] === sent[key]) delete this.waiting[key];
      this.#write();
    }
    this.onChange();
    if (said && Object.keys(this.waiting).length) await this.flush();
  }

  /** @returns {Promise<import("../core/warnings.js").Elsewhere|null>} how the set's words are labelled in other work; null without an answer */
  async elsewhere() {
    return (await this.#ask(`${this.url}elsewhere/`, {}))?.words ?? null;
  }

  /** @param {string} url @param {RequestInit} init @returns {Promise<any>} null where there is no answer of ours */
  async #ask(url, init) {
    const headers = { Accept: "application/json", "X-Newsroom-Person": String(this.person), ...init.headers };
    try {
      const response = await fetch(url, { ...init, headers, credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(TIMEOUT) });
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }

  /** @returns {Record<string, boolean>} */
  #read() {
    try {
      return JSON.parse(localStorage.getItem(this.place) ?? "{}");
    } catch {
      return {};
    }
  }

  #write() {
    try {
      if (Object.keys(this.waiting).length) localStorage.setItem(this.place, JSON.stringify(this.waiting));
      else localStorage.removeItem(this.place);
    } catch {
      // Full or forbidden: it waits as long as the page lives.
    }
  }
}
