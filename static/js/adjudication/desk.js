/** What does a person do to a disagreement? Choose, record, take back, go on; the server's answer is what the page shows. */
import { newId } from "../core/ids.js";
import { OfflineError, SignedOut } from "../net/api.js";
import { Boundary } from "./boundary.js";

/** @typedef {import("./context.js").Context} Context */
/** @typedef {import("./types.js").Unit} Unit */
/** @typedef {{command: "verdicts"|"agreed", unit: string, body: any, step?: string}} Sent */

// The server says by these that it holds something newer than the page.
const NEWER = new Set(["unit_changed", "unit_gone", "adjudicated_by_another", "set_closed", "too_few_sets", "not_movable", "overtaken"]);

/** @param {import("./types.js").State} state @returns {string} what of it a person would see change */
const told = ({ version, seen, units, another, editable, agreed, undo_step }) => JSON.stringify([version, seen, units, another, editable, agreed, undo_step]);

export class Desk {
  /**
   * @param {Context} cx @param {import("../net/adjudication.js").AdjudicationApi} api
   * @param {{cards: import("./cards.js").Cards, text: import("./page_text.js").PageText, strip: import("./strip.js").Strip, say: (said: string) => void}} parts
   */
  constructor(cx, api, { cards, text, strip, say }) {
    Object.assign(this, { cx, api, cards, text, strip, say });
    this.boundary = new Boundary(cx, () => this.#draw());
    /** @type {Sent[]} what this page recorded, the last at the end */
    this.sent = [];
    /** @type {Sent[]} what was taken back and can be done again */
    this.undone = [];
  }

  /** Everything is drawn as it is now. */
  #draw() {
    this.cards.now.moving = this.boundary.active;
    this.cards.draw();
    this.text.draw();
    this.strip.draw();
  }

  start() {
    const { cx } = this;
    const asked = decodeURIComponent(/^#unit=(.+)$/.exec(location.hash)?.[1] ?? "");
    cx.current = (cx.choices.following(cx.units, null) ?? cx.units[0])?.key ?? null;
    if (cx.units.some(({ key }) => key === asked)) this.open(asked);
    else this.#draw();
  }

  /** @param {string|null} key @param {{scroll?: boolean}} [options] */
  open(key, { scroll = true } = {}) {
    const { cx } = this;
    this.boundary.leave();
    this.cards.now.trouble = "";
    cx.current = key;
    if (cx.unit && cx.filter !== "open" && cx.unit.kind !== cx.filter) cx.filter = "open";
    if (scroll && cx.unit) this.text.show(cx.unit);
    this.#draw();
  }

  /** @param {1|-1} way */
  step(way) {
    const shown = this.cards.shown;
    const at = shown.findIndex(({ key }) => key === this.cx.current);
    const next = shown[at < 0 ? 0 : at + way];
    if (next) this.open(next.key);
  }

  later() {
    const { cx } = this;
    if (!cx.unit) return;
    cx.choices.putOff(cx.unit);
    const next = cx.choices.following(cx.units, cx.current);
    if (next) this.open(next.key);
  }

  /** @param {string} filter */
  show(filter) {
    this.cx.filter = filter;
    const first = this.cards.shown.find(({ settled }) => !settled) ?? this.cards.shown[0];
    if (!this.cards.shown.some(({ key }) => key === this.cx.current) && first) this.open(first.key);
    else this.#draw();
  }

  /** @param {(unit: Unit) => void} change */
  #choose(change) {
    const { cx } = this;
    if (!cx.unit || !cx.editable || this.cards.now.saving) return;
    change(cx.unit);
    this.#draw();
  }

  /** @param {number|string} which a candidate's number from 1, or its key */
  take(which) {
    this.#choose((unit) => {
      const candidate = typeof which === "number" ? unit.candidates[which - 1] : unit.candidates.find(({ key }) => key === which);
      if (!candidate) return;
      if (candidate.void || candidate.waits.length) return this.say(this.cx.t(candidate.void ? "void" : "waits"));
      this.boundary.leave();
      this.cx.choices.set(unit, { take: [candidate.key], own: null });
    });
  }

  none() {
    this.#choose((unit) => {
      this.boundary.leave();
      this.cx.choices.set(unit, { take: [], own: null });
    });
  }

  both() {
    this.#choose((unit) => {
      const can = unit.candidates.filter((one) => !one.void && !one.waits.length).map(({ key }) => key);
      if (unit.noun === "label" || can.length < 2) return;
      this.boundary.leave();
      this.cx.choices.set(unit, { take: can, own: null });
    });
  }

  own() {
    this.#choose((unit) => unit.noun === "span" && this.boundary.enter(unit));
  }

  /** @param {"start"|"end"} edge @param {1|-1} way */
  nudge(edge, way) {
    this.#choose((unit) => this.boundary.nudge(unit, edge, way));
  }

  /** @param {string} type */
  type(type) {
    this.#choose((unit) => this.cx.choices.set(unit, { error_type: this.cx.choices.of(unit).error_type === type ? "" : type }));
  }

  /** @param {string} note */
  note(note) {
    if (this.cx.unit) this.cx.choices.set(this.cx.unit, { note });
  }

  /** @returns {boolean} whether there was something to leave */
  escape() {
    if (!this.boundary.active) return false;
    this.boundary.leave();
    this.#draw();
    return true;
  }

  async record() {
    const { cx } = this;
    const { unit } = cx;
    if (!unit || !cx.editable || this.cards.now.saving) return;
    const choice = cx.choices.of(unit);
    if (choice.take === null && !choice.own) return this.say(cx.t("choose_first"));
    const body = { unit: unit.key, take: choice.own ? [this.boundary.candidateOf(unit).key] : choice.take, own: choice.own ?? [], quote: choice.own ? cx.quote(choice.own) : "", error_type: choice.error_type, note: choice.note };
    if (await this.#send({ command: "verdicts", unit: unit.key, body })) {
      this.undone = [];
      cx.choices.settle(unit);
      this.#goOn(unit.key);
    }
  }

  /** @param {string} from */
  #goOn(from) {
    const { cx } = this;
    const next = cx.choices.following(cx.units, from);
    this.open(next?.key ?? from);
    if (!next) this.say(cx.t(cx.adjudication.agreed.pending ? "accept_next" : "all_decided"));
  }

  async accept() {
    const { cx } = this;
    const { acceptable } = cx.adjudication.agreed;
    if (!cx.editable) return;
    if (cx.adjudication.missing.length) return this.say(cx.t("missing_reason"));
    if (!acceptable) return this.say(cx.t("nothing_agreed"));
    if (await this.#send({ command: "agreed", unit: "", body: {} })) {
      this.undone = [];
      this.say(cx.t("accepted", acceptable));
    }
  }

  /** @param {Sent} sent @returns {Promise<boolean>} */
  async #send({ command, unit, body }) {
    // What lost its answer is sent again under its own id: it is done once.
    const seen = this.cx.byKey.get(unit)?.seen;
    const step = this.pending?.command === command && this.pending.unit === unit && this.pending.said === JSON.stringify([body, seen]) ? this.pending.step : newId();
    this.pending = { command, unit, step, said: JSON.stringify([body, seen]) };
    const done = await this.#ask(() => this.api.post(command, { ...body, step, ...(seen ? { seen } : {}) }));
    if (!done) return false;
    this.pending = null;
    this.sent.push({ command, unit, body, step });
    return true;
  }

  async undo() {
    const { cx } = this;
    if (!cx.adjudication.undo || this.cards.now.saving) return;
    // The step is named: sent again after a lost answer, it takes no second one back.
    const step = cx.adjudication.undo_step;
    if (!(await this.#ask(() => this.api.post("undo", { step })))) return;
    // Another tab's step is not this page's to do again.
    const taken = this.sent.find((one) => one.step === step);
    this.sent = this.sent.filter((one) => one !== taken);
    if (taken) this.undone.push(taken);
    const key = cx.adjudication.undone;
    if (key && cx.byKey.has(key)) this.open(key);
    this.say(cx.t(key ? "undone" : "undone_agreed"));
    this.strip.draw();
  }

  async redo() {
    const again = this.undone.pop();
    if (!again || !this.cx.editable || this.cards.now.saving) return;
    if (await this.#send(again)) this.#goOn(again.unit || this.cx.current);
    else this.undone.push(again);
  }

  get canRedo() {
    return this.undone.length > 0;
  }

  /** @returns {Promise<boolean>} whether the gold set is finished */
  async finish() {
    const { cx } = this;
    if (cx.adjudication.status === "accepted") return true;
    if (!cx.editable || this.cards.now.saving) return false;
    const { seen } = cx.adjudication;
    return this.#ask(() => this.api.post("finish", { seen }));
  }

  /** @param {"reopen"|"take-over"} command */
  async command(command) {
    if (await this.#ask(() => this.api.post(command))) this.start();
  }

  /** Asks the server how things stand: somebody may have gone on elsewhere. */
  async refresh() {
    if (this.cards.now.saving) return;
    try {
      const now = await this.api.state();
      if (told(this.cx.adjudication) !== told(now)) this.#take(now);
    } catch {
      // Nothing was being saved: the next command will say that there is no connection.
    }
  }

  /** @param {() => Promise<import("./types.js").State>} command @returns {Promise<boolean>} whether it was done */
  async #ask(command) {
    const { cards, cx, strip } = this;
    Object.assign(cards.now, { saving: true, trouble: "" });
    strip.status("saving");
    try {
      const state = await command();
      cards.now.saving = false;
      strip.status("saved");
      this.#take(state);
      return true;
    } catch (error) {
      cards.now.saving = false;
      cards.now.trouble = this.#trouble(error);
      strip.status("attention");
      if (NEWER.has(error.reason)) await this.refresh();
      if (cx.unit) this.#draw();
      else this.strip.draw();
      if (!cx.unit || !(error instanceof OfflineError)) this.say(cards.now.trouble);
      return false;
    }
  }

  /** @param {any} error @returns {string} */
  #trouble(error) {
    if (error instanceof SignedOut) return this.cx.t("signed_out");
    return error instanceof OfflineError ? this.cx.t("not_saved") : (error.detail ?? String(error));
  }

  /** @param {import("./types.js").State} state */
  #take(state) {
    this.cx.take(state);
    this.text.repaint();
    this.#draw();
  }
}
