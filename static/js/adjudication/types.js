/** What does the server say of an adjudication? The shapes; docs/adjudication.md has the words. */

/** @typedef {import("../core/types.js").Range} Range */
/** @typedef {{key: string, value: any, by: number[], sources: {set: number|null, id: string|null}[], waits: string[], void: boolean}} Candidate */
/** @typedef {{take: string[], values: any[], own: boolean, error_type: string, note: string, dated: boolean}} Verdict */
/**
 * @typedef {object} Unit
 * @property {string} key
 * @property {string} seen
 * @property {"span"|"relation"|"label"} noun
 * @property {string} group
 * @property {string} kind
 * @property {number} at
 * @property {Range[]} ranges
 * @property {number} pairs
 * @property {Candidate[]} candidates
 * @property {number[]} absent
 * @property {string|null} preselected
 * @property {boolean} settled
 * @property {Verdict|null} verdict
 */
/** @typedef {{id: string, label: string, kind: string, color: string, ranges: Range[], title: string}} Mark */
/**
 * @typedef {object} State
 * @property {number} version
 * @property {string} seen stands for what the finished sets say
 * @property {string|null} status
 * @property {number|null} gold
 * @property {string|null} another
 * @property {boolean} editable
 * @property {{number: number, set: number|null, finished: boolean}[]} annotators
 * @property {number[]} missing
 * @property {Unit[]} units
 * @property {{all: number, pending: number, acceptable: number, labels: {group: string, label: string, n: number}[]}} agreed
 * @property {Record<string, Range[]>} ends where the spans stand that relations are between, by unit
 * @property {{unit: string, noun: string, values: any[]}[]} lost
 * @property {boolean} undo
 * @property {string|null} undo_step the person's last step, which is taken back first
 * @property {string} [undone]
 * @property {Mark[]} marks
 */

/** What is chosen and not recorded yet. @typedef {{take: string[]|null, own: Range[]|null, error_type: string, note: string}} Choice */

/** In the order of the tabs. */
export const KINDS = Object.freeze(["boundary", "label", "missing", "relation", "attribute", "article"]);
export const ERROR_TYPES = Object.freeze(["ambiguous", "guideline", "annotator", "edge_case", "subjective"]);
