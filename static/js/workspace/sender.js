/** When is a comment sent, and when again? At once, after the edits it speaks of, and whenever there is hope. */
import { OfflineError, SignedOut } from "../net/api.js";

const AGAIN = 30_000;

/** @typedef {"sending"|"failed"|"refused"} SendState */

export class Sender {
  /**
   * @param {import("../net/comments.js").Comments} server @param {import("../net/comments.js").Unsent} unsent
   * @param {{onSent: (comment: import("../net/comments.js").Comment) => void, onState: () => void}} handlers
   */
  constructor(server, unsent, { onSent, onState }) {
    Object.assign(this, { server, unsent, onSent, onState });
    /** @type {Map<string, {state: SendState, why: string}>} */
    this.states = new Map();
    this.flying = false;
    addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.flush());
    // A comment on a span follows the edit that made the span.
    new MutationObserver(() => editsAreSaved() && this.flush()).observe(document.documentElement, { attributeFilter: ["data-queue"] });
  }

  /** @param {string} id tries again what was refused */
  retry(id) {
    this.states.delete(id);
    return this.flush();
  }

  /** Sends what waits, one after the other; a second call while one runs is heard when it is done. */
  async flush() {
    if (this.flying) return void (this.again = true);
    this.flying = true;
    clearTimeout(this.timer);
    do {
      this.again = false;
      for (const said of this.unsent.waiting()) if (!(await this.#send(said))) break;
    } while (this.again);
    this.flying = false;
    this.onState();
    if (this.unsent.waiting().some(({ id }) => this.states.get(id)?.state === "failed")) this.timer = setTimeout(() => this.flush(), AGAIN);
  }

  /** @param {import("../net/comments.js").Kept} kept what other pages were refused, too: here it is seen @returns {Promise<boolean>} whether the next may go */
  async #send({ at: _, url: __, refused: ___, ...said }) {
    if (this.states.get(said.id)?.state === "refused") return true;
    if ((said.span || said.relation) && !editsAreSaved()) return true;
    this.#tell(said.id, "sending");
    try {
      const comment = await this.server.write(said);
      this.unsent.drop(said.id);
      this.states.delete(said.id);
      this.onSent(comment);
      return true;
    } catch (error) {
      const hope = error instanceof OfflineError || error instanceof SignedOut;
      this.#tell(said.id, hope ? "failed" : "refused", hope ? "" : error.message);
      return !hope;
    }
  }

  /** @param {string} id @param {SendState} state @param {string} [why] */
  #tell(id, state, why = "") {
    this.states.set(id, { state, why });
    this.onState();
  }
}

/** @returns {boolean} also not while nobody knows yet what an earlier visit left */
const editsAreSaved = () => document.documentElement.dataset.queue === "0";
