/**
 * Which range of one text stands for a range of another? Between the changes characters are copied one to one.
 * The rules of annotations/text/offsets.py (`OffsetMap`), held to it by tests/browser/test_reading_core.py; code points.
 */
import { countBelow } from "./offsets.js";

/** @typedef {import("./types.js").Range} Range */
/** @typedef {{starts: number[], ends: number[]}} Side where each change stands in one of the texts, in order */

/** An alignment of a source and a target text. Immutable; `inverse` looks the other way. */
export class Alignment {
  /** @param {number} sourceLength @param {number} targetLength @param {Side} source @param {Side} target */
  constructor(sourceLength, targetLength, source, target) {
    Object.assign(this, { sourceLength, targetLength, source, target });
  }

  /** @param {number} length @returns {Alignment} of a text with itself */
  static identity(length) {
    return new Alignment(length, length, { starts: [], ends: [] }, { starts: [], ends: [] });
  }

  /**
   * @param {readonly number[]} sections copied, removed, inserted, copied, …, copied
   * @returns {Alignment} @throws {RangeError} for anything else
   */
  static fromSections(sections) {
    if (sections.length % 3 !== 1 || sections.some((length) => !Number.isInteger(length) || length < 0)) throw new RangeError("no sections");
    const [source, target] = [{ starts: [], ends: [] }, { starts: [], ends: [] }];
    let [at, to] = [sections[0], sections[0]];
    for (let index = 1; index < sections.length; index += 3) {
      const [removed, inserted, copied] = sections.slice(index, index + 3);
      source.starts.push(at);
      target.starts.push(to);
      source.ends.push((at += removed));
      target.ends.push((to += inserted));
      [at, to] = [at + copied, to + copied];
    }
    return new Alignment(at, to, source, target);
  }

  /** @returns {Alignment} from target to source */
  get inverse() {
    return new Alignment(this.targetLength, this.sourceLength, this.target, this.source);
  }

  /**
   * Where a position of the source stands in the target: of what was inserted there, or of the change it lies in, that is the
   * beginning, `after` the end.
   * @param {number} position @param {boolean} [after] @returns {number}
   */
  position(position, after = false) {
    const { source, target } = this;
    const first = countBelow(source.ends, position);
    if (first === source.ends.length || source.starts[first] > position) {
      return position + (first ? target.ends[first - 1] - source.ends[first - 1] : 0);
    }
    if (this.#isInside(position)) return (after ? target.ends : target.starts)[first];
    if (!after) return (source.starts[first] === position ? target.starts : target.ends)[first];
    const last = countBelow(source.ends, position + 1);
    return last > first ? target.ends[last - 1] : target.starts[first];
  }

  /**
   * The range of the target that stands for a range of the source; empty where that was deleted. A change that is cut is
   * taken whole; what was inserted at an end stays outside.
   * @param {number} start @param {number} end @returns {Range}
   */
  range(start, end) {
    if (start === end) return [this.position(start), this.position(start)];
    return [this.position(start, !this.#isInside(start)), this.position(end, this.#isInside(end))];
  }

  /** @param {number} position @returns {boolean} whether it cuts a change */
  #isInside(position) {
    const first = countBelow(this.source.ends, position);
    return first < this.source.ends.length && this.source.starts[first] < position && position < this.source.ends[first];
  }
}
