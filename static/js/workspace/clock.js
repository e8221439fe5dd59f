/** How long is somebody at work here? Time between signs of life that follow each other closely; the rest is idle. */
import { Visits } from "../net/visits.js";

/** After so long without a sign nobody is taken to work. */
const IDLE_MS = 60_000;
const REPORT_SECONDS = 30;
const SIGNS = ["keydown", "pointerdown", "pointermove", "wheel", "touchmove"];

export class Clock {
  /** @param {import("./context.js").Context} ws @param {HTMLElement} place where the time on task is read */
  constructor(ws, place) {
    Object.assign(this, { ws, place });
    this.worked = 0;
    /** @type {number|null} the last sign of life; null while nobody is here */
    this.last = null;
    this.visits = new Visits({ person: ws.data.person, url: ws.data.urls.time });
    this.visits.total.all = ws.data.seconds;
    for (const sign of SIGNS) document.addEventListener(sign, () => this.#live(), { passive: true, capture: true });
    addEventListener("blur", () => this.#rest());
    addEventListener("pagehide", () => this.#leave());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.#leave());
    addEventListener("online", () => this.visits.flush());
    this.visits.flush();
    this.#tell();
  }

  get seconds() {
    return Math.floor(this.worked / 1000);
  }

  #live() {
    const now = Date.now();
    const before = this.seconds;
    if (this.last !== null && now - this.last <= IDLE_MS) this.worked += Math.max(0, now - this.last);
    this.last = now;
    if (this.seconds === before) return;
    this.visits.keep(this.seconds);
    if (this.seconds - this.visits.total.own >= REPORT_SECONDS) this.visits.flush().then(() => this.#tell());
  }

  /** The window lies behind another one: what follows is time elsewhere. */
  #rest() {
    if (this.last !== null) this.#live();
    this.last = null;
  }

  #leave() {
    this.#rest();
    this.visits.leave();
  }

  #tell() {
    const { all, own } = this.visits.total;
    const minutes = Math.floor((all - own + this.seconds) / 60);
    this.place.textContent = minutes ? this.ws.t("minutes", minutes) : "";
  }
}
