/** Who stands where on what? An article's stances as holders × targets. */

/** @typedef {import("./types.js").Relation} Relation */
/** @typedef {{key: string, title: string, end: string}} Line one holder or target: its key, its first wording, and the end that says it */
/** @typedef {{rows: Line[], columns: Line[], cells: Map<string, Relation[]>}} Matrix cells by `row key␟column key` */

const SEPARATOR = "\u241f";

/**
 * @param {Relation[]} stances @param {(end: string) => {key: string, title: string}} lineOf ends with the same key share a line
 * @returns {Matrix} those with most stances first
 */
export function matrixOf(stances, lineOf) {
  const rows = new Lines(lineOf);
  const columns = new Lines(lineOf);
  /** @type {Map<string, Relation[]>} */
  const cells = new Map();
  for (const stance of stances) {
    const key = cellKey(rows.add(stance.head), columns.add(stance.tail));
    cells.set(key, [...(cells.get(key) ?? []), stance]);
  }
  return { rows: rows.sorted(), columns: columns.sorted(), cells };
}

/** @param {string} row @param {string} column @returns {string} */
export const cellKey = (row, column) => `${row}${SEPARATOR}${column}`;

class Lines {
  /** @param {(end: string) => {key: string, title: string}} lineOf */
  constructor(lineOf) {
    this.lineOf = lineOf;
    /** @type {Map<string, Line & {count: number}>} */
    this.lines = new Map();
  }

  /** @param {string} end @returns {string} the key of its line */
  add(end) {
    const { key, title } = this.lineOf(end);
    const line = this.lines.get(key) ?? { key, title, end, count: 0 };
    line.count += 1;
    this.lines.set(key, line);
    return key;
  }

  /** @returns {Line[]} */
  sorted() {
    return [...this.lines.values()].sort((a, b) => b.count - a.count).map(({ key, title, end }) => ({ key, title, end }));
  }
}
