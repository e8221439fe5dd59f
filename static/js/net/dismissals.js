/** How does the server learn what somebody has dismissed? At once, or once it can be reached; and what it knows of other work. */
import { alone } from "./alone.js";
import { csrfToken } from "./api.js";
import { placesOf, read, remove, write } from "./kept.js";

const TIMEOUT = 30_000;

/** One person's dismissed warnings of one set; what the server does not hold yet waits in localStorage. */
export class Dismissals {
  /** @param {{url: string, person: number, set: number, known: string[], onChange: () => void}} options `known`: what the page brought */
  constructor({ url, person, set, known, onChange }) {
    Object.assign(this, { url, person, onChange });
    this.prefix = `newsroom-dismissals:${person}:${set}:`;
    /** What the server holds, and what this page has said to it or will. */
    this.known = new Set(known);
    for (const event of ["online", "focus"]) addEventListener(event, () => this.flush());
    addEventListener("storage", (event) => this.#hear(event));
    this.flush();
  }

  /** @param {string} key @returns {boolean} */
  has(key) {
    const waiting = read(this.prefix + key);
    return waiting === null ? this.known.has(key) : JSON.parse(waiting).dismissed;
  }

  /** Whether something waits because the server could not be reached. */
  get stuck() {
    return this.failed === true && this.#waiting().size > 0;
  }

  /** @returns {Map<string, string>} what is not said to the server yet, by the warning's key, whichever tab says it */
  #waiting() {
    const kept = placesOf(this.prefix).map((place) => /** @type {const} */ ([place.slice(this.prefix.length), read(place)]));
    // Another tab may have taken one away just now.
    return new Map(kept.filter(([, waiting]) => waiting !== null));
  }

  /** @param {string[]} keys @param {boolean} dismissed */
  set(keys, dismissed) {
    for (const key of keys) {
      write(this.prefix + key, JSON.stringify({ dismissed, at: Date.now() }));
      this.#know(key, dismissed);
    }
    this.onChange();
    this.flush();
  }

  /** @param {string} key @param {boolean} dismissed */
  #know(key, dismissed) {
    if (dismissed) this.known.add(key);
    else this.known.delete(key);
  }

  /** @param {StorageEvent} event what another tab has dismissed, or has said to the server */
  #hear({ key, oldValue, newValue }) {
    if (!key?.startsWith(this.prefix)) return;
    this.#know(key.slice(this.prefix.length), JSON.parse(newValue ?? oldValue).dismissed);
    this.onChange();
  }

  /** Says what waits to the server, one request at a time. */
  async flush() {
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.#waiting().size && (await alone(this.prefix, () => this.#say())));
    } finally {
      this.sending = false;
    }
  }

  /** @returns {Promise<boolean>} whether the server holds it */
  async #say() {
    const sent = this.#waiting();
    // Another tab has said it meanwhile.
    if (!sent.size) return true;
    const keys = [...sent.keys()];
    const wanted = (/** @type {string} */ key) => JSON.parse(sent.get(key)).dismissed;
    const body = JSON.stringify({ dismiss: keys.filter(wanted), restore: keys.filter((key) => !wanted(key)) });
    const said = await this.#ask(this.url, { method: "POST", body, headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() } });
    this.failed = said === null;
    if (said) {
      this.known = new Set(said.dismissed);
      for (const key of keys) if (read(this.prefix + key) === sent.get(key)) remove(this.prefix + key);
    }
    this.onChange();
    return !this.failed;
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
}
