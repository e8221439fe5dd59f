/** What is chosen for each disagreement and not recorded yet? Kept while the page stands, as long as it can be chosen; a note longer. */

/** @typedef {import("./types.js").Unit} Unit */
/** @typedef {import("./types.js").Choice} Choice */

// What a kind of difference mostly comes from; the person's word is what counts.
const SUGGESTED = { boundary: "guideline", label: "ambiguous", missing: "annotator", relation: "ambiguous", attribute: "subjective", article: "subjective" };

/** @param {string} kind @returns {string} */
export const suggestedType = (kind) => SUGGESTED[kind] ?? "";

/** @param {Unit} unit @returns {string} stands for what is recorded of it, whoever did; "" for nothing */
const decided = ({ verdict }) => (verdict ? JSON.stringify([verdict.values, verdict.own, verdict.error_type, verdict.note]) : "");

export class Choices {
  /** @param {import("../net/notes.js").Notes} notes */
  constructor(notes) {
    this.notes = notes;
    /** @type {Map<string, Choice>} by unit */
    this.made = new Map();
    /** @type {Map<string, number>} put off, in which order */
    this.late = new Map();
  }

  /** @param {Unit} unit @returns {Choice} what was chosen, else recorded, else what leads among the candidates */
  of(unit) {
    const made = this.made.get(unit.key);
    if (made) return made;
    const { verdict } = unit;
    const note = this.notes.of(unit.key, decided(unit));
    if (verdict) return { take: verdict.own ? null : verdict.take, own: verdict.own ? verdict.values[0].ranges : null, error_type: verdict.error_type, note: note ?? verdict.note };
    const first = unit.preselected;
    const blocked = unit.candidates.some(({ key, void: gone, waits }) => key === first && (gone || waits.length));
    return { take: first === null || blocked ? null : first ? [first] : [], own: null, error_type: suggestedType(unit.kind), note: note ?? "" };
  }

  /** @param {Unit} unit @param {Partial<Choice>} change */
  set(unit, change) {
    this.made.set(unit.key, { ...this.of(unit), ...change });
    if (change.note !== undefined) this.notes.keep(unit.key, change.note, decided(unit));
  }

  /** Drops what is recorded. @param {Unit} unit */
  settle(unit) {
    this.made.delete(unit.key);
    this.notes.forget(unit.key);
    this.late.delete(unit.key);
  }

  /** @param {Unit} unit */
  putOff(unit) {
    this.late.delete(unit.key);
    this.late.set(unit.key, this.late.size);
  }

  /** Keeps of the choices those that can still be made. @param {Unit[]} units as they are now */
  keepValid(units) {
    const now = new Map(units.map((unit) => [unit.key, unit]));
    for (const [key, choice] of this.made) {
      const unit = now.get(key);
      const keys = new Set(unit?.candidates.map((candidate) => candidate.key));
      if (!unit) {
        this.made.delete(key);
        this.notes.forget(key);
      } else if (choice.take?.some((taken) => !keys.has(taken))) this.made.set(key, { ...choice, take: null, own: null });
    }
  }

  /**
   * @param {Unit[]} units in the order of the text @param {string|null} from @returns {Unit|null} the undecided one to go on with:
   *   the next in the text, then from its beginning, those put off last
   */
  following(units, from) {
    const at = units.findIndex(({ key }) => key === from);
    const ring = [...units.slice(at + 1), ...units.slice(0, at + 1)].filter(({ settled }) => !settled);
    const order = [...this.late.keys()];
    return ring.find(({ key }) => !this.late.has(key)) ?? ring.sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key))[0] ?? null;
  }
}
