/**
 * How does a label get to the same words in other articles, and back, whatever happens to the page or the network?
 * What is wanted is kept first, and said again until the server has come to its end, by one tab at a time: what another tab
 * has wanted since holds. Saying it twice changes nothing.
 */
import { alone } from "./alone.js";
import { csrfToken } from "./api.js";
import { placesOf, read, remove, write } from "./kept.js";

/** @typedef {{spans?: number, sets?: number, kept?: number, kept_in?: {set: number, headline: string, n: number, reason: string}[]}} Report */
/** @typedef {{done: boolean, ended: boolean, report: Report}} Step */
/** @typedef {{body: object|null, done: boolean, at: number}} Wish `body` is there until the server has confirmed to know it; `at` is when it was first wanted */
/** @typedef {{set: number, headline: string, counts: Record<string, number>, contexts: {before: string, words: string, after: string, state: string}[]}} Article */

const TIMEOUT = 60_000;
const AGAIN = 10_000;

export class Propagations {
  /**
   * @param {{urls: {occurrences: string, propagations: string}, person: number, set: number, onStep: (step: Step) => void,
   *   onRefused: (detail: string) => void, onWaiting: () => void}} options `onRefused`: why the server does not do a step, "" where it says nothing
   */
  constructor({ urls, person, set, onStep, onRefused, onWaiting }) {
    Object.assign(this, { urls, person, onStep, onRefused, onWaiting });
    this.prefix = `newsroom-propagations:${person}:${set}:`;
    for (const event of ["online", "focus"]) addEventListener(event, () => this.flush());
    this.flush();
  }

  /** @param {Record<string, string>} asked @returns {Promise<{articles: Article[], after: number|null}|null>} null without an answer */
  async preview(asked) {
    const { status, said } = await this.#ask("GET", `${this.urls.occurrences}?${new URLSearchParams(asked)}`);
    return status < 400 ? said : null;
  }

  /** @param {import("../core/undo.js").Spread} body what is to stand where @param {boolean} done or no more; said at once, or when the server can be reached */
  turn(body, done) {
    this.#keep(body.id, { body: done ? body : null, done, at: this.#wish(body.id)?.at ?? Date.now() });
    this.flush();
  }

  /** Says what is wanted, one request at a time; a second call while one runs is heard when it is done. */
  async flush() {
    if (this.flying) return;
    this.flying = true;
    clearTimeout(this.timer);
    try {
      while (this.#next() && (await alone(this.prefix, () => this.#say())));
    } finally {
      this.flying = false;
    }
    if (!this.#next()) return;
    this.onWaiting();
    this.timer = setTimeout(() => this.flush(), AGAIN);
  }

  /** @returns {string|undefined} the id of the oldest step that is wanted, whichever tab wants it */
  #next() {
    const ids = placesOf(this.prefix).map((place) => place.slice(this.prefix.length));
    const since = new Map(ids.map((id) => [id, this.#wish(id)?.at ?? 0]));
    return ids.sort((a, b) => since.get(a) - since.get(b))[0];
  }

  /** @param {string} id @returns {Wish|null} as it is kept by now */
  #wish(id) {
    return JSON.parse(read(this.prefix + id) ?? "null");
  }

  /** @param {string} id @param {Wish} wish */
  #keep(id, wish) {
    write(this.prefix + id, JSON.stringify(wish));
  }

  /** @returns {Promise<boolean>} whether it makes sense to go on */
  async #say() {
    const id = this.#next();
    const wish = id && this.#wish(id);
    // Another tab has said it meanwhile.
    if (!wish) return true;
    const url = `${this.urls.propagations}${id}/`;
    const { status, said } = wish.body ? await this.#ask("POST", this.urls.propagations, wish.body) : await this.#ask("PUT", url, { done: wish.done });
    if (status < 400 && said) return this.#heard(id, wish, said);
    // What never came to be need not be taken back; what is refused will be refused again.
    if (status < 400 || status >= 500 || [401, 403, 408, 429].includes(status)) return false;
    if (this.#wish(id)?.done === wish.done) remove(this.prefix + id);
    if (wish.done) this.onRefused(said?.detail ?? "");
    return true;
  }

  /** @param {string} id @param {Wish} wish what was said @param {Step} step */
  #heard(id, wish, step) {
    const now = this.#wish(id);
    if (now && step.ended && step.done === now.done) {
      remove(this.prefix + id);
      this.onStep(step);
    } else if (now && wish.body) this.#keep(id, { ...now, body: null });
    return true;
  }

  /** @param {string} method @param {string} url @param {object} [body] @returns {Promise<{status: number, said: any}>} status 0 without an answer, said null without one of ours */
  async #ask(method, url, body) {
    const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": csrfToken(), "X-Newsroom-Person": String(this.person) };
    try {
      const response = await fetch(url, { method, headers, body: body && JSON.stringify(body), credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(TIMEOUT) });
      return { status: response.status, said: await response.json().catch(() => null) };
    } catch {
      return { status: 0, said: null };
    }
  }
}
