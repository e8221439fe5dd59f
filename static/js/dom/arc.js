/** How does a stance show in the text? One arc from holder to target, both boxed, an icon half-way. Never all at once. */
import { h, icon, svgElement } from "./h.js";
import { byLine } from "./overlay.js";

export const POLARITY_ICONS = {
  FAVOR: "M8 13V3M4 7l4-4 4 4",
  AGAINST: "M8 3v10M4 9l4 4 4-4",
  NONE: "M3 8h10",
};

/** @typedef {{left: number, right: number, top: number, bottom: number}} Box */

/**
 * @param {Iterable<Element>} segments of a span @param {DOMRect} origin @returns {Box[]} one per line, relative
 */
export function boxesOf(segments, origin) {
  const rects = [...segments].flatMap((segment) => [...segment.getClientRects()]);
  return byLine(rects).map(({ left, right, top, bottom }) => ({
    left: left - origin.left,
    right: right - origin.left,
    top: top - origin.top,
    bottom: bottom - origin.top,
  }));
}

/** @param {Box[]} boxes @param {string} cls @returns {HTMLElement[]} outlines; measured, so physical */
export function outlines(boxes, cls) {
  return boxes.map(({ left, right, top, bottom }) =>
    h(`i.${cls}`, {
      style: { left: `${left - 3}px`, top: `${top + 1}px`, width: `${right - left + 6}px`, height: `${bottom - top - 8}px` },
    }),
  );
}

/**
 * @param {Box} from the holder's first line @param {Box} to the target's first line @param {string} polarity
 * @returns {(Element)[]} an svg with the arc, and the icon half-way
 */
export function arc(from, to, polarity) {
  const [x1, x2] = [(from.left + from.right) / 2, Math.abs(to.right - to.left) > 160 ? to.right - 60 : (to.left + to.right) / 2];
  const below = to.top > from.bottom + 20;
  const y1 = below ? from.bottom - 6 : from.top + 1;
  const y2 = to.top - 1;
  const lift = below ? 0 : 34 + Math.min(Math.abs(x2 - x1) / 14, 26);
  const middle = below ? (y1 + y2) / 2 : 0;
  const [c1, c2] = below ? [`${x1} ${middle + 10}`, `${x2} ${middle - 10}`] : [`${x1} ${y1 - lift}`, `${x2} ${y2 - lift}`];
  const svg = svgElement("svg", { class: "arc" });
  svg.append(
    svgElement("path", { d: `M${x1} ${y1} C${c1} ${c2} ${x2} ${y2 - 6}` }),
    svgElement("path", { class: "head", d: `M${x2 - 6} ${y2 - 9}h12l-6 10z` }),
  );
  const [mx, my] = [(x1 + x2) / 2, below ? (y1 + y2) / 2 : (y1 + y2) / 2 - lift * 0.75];
  const badge = h("i.arc-icon", { style: { left: `${mx}px`, top: `${my}px` } }, icon(POLARITY_ICONS[polarity] ?? POLARITY_ICONS.NONE));
  return [svg, badge];
}
