/** How does a menu that is a `<details>` close? By Escape, which goes back to its button, and by a click beside it. */

/** @returns {HTMLDetailsElement|null} */
const opened = () => document.querySelector("details.menu[open]");

/** Lets the page's menus close; without this their button closes them. */
export function shutMenus() {
  document.addEventListener("keydown", (event) => {
    const menu = opened();
    if (!menu || event.code !== "Escape" || event.defaultPrevented) return;
    menu.open = false;
    /** @type {HTMLElement} */ (menu.querySelector("summary")).focus();
  });
  document.addEventListener("pointerdown", (event) => {
    const menu = opened();
    if (menu && !menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
  });
}
