/** How does the focus stay while a place is drawn anew? The control that had it is found again by what it is for. */

const NAMES = ["data-attribute", "data-slot", "data-value", "data-act", "data-order", "data-label"];

/** @param {HTMLElement} place @param {() => void} draw puts other elements into it */
export function keepFocus(place, draw) {
  const key = place.contains(document.activeElement) ? keyOf(document.activeElement) : null;
  draw();
  const control = key === null ? null : /** @type {HTMLElement|null} */ (place.querySelector(key));
  control?.focus({ preventScroll: true });
  // In a field what is typed next replaces what is in it.
  if (control instanceof HTMLInputElement) control.select();
}

/** @param {Element} element @returns {string|null} */
function keyOf(element) {
  const card = element.closest("[data-id]");
  const own = element === card ? undefined : NAMES.find((name) => element.hasAttribute(name));
  const parts = [card && `[data-id="${CSS.escape(card.getAttribute("data-id"))}"]`, own && `[${own}="${CSS.escape(element.getAttribute(own))}"]`];
  return parts.filter(Boolean).join(" ") || null;
}
