/** What does the project's scheme allow? Labels by key and kind, the ends a relation may have, attributes as fields. */

/** @typedef {import("./types.js").Label} Label */
/** @typedef {import("./types.js").Kind} Kind */

const SPAN_KINDS = new Set(["entity", "claim", "cue", "expression"]);

export class Scheme {
  /** @param {Label[]} labels in their order @param {"fa"|"en"} language */
  constructor(labels, language) {
    this.language = language;
    this.take(labels);
  }

  /** @param {Label[]} labels in their order; those that are archived only name what bears them */
  take(labels) {
    this.labels = labels.filter(({ archived }) => !archived);
    this.byKey = new Map(this.labels.map((label) => [label.key, label]));
    /** @type {Map<string, Label>} */
    this.archived = new Map(labels.filter(({ archived }) => archived).map((label) => [label.key, { ...label, shortcut: "" }]));
    /** @type {Map<string, string>} the keys that the scheme gives, by label */
    this.given = new Map(this.labels.map(({ key, shortcut }) => [key, shortcut]));
  }

  /**
   * Gives each label its key: the person's own, else the scheme's unless a person's own has taken that.
   * @param {Record<string, string>} own codes by label
   */
  bind(own) {
    const taken = new Set(this.labels.map(({ key }) => own[key]).filter(Boolean));
    for (const label of this.labels) {
      const given = this.given.get(label.key);
      label.shortcut = own[label.key] || (taken.has(given) ? "" : given);
    }
  }

  /** @param {Kind} kind @returns {Label[]} */
  ofKind(kind) {
    return this.labels.filter((label) => label.kind === kind);
  }

  /** @param {string} key @returns {Label} a stand-in for one that is not known yet, so that all work shows */
  label(key) {
    return this.byKey.get(key) ?? this.archived.get(key) ?? { key, kind: "entity", title: key, color: "slate", shortcut: "", attributes: {}, ends: {} };
  }

  /** @param {string} key @returns {boolean} whether spans bear it */
  isSpanLabel(key) {
    return SPAN_KINDS.has(this.label(key).kind);
  }

  /**
   * Whether a relation's slot takes a span with this label, be it archived, or one of "topic", "article", "implicit".
   * @param {Label} relation @param {"head"|"via"|"tail"} slot @param {string} what a label's key or one of the words
   */
  allows(relation, slot, what) {
    const allowed = relation.ends[slot] ?? [];
    const kind = (this.byKey.get(what) ?? this.archived.get(what))?.kind;
    return allowed.includes(`@${kind ?? what}`) || (kind !== undefined && allowed.includes(what));
  }

  /**
   * The attributes of a label as fields of a form.
   * @param {Label} label
   * @returns {{name: string, title: string, choices: {value: any, title: string}[]|null, many: boolean, property: import("./types.js").Property}[]} `many`: several of the choices
   */
  fields(label) {
    return Object.entries(label.attributes.properties ?? {}).map(([name, property]) => ({
      name,
      property,
      title: this.#said(property["x-title"], name),
      many: property.type === "array" && property.items?.enum !== undefined,
      choices: (property.enum ?? property.items?.enum)?.map((value) => ({ value, title: this.#said((property.titles ?? property.items?.titles)?.[String(value)], String(value)) })) ?? null,
    }));
  }

  /** @param {Label} label a document label @returns {{value: string, title: string}[]} the values it takes */
  values(label) {
    return (label.attributes.values ?? []).map((value) => ({ value, title: this.#said(label.attributes.titles?.[value], value) }));
  }

  /** @param {Label} label @param {string} name @param {any} value @returns {string} the value's title */
  valueTitle(label, name, value) {
    return this.#said(label.attributes.properties?.[name]?.titles?.[value], String(value));
  }

  /** @param {Record<string, string>|string|undefined} titles @param {string} fallback */
  #said(titles, fallback) {
    return typeof titles === "string" ? titles : (titles?.[this.language] ?? titles?.en ?? fallback);
  }
}
