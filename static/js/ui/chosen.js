/** When is a list's value chosen? At once by the mouse; by the arrow keys, which turn it with each press, once it is left. */

/** @param {HTMLElement} place holds lists, or is one @param {(list: HTMLSelectElement) => void} use called with the list once its value is chosen */
export function onChosen(place, use) {
  let keyed = false;
  /** @type {HTMLSelectElement|null} */
  let turned = null;
  const settle = () => {
    const list = turned;
    turned = null;
    if (list) use(list);
  };
  place.addEventListener("pointerdown", () => (keyed = false));
  place.addEventListener("keydown", (event) => {
    keyed = true;
    if (event.code !== "Enter" || !turned) return;
    event.preventDefault();
    settle();
  });
  place.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLSelectElement)) return;
    turned = target;
    if (!keyed) settle();
  });
  place.addEventListener("focusout", settle);
}
