/**
 * How does a label get to the same words in other articles, and back, whatever happens to the page or the network?
 * What is wanted is kept first, and said again until the server has come to its end. Saying it twice changes nothing.
 */
import { csrfToken } from "./api.js";

/** @typedef {{spans?: number, sets?: number, kept?: number, kept_in?: {set: number, headline: string, n: number, reason: string}[]}} Report */
/** @typedef {{done: boolean, ended: boolean, report: Report}} Step */
/** @typedef {{body: object|null, done: boolean}} Wish `body` is there until the server has confirmed to know it */
/** @typedef {{set: number, headline: string, counts: Record<string, number>, contexts: {before: string, words: string, after: string, state: string}[]}} Article */

const TIMEOUT = 60_000;
const AGAIN = 10_000;

export class Propagations {
  /** @param {{urls: {occurrences: string, propagations: string}, person: number, set: number, onStep: (step: Step) => void, onWaiting: () => void}} options */
  constructor({ urls, person, set, onStep, onWaiting }) {
    Object.assign(this, { urls, person, onStep, onWaiting });
    this.place = `newsroom-propagations:${person}:${set}`;
    /** @type {Record<string, Wish>} by the step's id, oldest first */
    this.wishes = this.#read();
    for (const event of ["online", "focus"]) addEventListener(event, () => this.flush());
    this.flush();
  }

  /** @param {Record<string, string>} asked @returns {Promise<{articles: Article[], after: number|null}|null>} null without an answer */
  async preview(asked) {
    const { said } = await this.#ask("GET", `${this.urls.occurrences}?${new URLSearchParams(asked)}`);
    return said;
  }

  /** @param {import("../core/undo.js").Spread} body what is to stand where @param {boolean} done or no more; said at once, or when the server can be reached */
  turn(body, done) {
    this.wishes = { ...this.wishes, [body.id]: { body: done ? body : null, done } };
    this.#write();
    this.flush();
  }

  /** Says what is wanted, one request at a time; a second call while one runs is heard when it is done. */
  async flush() {
    if (this.flying) return;
    this.flying = true;
    clearTimeout(this.timer);
    for (let id = this.#next(); id; id = this.#next()) if (!(await this.#say(id))) break;
    this.flying = false;
    if (!this.#next()) return;
    this.onWaiting();
    this.timer = setTimeout(() => this.flush(), AGAIN);
  }

  #next() {
    return Object.keys(this.wishes)[0];
  }

  /** @param {string} id @returns {Promise<boolean>} whether it makes sense to go on */
  async #say(id) {
    const wish = this.wishes[id];
    const url = `${this.urls.propagations}${id}/`;
    const { status, said } = wish.body ? await this.#ask("POST", this.urls.propagations, wish.body) : await this.#ask("PUT", url, { done: wish.done });
    if (said) return this.#heard(id, wish, said);
    // What never came to be need not be taken back; what is refused will be refused again.
    if (status < 400 || status >= 500 || [401, 403, 408, 429].includes(status)) return false;
    this.#forget(id, wish);
    if (wish.done) this.onStep({ done: true, ended: true, report: {} });
    return true;
  }

  /** @param {string} id @param {Wish} wish @param {Step} step */
  #heard(id, wish, step) {
    const now = this.wishes[id];
    if (step.ended && step.done === now.done) {
      this.#forget(id, now);
      this.onStep(step);
    } else if (wish.body) {
      this.wishes = { ...this.wishes, [id]: { body: null, done: now.done } };
      this.#write();
    }
    return true;
  }

  /** @param {string} id @param {Wish} wish unless something else is wanted by now */
  #forget(id, wish) {
    if (this.wishes[id] !== wish) return;
    const { [id]: _, ...others } = this.wishes;
    this.wishes = others;
    this.#write();
  }

  /** @param {string} method @param {string} url @param {object} [body] @returns {Promise<{status: number, said: any}>} status 0, said null without an answer of ours */
  async #ask(method, url, body) {
    const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": csrfToken(), "X-Newsroom-Person": String(this.person) };
    try {
      const response = await fetch(url, { method, headers, body: body && JSON.stringify(body), credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(TIMEOUT) });
      return { status: response.status, said: response.ok ? await response.json() : null };
    } catch {
      return { status: 0, said: null };
    }
  }

  /** @returns {Record<string, Wish>} */
  #read() {
    try {
      return JSON.parse(localStorage.getItem(this.place) ?? "{}");
    } catch {
      return {};
    }
  }

  #write() {
    try {
      if (this.#next()) localStorage.setItem(this.place, JSON.stringify(this.wishes));
      else localStorage.removeItem(this.place);
    } catch {
      // Full or forbidden: it waits as long as the page lives.
    }
  }
}
