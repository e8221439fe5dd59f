/** What part of the window shows text? Below the bar, above what may cover the foot. Pixels of the window. */

/** @returns {number} where the text begins to be seen */
export const topOfText = () => document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0;

/** @returns {number} */
export const lowestVisible = () => document.querySelector("#hint:not([hidden])")?.getBoundingClientRect().top ?? innerHeight;

/** @param {DOMRect} rect @returns {boolean} whether its line can be read */
export const inSight = (rect) => rect.width > 0 && rect.bottom > topOfText() && rect.top < lowestVisible();

/** @returns {"smooth"|"instant"} how a page scrolls for a person: at once for those who asked for less motion */
export const pace = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth");

/**
 * The text position at a point of the window, as the browser sees it.
 * @param {number} x @param {number} y @returns {{node: Node, offset: number}|null}
 */
export function positionAt(x, y) {
  if (document.caretPositionFromPoint) {
    const found = document.caretPositionFromPoint(x, y);
    return found && { node: found.offsetNode, offset: found.offset };
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}
