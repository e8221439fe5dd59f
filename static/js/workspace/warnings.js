/** What should the person look at once more? Warnings found after each edit: marked, listed, mended, dismissed, asked about at the end. */
import { Inspector, KINDS } from "../core/warnings.js";
import { h } from "../dom/h.js";
import { Dismissals } from "../net/dismissals.js";
import { covers, Drawer } from "./drawer.js";
import { askToFinish } from "./finish.js";
import { goToRelation } from "./going.js";
import { WarningMarks } from "./warning_marks.js";
import { remarks, warningItem, why } from "./warning_words.js";

/** @typedef {import("../core/warnings.js").Finding} Finding */

const PAUSE_MS = 120;

export class Warnings {
  /** @param {import("./context.js").Context} ws @param {import("./desk.js").Desk} desk @param {{panel: HTMLElement, overlay: HTMLElement, button: HTMLElement}} places */
  constructor(ws, desk, { panel, overlay, button }) {
    Object.assign(this, { ws, desk, button });
    this.inspector = new Inspector(ws.text, ws.scheme);
    this.marks = new WarningMarks(ws, desk.view, overlay);
    this.drawer = new Drawer(ws, { id: "warnings", title: ws.t("warnings"), panel, button, onOpen: () => this.draw() });
    /** @type {import("../core/warnings.js").Elsewhere} */
    this.elsewhere = {};
    /** @type {Set<string>} words whose labels elsewhere were asked for */
    this.asked = new Set();
    /** @type {Finding[]} dismissed ones included */
    this.findings = [];
    this.dismissals = new Dismissals({ url: ws.data.urls.warnings, person: ws.data.person, set: ws.data.set.id, known: ws.data.dismissed, onChange: () => this.draw() });
    ws.remarks = (id) => remarks(ws, this, this.open.filter((finding) => finding.id === id));
    ws.store.subscribe(() => this.lookSoon());
    // The server counts the labels of what it holds: new words are asked about once they are saved.
    new MutationObserver(() => this.#askElsewhere()).observe(document.documentElement, { attributeFilter: ["data-queue", "data-ready"] });
    this.look();
  }

  /** @returns {Finding[]} those that nobody has dismissed */
  get open() {
    return this.findings.filter(({ key }) => !this.dismissals.has(key));
  }

  /** Looks again once the hand rests: nobody waits for a warning, and thousands of spans are not judged between two keys. */
  lookSoon() {
    const { spans, relations } = this.ws.state;
    this.findings = this.findings.filter(({ noun, id }) => (noun === "span" ? spans : relations).has(id));
    clearTimeout(this.pending);
    this.pending = setTimeout(() => this.look(), PAUSE_MS);
  }

  look() {
    clearTimeout(this.pending);
    this.findings = this.inspector.find(this.ws.state, this.elsewhere);
    this.draw();
  }

  async #askElsewhere() {
    const { dataset } = document.documentElement;
    const words = [...this.ws.state.spans.values()].filter((span) => this.inspector.isNamed(span)).map((span) => this.inspector.wordsKey(span));
    if (!("ready" in dataset) || Number(dataset.queue ?? 0) > 0 || this.asking || !navigator.onLine || words.every((key) => this.asked.has(key))) return;
    this.asking = true;
    const found = await this.dismissals.elsewhere();
    this.asking = false;
    if (!found) return;
    for (const key of words) this.asked.add(key);
    this.elsewhere = found;
    this.look();
  }

  toggle() {
    if (this.drawer.open) this.drawer.close();
    else this.drawer.show();
  }

  /** Goes to the next open warning after the last one, else after what is under the hand; from the last to the first. @returns {boolean|void} */
  next() {
    const { open, desk } = this;
    if (!open.length) return void desk.say(this.ws.t("warnings_none"));
    const last = open.findIndex(({ key }) => key === this.visited);
    const here = this.place ?? desk.caret.range?.[0] ?? -1;
    const after = last >= 0 ? last + 1 : open.findIndex(({ start }) => start >= here);
    this.goTo(open[after] ?? open[0]);
  }

  /** @param {Finding} finding leads to it in the text or the lists, and says what is wrong */
  goTo(finding) {
    const { desk, ws } = this;
    if (covers()) this.drawer.close();
    this.visited = finding.key;
    this.place = finding.start;
    desk.clear();
    if (finding.noun === "relation") goToRelation(ws, desk, finding.id);
    else this.#goToSpan(finding);
    const said = h("span", null, why(ws, finding)).textContent;
    // An open popover shows it already.
    desk.say(`${ws.t(`warn_${finding.kind}`)}: ${said}`, { shown: !desk.popover.open });
  }

  /** @param {Finding} finding a claim is mended in its card, a name where it stands */
  #goToSpan({ id, kind }) {
    const { desk, ws } = this;
    const inCard = ws.labelOf(ws.state.spans.get(id)).kind === "claim" && (kind === "source" || kind === "required");
    // At once: the popover is placed where the span stands now.
    desk.view.scrollTo(id, "center", "instant");
    desk.selectSpan(id, [id], { popover: !inCard });
    if (inCard) desk.panel.openClaim(id);
  }

  /** @param {HTMLFormElement} form @returns {Promise<boolean>} whether the person hands the work in with what is open */
  async mayFinish(form) {
    this.look();
    if (!this.open.length) return true;
    const anyway = await askToFinish(this.ws, this.open);
    if (anyway) form.append(h("input", { type: "hidden", name: "anyway", value: "1" }));
    else this.drawer.show();
    return anyway;
  }

  /** Draws the marks and the button's count, and the list where it is open. */
  draw() {
    const { open } = this;
    this.marks.show(open);
    this.#tellButton(open.length);
    if (this.drawer.open) this.#drawList(open);
    if (this.desk.popover.open && this.desk.view.selected && !this.desk.draft) this.#drawRemarks(this.desk.view.selected);
  }

  /** @param {Finding[]} open */
  #drawList(open) {
    const { body } = this.drawer;
    const items = [...body.querySelectorAll(".warning")];
    const focused = document.activeElement?.closest(".warning");
    const at = items.indexOf(focused);
    const act = document.activeElement?.getAttribute("data-act");
    const scroll = body.scrollTop;
    body.replaceChildren(...this.#content(open));
    body.scrollTop = scroll;
    if (at < 0) return;
    // What had the focus may be mended or dismissed now: the next one has moved up to its place.
    const item = body.querySelector(`[data-key="${focused.getAttribute("data-key")}"]`) ?? body.querySelectorAll(".warning")[at];
    (item?.querySelector(`[data-act="${act}"]`) ?? item?.querySelector("button") ?? body).focus({ preventScroll: true });
  }

  /** @param {Finding[]} open @returns {HTMLElement[]} by kind, then what is dismissed */
  #content(open) {
    const { ws } = this;
    const dismissed = this.findings.filter(({ key }) => this.dismissals.has(key));
    const stuck = this.dismissals.stuck && h("p.mute.small", { role: "status" }, ws.t("warning_unsent"));
    const kinds = KINDS.map((kind) => ({ kind, of: open.filter((finding) => finding.kind === kind) })).filter(({ of }) => of.length);
    const sections = kinds.map(({ kind, of }) => h("section", { "data-kind": kind }, h("h3", null, ws.t(`warn_${kind}`), " ", h("bdi.count", null, ws.n(of.length))), h("ul", null, of.map((finding) => warningItem(ws, this, finding, false)))));
    const empty = !open.length && h("p.empty", null, ws.t("warnings_none"));
    return [stuck, empty, ...sections, dismissed.length > 0 && this.#folded(dismissed)].filter(Boolean);
  }

  /** @param {Finding[]} dismissed */
  #folded(dismissed) {
    const details = h("details", { open: this.showsDismissed }, h("summary", null, this.ws.t("warnings_dismissed", dismissed.length)), h("ul", null, dismissed.map((finding) => warningItem(this.ws, this, finding, true))));
    details.addEventListener("toggle", () => (this.showsDismissed = /** @type {HTMLDetailsElement} */ (details).open));
    return details;
  }

  /** @param {string} id the selected span: its popover is open and says what is known now */
  #drawRemarks(id) {
    const { element } = this.desk.popover;
    const before = element.querySelector(".remarks");
    const now = this.ws.remarks(id);
    if (before && now) before.replaceWith(now);
    else if (before) before.remove();
    else if (now) element.querySelector(".head")?.after(now);
  }

  /** @param {number} open how many are */
  #tellButton(open) {
    const { ws, button } = this;
    button.querySelector(".count").textContent = open ? ws.n(open) : "";
    button.classList.toggle("has-open", open > 0);
    const said = open ? ws.t("warnings_open", open) : ws.t("warnings");
    button.setAttribute("aria-label", said);
    button.title = `${said} (W)`;
  }
}
