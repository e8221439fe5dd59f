/** Where in the text does somebody arrive who follows a link to a place? At `#at=120-123`: the cursor stands on it, in view. */

const PLACE = /^#at=(\d{1,9})-(\d{1,9})$/;

/** @param {import("./desk.js").Desk} desk once the text is drawn @param {string} hash the address's */
export function arrive(desk, hash) {
  const [, start, end] = (PLACE.exec(hash) ?? []).map(Number);
  if (!(start < end) || end > desk.ws.text.length) return;
  desk.caret.cover([start, end]);
  desk.caret.show(true);
  const node = desk.view.places.range(start, end).startContainer;
  (node instanceof Element ? node : node.parentElement)?.scrollIntoView({ block: "center" });
}
