/** What was written of a disagreement and not recorded yet? Kept in this browser until it is: a key for each, so that tabs don't overwrite each other. */

export class Notes {
  /** @param {number} person another person at this browser does not see them @param {number} article */
  constructor(person, article) {
    this.prefix = `newsroom-notes:${person}:${article}:`;
  }

  /** @param {string} unit @returns {string|undefined} */
  of(unit) {
    try {
      return localStorage.getItem(this.prefix + unit) ?? undefined;
    } catch {
      return undefined; // storage is forbidden here: they live as long as the page
    }
  }

  /** @param {string} unit @param {string} note "" forgets it */
  keep(unit, note) {
    try {
      if (note) localStorage.setItem(this.prefix + unit, note);
      else localStorage.removeItem(this.prefix + unit);
    } catch {
      // As above, or full.
    }
  }
}
