/**
 * Is somebody in the middle of something in a place, of a word in a field or of a press on a button? What redraws the place
 * waits for them: the letters would be gone, or the button from under the finger.
 */

const FIELD = "input, select, textarea";

export class Typing {
  /** @param {HTMLElement} place @param {() => void} onEnd called once what was typed has been said, the field was left or the button let go */
  constructor(place, onEnd) {
    this.place = place;
    /** @type {EventTarget|null} */
    this.field = null;
    this.pressed = false;
    const end = ({ type, target }) => {
      // What can't be taken as it was typed is given up with the field.
      const wrong = type === "focusout" && target.validity?.customError;
      if (!this.field && !wrong) return;
      this.field = null;
      onEnd();
    };
    place.addEventListener("input", ({ target }) => (this.field = target));
    // Before the field's own handler, which may ask for a redraw.
    for (const event of ["change", "focusout"]) place.addEventListener(event, end, { capture: true });
    place.addEventListener("pointerdown", ({ target, button }) => (this.pressed = button === 0 && buttonOf(target) !== null));
    place.addEventListener("mousedown", (event) => this.#onPress(event));
    const release = () => {
      if (!this.pressed) return;
      // The click comes first.
      setTimeout(() => {
        this.pressed = false;
        onEnd();
      });
    };
    // A finger is let go before the press of the mouse that it stands for begins.
    for (const event of ["pointerup", "pointercancel", "mouseup"]) document.addEventListener(event, release, { capture: true });
  }

  /** A press on a button does not take the keyboard from the text; a field gives it up, and what is in it is said. @param {MouseEvent} event */
  #onPress(event) {
    if (buttonOf(event.target) === null) return;
    event.preventDefault();
    if (event.button !== 0) return;
    this.pressed = true;
    this.settle();
  }

  /** Leaves the field, if one is in use here: what was typed is said. */
  settle() {
    if (this.#focused) this.#focused.blur();
  }

  /** @returns {HTMLInputElement|null} the field here that has the focus */
  get #focused() {
    const focused = document.activeElement;
    return focused?.matches(FIELD) && this.place.contains(focused) ? /** @type {HTMLInputElement} */ (focused) : null;
  }

  get active() {
    // What can't be taken as it was typed stays to be mended.
    return this.pressed || (this.#focused !== null && (this.field === this.#focused || this.#focused.validity.customError));
  }
}

/** @param {EventTarget|null} target @returns {Element|null} */
const buttonOf = (target) => (target instanceof Element ? target.closest("button") : null);
