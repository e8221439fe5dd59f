/** What was written of a disagreement and not recorded yet? Kept in this browser until it is: a key for each, so that tabs don't overwrite each other. */

export class Notes {
  /** @param {number} person another person at this browser does not see them @param {string} place the address of the adjudication: an article may stand in several projects */
  constructor(person, place) {
    this.prefix = `newsroom-notes:${person}:${place}:`;
  }

  /** @param {string} unit @param {string} against what is decided of it now @returns {string|undefined} nothing where it was written against another decision */
  of(unit, against) {
    try {
      const kept = JSON.parse(localStorage.getItem(this.prefix + unit) ?? "null");
      return kept?.against === against ? kept.note : undefined;
    } catch {
      return undefined; // storage is forbidden here: they live as long as the page
    }
  }

  /** @param {string} unit @param {string} note @param {string} against what was decided of it when the note was written */
  keep(unit, note, against) {
    if (!note) return this.forget(unit);
    try {
      localStorage.setItem(this.prefix + unit, JSON.stringify({ note, against }));
    } catch {
      // As above, or full.
    }
  }

  /** @param {string} unit */
  forget(unit) {
    try {
      localStorage.removeItem(this.prefix + unit);
    } catch {
      // As above.
    }
  }
}
