/**
 * How does the page hear of what others do? It asks the server for the steps after its version: every few seconds while
 * somebody works here, ever less often while nobody does, not at all while the page is hidden.
 */
import { OfflineError, Refused, SignedOut } from "./api.js";

/** Milliseconds; `awake` is how long after the last sign of life somebody is taken to be at work. */
export const PACE = { active: 4000, longest: 30_000, stretch: 1.5, awake: 60_000 };

export class Live {
  /**
   * @param {{api: import("./api.js").Api, version: () => number, pace?: typeof PACE, onNews: (news: import("./api.js").News, since: number) => Promise<void>,
   *   onProblem: (problem: "signed_out"|"other_person"|"offline"|"gone"|null) => void}} options
   */
  constructor({ pace = PACE, ...options }) {
    Object.assign(this, options);
    this.pace = pace;
    this.wait = pace.active;
    this.lively = Date.now();
    this.timer = 0;
    this.stopped = false;
    /** @type {Promise<boolean>|null} */
    this.asking = null;
    /** @type {Promise<boolean>|null} */
    this.next = null;
  }

  /** Somebody works here: asks soon, and often. */
  wake() {
    this.lively = Date.now();
    if (this.wait === this.pace.active) return;
    this.wait = this.pace.active;
    this.#schedule();
  }

  /** Asks at once, or again where an older question is under way. @returns {Promise<boolean>} whether the server answered */
  now() {
    if (!this.asking) return this.#begin();
    this.next ??= this.asking.then(() => {
      this.next = null;
      return this.#begin();
    });
    return this.next;
  }

  #begin() {
    clearTimeout(this.timer);
    this.asking = this.#ask().finally(() => {
      this.asking = null;
      this.#schedule();
    });
    return this.asking;
  }

  /** @returns {Promise<boolean>} */
  async #ask() {
    try {
      for (let more = true; more && !this.stopped; ) {
        const since = this.version();
        const news = await this.api.news(since);
        if (this.stopped) return false;
        if (news.revisions.length) this.lively = Date.now();
        this.#pace();
        this.onProblem(null);
        await this.onNews(news, since);
        more = news.more;
      }
      return true;
    } catch (error) {
      this.#pace();
      if (error instanceof SignedOut) this.onProblem(error.other ? "other_person" : "signed_out");
      else if (error instanceof Refused) this.onProblem("gone");
      else if (error instanceof OfflineError) this.onProblem("offline");
      else throw error;
      return false;
    }
  }

  #pace() {
    const { active, longest, stretch, awake } = this.pace;
    this.wait = Date.now() - this.lively < awake ? active : Math.min(this.wait * stretch, longest);
  }

  #schedule() {
    clearTimeout(this.timer);
    if (this.stopped || document.visibilityState !== "visible") return;
    this.timer = setTimeout(() => this.now(), this.wait);
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }
}
