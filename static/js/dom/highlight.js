/** How are passing things shown: a draft, what the mouse is on? By the CSS Custom Highlight API: no change of the DOM. */

/** Named highlights over the article; without the API nothing is shown and nothing breaks. */
export class Highlights {
  /** @param {import("./selection.js").Places} places */
  constructor(places) {
    this.places = places;
    /** @type {Map<string, readonly import("../core/types.js").Range[]>} */
    this.shown = new Map();
    this.supported = typeof CSS !== "undefined" && "highlights" in CSS;
  }

  /** @param {string} name see workspace.css @param {import("../core/types.js").Range[]} ranges none takes it away */
  set(name, ranges) {
    if (!this.supported) return;
    this.shown.set(name, ranges);
    if (!ranges.length) CSS.highlights.delete(name);
    else CSS.highlights.set(name, new Highlight(...ranges.map(([start, end]) => this.places.range(start, end))));
  }

  /** Finds all places again: the text was drawn anew. */
  redraw() {
    for (const [name, ranges] of this.shown) this.set(name, ranges);
  }
}
