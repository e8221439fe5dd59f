/**
 * How does the time of a visit reach the server? What it has come to is kept in localStorage first, which outlives the page even
 * where no request does, and sent until the server has it. The server only lets it grow: sent twice it counts once.
 */
import { newId } from "../core/ids.js";
import { csrfToken } from "./api.js";
import { placesOf, read, remove, write } from "./kept.js";

const TIMEOUT = 30_000;
const ALL = "newsroom-visit:";

export class Visits {
  /** @param {{person: number, url: string, id?: string}} options the address of the set's time */
  constructor({ person, url, id = newId() }) {
    this.url = url;
    this.prefix = `${ALL}${person}:`;
    this.place = this.prefix + id;
    /** What the server holds of all visits to this set, and of this one among them. */
    this.total = { all: 0, own: 0 };
  }

  /** Keeps what this visit has come to. @param {number} seconds whole ones */
  keep(seconds) {
    if (seconds > this.total.own) write(this.place, JSON.stringify({ url: this.url, seconds }));
  }

  /** Sends this visit, and those of earlier pages that did not get through. @returns {Promise<void>} */
  async flush() {
    if (this.sending) return;
    this.sending = true;
    for (const place of placesOf(this.prefix)) await this.#send(place);
    this.sending = false;
  }

  /** Sends this visit as a request that outlives the page. */
  leave() {
    this.#send(this.place);
  }

  /** @param {string} place */
  async #send(place) {
    const total = await send(place);
    if (total && place === this.place) this.total = total;
  }
}

/** Sends what a person's visits to the workspace have left in this browser, from whatever page is opened next. @param {string} person @returns {Promise<void>} */
export async function sendLate(person) {
  for (const place of placesOf(`${ALL}${person}:`)) await send(place);
}

/** @param {string} place @returns {Promise<{all: number, own: number}|null>} what the server holds then; null where it does not hold it */
async function send(place) {
  const kept = read(place);
  if (!kept) return null;
  const { url, seconds } = JSON.parse(kept);
  const [person, visit] = place.slice(ALL.length).split(":");
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrfToken(), "X-Newsroom-Person": person };
  try {
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ visit, seconds }), keepalive: true, credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(TIMEOUT) });
    // 404 and 422 are for ever: the set is not this person's any more. 403 is not: another person is signed in.
    if (!response.ok && response.status !== 404 && response.status !== 422) return null;
    const total = response.ok ? { all: (await response.json()).seconds, own: seconds } : null;
    if (read(place) === kept) remove(place);
    return total;
  } catch {
    // No network: it stays where it is kept.
    return null;
  }
}
