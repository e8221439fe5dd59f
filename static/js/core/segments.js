/**
 * How do overlapping spans become HTML that Persian letters survive? As flat segments, cut at every span boundary.
 *
 * The same algorithm as annotations/text/segments.py, to the same bytes (tests/golden/segments.json);
 * docs/workspace-dom.md is the contract. All offsets are code points.
 */
import { INK } from "./ink.js";
import { bisectRight } from "./text.js";

/** @typedef {import("./text.js").Text} Text */
/** @typedef {import("./types.js").Range} Range */
/** @typedef {{id: string, kind: string, color: string, ranges: Range[], title: string}} Mark */
/** @typedef {{mark: Mark, ranges: Range[], length: number, first: boolean}} Piece */
/** @typedef {{start: number, end: number, ids: string[], classes: string, starts: string[], title: string}} Segment */
/** @typedef {{start: number, segments: Segment[]}} Unit */
/** @typedef {{index: number, start: number, end: number, starts: number[]}} Line */

const SENTENCE_END = /[.!?؟…][»”"')\]]*[ \u00a0]+/g;
const SPACE = /[ \u00a0]+/g;
const LONG_BLOCK = 1500;
const SHORTEST_UNIT = 500;
const UNDERLINES = 4;
const DEEPEST_CLAIM = 3;

/** @param {number} index place in the page's data @returns {string} the id the HTML names the span by */
export const shortId = (index) => index.toString(36);

/**
 * The lines with ink, without their newline, with the starts of their units.
 * @param {Text} text @param {Text} [shown] another text with the same lines: the places are its, which lines there are says `text`
 * @returns {Line[]}
 */
export function lines(text, shown = text) {
  const found = [];
  const drawn = shown.value.split("\n");
  let units = 0;
  for (const [at, line] of text.value.split("\n").entries()) {
    if (INK.test(line)) {
      const start = shown.toPoints(units);
      const end = shown.toPoints(units + drawn[at].length);
      found.push({ index: found.length, start, end, starts: unitStarts(shown, start, end) });
    }
    units += drawn[at].length + 1;
  }
  return found;
}

/** @param {Text} text @param {number} start @param {number} end @returns {number[]} */
function unitStarts(text, start, end) {
  const starts = [start];
  while (end - start > LONG_BLOCK) {
    const from = text.toUnits(start + SHORTEST_UNIT);
    const window = text.value.slice(from, text.toUnits(start + LONG_BLOCK));
    let cut = 0;
    for (const pattern of [SENTENCE_END, SPACE]) {
      for (const match of window.matchAll(pattern)) cut = match.index + match[0].length;
      if (cut) break;
    }
    start = cut ? text.toPoints(from + cut) : start + LONG_BLOCK;
    starts.push(start);
  }
  return starts;
}

/**
 * Clips marks to lines.
 * @param {Line[]} all @param {Iterable<Mark>} marks @returns {Map<number, Piece[]>} pieces by index of the line
 */
export function piecesByLine(all, marks) {
  const begins = all.map((line) => line.start);
  /** @type {Map<number, Piece[]>} */
  const pieces = new Map();
  for (const mark of marks) {
    let first = true;
    for (const [index, ranges] of touched(all, begins, mark.ranges)) {
      const piece = { mark, ranges, length: ranges.reduce((sum, [s, e]) => sum + e - s, 0), first };
      if (pieces.has(index)) pieces.get(index).push(piece);
      else pieces.set(index, [piece]);
      first = false;
    }
  }
  return pieces;
}

/**
 * Which lines do ranges lie on, and with what of themselves?
 * @param {Line[]} all @param {number[]} begins @param {Range[]} ranges @returns {[number, Range[]][]} in order of lines
 */
export function touched(all, begins, ranges) {
  /** @type {Map<number, Range[]>} */
  const found = new Map();
  for (const [start, end] of ranges) {
    let index = Math.max(bisectRight(begins, start) - 1, 0);
    for (; index < all.length && begins[index] < end; index++) {
      const from = Math.max(start, begins[index]);
      const to = Math.min(end, all[index].end);
      if (from >= to) continue;
      if (found.has(index)) found.get(index).push([from, to]);
      else found.set(index, [[from, to]]);
    }
  }
  return [...found].sort((a, b) => a[0] - b[0]);
}

/**
 * Gives each piece, shortest first, the lowest underline on which it meets no other; -1 for claims.
 * @param {Piece[]} pieces @returns {number[]}
 */
export function levels(pieces) {
  /** @type {{starts: number[], ends: number[]}[]} */
  const rows = [];
  return pieces.map((piece) => {
    if (piece.mark.kind === "claim") return -1;
    let level = 0;
    while (level < rows.length && !piece.ranges.every((range) => isFree(rows[level], range))) level++;
    if (level === rows.length) rows.push({ starts: [], ends: [] });
    for (const [start, end] of piece.ranges) {
      const at = bisectRight(rows[level].starts, start);
      rows[level].starts.splice(at, 0, start);
      rows[level].ends.splice(at, 0, end);
    }
    return level;
  });
}

/** @param {{starts: number[], ends: number[]}} row @param {Range} range @returns {boolean} */
function isFree({ starts, ends }, [start, end]) {
  const at = bisectRight(starts, start);
  return (at === 0 || ends[at - 1] <= start) && (at === starts.length || starts[at] >= end);
}

/** @param {Map<number, number[]>} map @param {number} at @param {number} rank */
function push(map, at, rank) {
  if (map.has(at)) map.get(at).push(rank);
  else map.set(at, [rank]);
}

/**
 * Sweeps over a line: at each boundary some ranks (shortest first) come, some go.
 * @param {Line} line @param {Piece[]} unsorted @returns {Segment[]}
 */
export function cutLine(line, unsorted) {
  const pieces = [...unsorted].sort((a, b) => a.length - b.length || a.ranges[0][0] - b.ranges[0][0]);
  const given = levels(pieces);
  /** @type {Map<number, number[]>} */
  const comes = new Map();
  /** @type {Map<number, number[]>} */
  const goes = new Map();
  pieces.forEach((piece, rank) => {
    for (const [first, last] of piece.ranges) {
      push(comes, first, rank);
      push(goes, last, rank);
    }
  });
  const cuts = [...new Set([...line.starts, ...comes.keys(), ...goes.keys(), line.end])].sort((a, b) => a - b);
  /** @type {number[]} */
  let active = [];
  return cuts.slice(0, -1).map((start, at) => {
    for (const rank of goes.get(start) ?? []) active.splice(active.indexOf(rank), 1);
    const arriving = comes.get(start) ?? [];
    if (arriving.length) active = [...active, ...arriving].sort((a, b) => a - b);
    const fresh = arriving.map((rank) => pieces[rank]).filter((p) => p.first && p.ranges[0][0] === start);
    return {
      start,
      end: cuts[at + 1],
      ids: active.map((rank) => pieces[rank].mark.id),
      classes: active.length ? classesOf(active, pieces, given) : "",
      starts: fresh.map((piece) => piece.mark.id),
      title: fresh.map((piece) => piece.mark.title).join(" / "),
    };
  });
}

/** @param {number[]} active @param {Piece[]} pieces @param {number[]} given @returns {string} */
function classesOf(active, pieces, given) {
  const said = ["s"];
  let depth = 0;
  let tint = "";
  for (const rank of active) {
    const { kind, color } = pieces[rank].mark;
    const level = given[rank];
    if (level < 0) {
      depth++;
      continue;
    }
    if (level < UNDERLINES) said.push(`u${level}-${color}`);
    if (kind !== "entity" && level < UNDERLINES) said.push(`x${level}`);
    else if (!tint && kind === "entity") tint = `t-${color}`;
  }
  if (tint) said.push(tint);
  if (depth) said.push(`c${Math.min(depth, DEEPEST_CLAIM)}`);
  return said.join(" ");
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;" };

/** @param {string} text @returns {string} safe as text and inside a quoted attribute */
export const escapeHtml = (text) => text.replace(/[&<>"\r]/g, (sign) => ENTITIES[sign]);

/** @param {Text} text @param {Segment[]} segments @returns {string} */
function renderSegments(text, segments) {
  return segments
    .map(({ start, end, ids, classes, starts, title }) => {
      const inner = escapeHtml(text.slice(start, end));
      if (!ids.length) return inner;
      const begins = starts.length
        ? ` data-start="${starts.join(" ")}" role="mark" aria-description="${escapeHtml(title)}"`
        : "";
      return `<span class="${escapeHtml(classes)}" data-i="${ids.join(" ")}"${begins}>${inner}</span>`;
    })
    .join("");
}

/**
 * The HTML of each unit of a line: one for most lines, several for a long one.
 * @param {Text} text @param {Line} line @param {Piece[]} pieces @returns {string[]}
 */
export function renderUnits(text, line, pieces) {
  const cut = cutLine(line, pieces);
  if (line.starts.length === 1) return [renderSegments(text, cut)];
  /** @type {Segment[][]} */
  const units = line.starts.map(() => []);
  for (const segment of cut) units[bisectRight(line.starts, segment.start) - 1].push(segment);
  return units.map((segments) => renderSegments(text, segments));
}

/** @param {Text} text @param {Line} line @param {Piece[]} pieces @returns {string} what stands inside the `<p>` */
export function renderInner(text, line, pieces) {
  const units = renderUnits(text, line, pieces);
  if (units.length === 1) return units[0];
  return units.map((html, at) => `<span data-cp="${line.starts[at]}">${html}</span>`).join("");
}
