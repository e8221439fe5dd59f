/** What is the scheme that is being edited, and what in it differs from the published one? The page's one state. */

import { page } from "./page.js";

/** @typedef {import("../core/types.js").Label & {title_fa: string, title_en: string, archived: boolean, was: string, into: string}} DraftLabel */
/** @typedef {{key: string, title: string, family: "span"|"relation"|"article", ends?: Record<string, string[]>, roles?: Record<string, string>}} Kind */
/** @typedef {{at: number, changed: string[], used: number, affected: number, invalid: number, ends: number, missing: number, refused: number, into: string, key: string, was: string}} Change */
/** @typedef {{code: string, at: number[], field: string, detail: string, data: Record<string, any>}} Problem */
/** @typedef {{changes: Change[], problems: Problem[], affected: number, articles: number, preview: any}} Found */

const GROUPS = { entity: "entity", claim: "words", cue: "words", expression: "words", attribution: "relation", stance: "relation", relation: "relation", article: "article" };

/** @param {string} kind @returns {"entity"|"words"|"relation"|"article"} in which part of the list a kind stands */
export const groupOf = (kind) => GROUPS[kind] ?? "article";

export class Draft {
  /** @param {any} data the page's */
  constructor(data) {
    this.data = data;
    /** @type {DraftLabel[]} */
    this.labels = structuredClone(data.draft ?? data.published);
    /** @type {Map<string, DraftLabel>} */
    this.published = new Map(data.published.map((label) => [label.key, label]));
    this.state = data.state;
    /** @type {DraftLabel} */
    this.selected = this.ordered()[0];
    this.saved = JSON.stringify(this.labels);
    /** @type {{found: Found, labels: DraftLabel[]}|null} the server's last answer, and the labels it was about */
    this.answer = null;
    /** Called after every change; `whole` where more than a field of the form is different. */
    this.onChange = (/** @type {boolean} */ _whole) => {};
  }

  /** @returns {boolean} whether something was done that no draft holds */
  get unsaved() {
    return JSON.stringify(this.labels) !== this.saved;
  }

  /** @returns {boolean} whether the draft says anything else than what is published */
  get differs() {
    return JSON.stringify(this.labels) !== JSON.stringify(this.data.published);
  }

  /** @returns {boolean} whether published labels stand in another order */
  get moved() {
    const now = this.labels.map(({ was }) => was).filter(Boolean);
    return now.join(" ") !== [...this.published.keys()].filter((key) => now.includes(key)).join(" ");
  }

  /** @returns {DraftLabel[]} as the list shows them: group by group, within each in their order */
  ordered() {
    return ["entity", "words", "relation", "article"].flatMap((group) => this.labels.filter(({ kind }) => groupOf(kind) === group));
  }

  /** @param {DraftLabel} label @param {Partial<DraftLabel>} fields @param {{whole?: boolean}} [how] */
  set(label, fields, { whole = false } = {}) {
    Object.assign(label, fields);
    this.onChange(whole);
  }

  /** @param {DraftLabel} label */
  select(label) {
    this.selected = label;
    this.onChange(true);
  }

  /** @param {string} kind @returns {DraftLabel} a new label, selected */
  add(kind) {
    const { colors, kinds } = this.data;
    const taken = new Set(this.labels.map(({ color }) => color));
    const color = colors.find((one) => !taken.has(one)) ?? "slate";
    const rule = kinds.find(({ key }) => key === kind);
    const attributes = rule.family === "article" ? { topic: false, values: [] } : {};
    const label = /** @type {any} */ ({ key: "", kind, title_fa: "", title_en: "", color, shortcut: "", attributes, ends: structuredClone(rule.ends ?? {}), archived: false, was: "", into: "" });
    this.labels.push(label);
    this.select(label);
    return label;
  }

  /** @param {DraftLabel} label takes a new one away; a published one is archived, or given again */
  drop(label) {
    if (label.was) return this.set(label, { archived: !label.archived, into: "" }, { whole: true });
    const order = this.ordered();
    const next = order[order.indexOf(label) + 1] ?? order[order.indexOf(label) - 1];
    this.labels.splice(this.labels.indexOf(label), 1);
    this.select(next ?? this.labels[0]);
  }

  /** @param {DraftLabel} label @param {1|-1} way within its group */
  move(label, way) {
    const other = this.neighbour(label, way);
    if (other) this.place(label, other, way > 0);
  }

  /** @param {DraftLabel} label @param {1|-1} way @returns {DraftLabel|undefined} what stands before or behind it in its group */
  neighbour(label, way) {
    const group = this.labels.filter(({ kind }) => groupOf(kind) === groupOf(label.kind));
    return group[group.indexOf(label) + way];
  }

  /** @param {DraftLabel} label @param {DraftLabel} other of the same group @param {boolean} after */
  place(label, other, after) {
    if (label === other || groupOf(label.kind) !== groupOf(other.kind)) return;
    this.labels.splice(this.labels.indexOf(label), 1);
    this.labels.splice(this.labels.indexOf(other) + (after ? 1 : 0), 0, label);
    this.onChange(true);
  }

  /**
   * Takes labels of a file, a preset or an older version in: what has the same key and kind is changed, the rest is new.
   * @param {DraftLabel[]} coming @param {{alone?: boolean}} [how] alone: what does not come is archived
   * @returns {{read: number, fresh: number}}
   */
  take(coming, { alone = false } = {}) {
    let fresh = 0;
    for (const { was: _was, into: _into, ...said } of structuredClone(coming)) {
      const known = this.labels.find(({ key, kind }) => key === said.key && kind === said.kind);
      if (known) Object.assign(known, said, { into: "" });
      else {
        this.labels.push({ ...said, was: "", into: "" });
        fresh++;
      }
    }
    if (alone) for (const label of this.labels) if (!coming.some(({ key }) => key === label.key)) label.archived = true;
    this.onChange(true);
    return { read: coming.length, fresh };
  }

  /** Goes back to what is published. */
  reset() {
    this.labels = structuredClone(this.data.published);
    this.state = null;
    this.saved = JSON.stringify(this.labels);
    this.selected = this.labels.find(({ key }) => key === this.selected?.key) ?? this.ordered()[0];
    this.onChange(true);
  }

  /** @param {DraftLabel} label @returns {Problem[]} */
  problemsOf(label) {
    const at = this.answer?.labels.indexOf(label) ?? -1;
    return at < 0 ? [] : this.answer.found.problems.filter((problem) => problem.at.includes(at));
  }

  /** @param {Problem} problem @returns {DraftLabel[]} those it is about */
  about(problem) {
    return problem.at.map((at) => this.answer.labels[at]);
  }

  /** @param {Problem} problem @returns {string} in the person's language; labels by their titles, as everywhere on the page */
  saidOf(problem) {
    return problem.code === "shortcut_twice" ? page.t("clash", { title: page.title(this.about(problem)[0]) }) : problem.detail;
  }

  /** @param {DraftLabel} label @returns {Change|undefined} */
  changeOf(label) {
    const at = this.answer?.labels.indexOf(label) ?? -1;
    return at < 0 ? undefined : this.answer.found.changes.find((change) => change.at === at);
  }

  /** @param {DraftLabel} label @returns {number} how many annotations bear it */
  used(label) {
    return (label.was && this.data.used[label.was]) || 0;
  }
}
