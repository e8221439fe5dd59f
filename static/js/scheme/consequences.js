/** What would publishing do? The bar along the bottom: figures counted by the server, a column for each change, links to the rows. */
import { h, icon } from "../dom/h.js";
import { page } from "./page.js";

const WARN = "M8 2.5 14.2 13.5H1.8zM8 6.5v3.2M8 11.7v.01";
const CHECK = "M3 8.5l3.2 3.2L13 4.8";
const { t } = page;
// What is affected, in the words of the address that lists it.
const WHY = [["gone", "archived"], ["invalid", "invalid"], ["ends", "ends_gone"], ["missing", "missing"], ["refused", "refused"]];

export class Consequences {
  /** @param {HTMLElement} element @param {import("./draft.js").Draft} draft @param {{see: (address: string) => void, publish: () => void, save: () => void, pick: (label: any) => void}} on */
  constructor(element, draft, on) {
    Object.assign(this, { element, draft, on });
    this.counting = false;
    /** @type {string} what keeps the server from answering, empty where it does */
    this.trouble = "";
    this.busy = false;
    this.note = /** @type {HTMLInputElement} */ (h("input", { type: "text", maxlength: "300", dir: "auto", placeholder: t("note"), "aria-label": t("note") }));
  }

  draw() {
    const { draft, element } = this;
    const found = draft.answer?.found;
    element.classList.toggle("is-counting", this.counting);
    element.classList.toggle("is-quiet", !draft.differs);
    element.replaceChildren(this.#sum(found), this.#columns(found), this.#acts(found));
  }

  #sum(found) {
    const { draft } = this;
    if (!draft.differs) return h("div.sch-sum", null, icon(CHECK), h("p", null, h("b", null, t("no_change", { n: page.data.version }))));
    const problems = found?.problems.length ?? 0;
    const title = problems ? t("problems", { n: problems }) : t("used_in_affected", { n: found?.affected ?? 0 });
    const where = found?.affected ? t("in_articles", { n: found.articles, m: page.data.articles }) : t("everything_fits");
    return h(`div.sch-sum${problems ? ".is-wrong" : ""}`, { role: "status" }, icon(problems || found?.affected ? WARN : CHECK), h("p", null, h("b", null, found ? title : t("counting")), h("span.mute.small", null, this.trouble || (this.counting ? t("counting") : where))));
  }

  #columns(found) {
    const columns = (found?.changes ?? []).map((change) => this.#column(change, found));
    const loose = (found?.problems ?? []).filter(({ at }) => !at.length).map(({ detail }) => h("li.sch-change.is-wrong", null, h("bdi", null, detail)));
    return h("ul.sch-changes", { tabindex: "0", "aria-label": t("changes") }, columns, loose, this.draft.moved ? h("li.sch-change", null, h("b", null, t("moved"))) : null);
  }

  #column(change, found) {
    const label = this.draft.answer.labels[change.at];
    const into = change.into ? page.title(this.draft.labels.find(({ key }) => key === change.into) ?? label) : "";
    const what = change.changed.map((field) => {
      if (field === "into") return t("into", { title: into });
      if (field === "archived") return t("archived_in");
      return field === "restored" || field === "new" ? t(field) : t(`field_${field}`);
    });
    const listed = WHY.filter(([why]) => (why === "gone" ? change.changed.some((field) => field === "archived" || field === "into") && change.used : change[why]));
    const links = listed.map(([why, key]) => {
      const count = why === "gone" ? change.used : change[why];
      const said = why === "gone" ? t("used", { n: count }) : t(key, { n: count, title: into });
      return h("a", { href: this.#address(change.was, why), "data-why": why, onclick: (event) => this.#see(event) }, said);
    });
    const problem = found.problems.find(({ at }) => at.includes(change.at));
    const rest = links.length ? "" : label.was ? (change.used ? t("used", { n: change.used }) : t("nobody_uses")) : "";
    return h(
      "li.sch-change", null,
      h("button", { type: "button", onclick: () => this.on.pick(label) }, h("b", null, h("bdi", null, page.title(label))), ` ${what.join(page.language === "fa" ? "، " : ", ")}`),
      h("span.mute.small", null, links.length ? links : rest), problem ? h("span.small.is-wrong", null, h("bdi", null, this.draft.saidOf(problem))) : null,
    );
  }

  #address(was, why) {
    return `${page.data.urls["scheme-affected"]}?${new URLSearchParams({ label: was, why })}`;
  }

  /** The list is made from the saved draft: it is saved first. */
  #see(event) {
    event.preventDefault();
    this.on.see(event.currentTarget.href);
  }

  #acts(found) {
    const { draft } = this;
    const stands = !draft.differs || !found || found.problems.length > 0 || this.counting || this.busy || draft.state?.stale;
    const why = found?.problems.length ? t("problems", { n: found.problems.length }) : "";
    return h(
      "div.sch-acts", null, draft.differs ? this.note : null,
      h("button.button", { type: "button", disabled: !draft.unsaved || this.busy, "data-act": "save", "aria-keyshortcuts": "Control+S", onclick: () => this.on.save() }, t("save"), h("kbd", null, "Ctrl S")),
      h("button.button.primary", { type: "button", disabled: stands, title: why, "data-act": "publish", "aria-keyshortcuts": "Control+Enter", onclick: () => this.on.publish() }, t("publish", { n: page.data.version + 1 }), h("kbd", null, "Ctrl ↵")),
    );
  }
}
