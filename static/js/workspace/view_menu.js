/** How does a person like to read? Size, lines, width, chips, focus, colours: shown at once, remembered with their account. */
import { savePreferences } from "../net/preferences.js";

const CYCLES = /** @type {const} */ ({ chips: ["on", "hover", "off"], focus: ["all", "entities", "claims"] });

/** @param {HTMLElement} element @returns {number} pixels of the window */
const middleOf = (element) => (element.getBoundingClientRect().left + element.getBoundingClientRect().right) / 2;

export class ViewMenu {
  /** @param {import("./desk.js").Desk} desk @param {HTMLFormElement} form */
  constructor(desk, form) {
    this.desk = desk;
    this.form = form;
    form.addEventListener("change", ({ target }) => target instanceof HTMLInputElement && this.#choose(target.name, target.value));
    form.addEventListener("keydown", ({ code }) => code === "Escape" && form.hidePopover());
    // Before the menu opens: it comes up where it stays.
    const button = /** @type {HTMLElement} */ (document.querySelector(`[popovertarget="${form.id}"]`));
    button.addEventListener("click", () => form.style.setProperty("--under", `${middleOf(button)}px`), { capture: true });
    /** @type {Element|null} the group of chips beside the mouse */
    this.near = null;
    desk.ws.doc.addEventListener("mouseover", ({ target }) => this.#point(/** @type {Element} */ (target).closest("[data-cp]")));
  }

  /** The next value of what a key cycles through, said in a line. @param {keyof typeof CYCLES} name */
  cycle(name) {
    const values = CYCLES[name];
    const next = values[(values.indexOf(/** @type {never} */ (document.documentElement.dataset[name])) + 1) % values.length];
    const input = /** @type {HTMLInputElement} */ (this.form.querySelector(`[name="${name}"][value="${next}"]`));
    input.checked = true;
    this.#choose(name, next);
    this.desk.say(`${input.closest("fieldset").querySelector("legend").firstChild.textContent.trim()}: ${input.nextElementSibling.textContent}`);
  }

  /** @param {string} name @param {string} value */
  #choose(name, value) {
    document.documentElement.dataset[name] = value;
    const themeButton = /** @type {HTMLButtonElement|null} */ (document.querySelector("#theme button"));
    if (name === "theme" && themeButton) themeButton.value = value === "dark" ? "light" : "dark";
    this.desk.moved();
    savePreferences(this.form.action, { [name]: value });
  }

  /** @param {Element|null} unit whose chips are shown where they are shown under the mouse only */
  #point(unit) {
    const group = (unit && this.desk.view.chips.groups.get(unit)) ?? null;
    if (group === this.near) return;
    this.near?.classList.remove("is-near");
    group?.classList.add("is-near");
    this.near = group;
  }
}
