/** What was written of a disagreement and not recorded yet? Kept in this browser until it is: a key for each, so that tabs don't overwrite each other. */
import { read, remove, write } from "./kept.js";

export class Notes {
  /** @param {number} person another person at this browser does not see them @param {string} place the address of the adjudication: an article may stand in several projects */
  constructor(person, place) {
    this.prefix = `newsroom-notes:${person}:${place}:`;
  }

  /** @param {string} unit @param {string} against what is decided of it now @returns {string|undefined} nothing where it was written against another decision */
  of(unit, against) {
    const kept = JSON.parse(read(this.prefix + unit) ?? "null");
    return kept?.against === against ? kept.note : undefined;
  }

  /** @param {string} unit @param {string} note @param {string} against what was decided of it when the note was written */
  keep(unit, note, against) {
    if (note) write(this.prefix + unit, JSON.stringify({ note, against }));
    else this.forget(unit);
  }

  /** @param {string} unit */
  forget(unit) {
    remove(this.prefix + unit);
  }
}
