/** Is somebody in the middle of a word in a field here? What redraws the place waits for them: their letters would be gone. */

export class Typing {
  /** @param {HTMLElement} place @param {() => void} onEnd called once what was typed has been said or the field was left */
  constructor(place, onEnd) {
    /** @type {EventTarget|null} */
    this.field = null;
    const end = () => {
      if (!this.field) return;
      this.field = null;
      onEnd();
    };
    place.addEventListener("input", ({ target }) => (this.field = target));
    // Before the field's own handler, which may ask for a redraw.
    for (const event of ["change", "focusout"]) place.addEventListener(event, end, { capture: true });
  }

  get active() {
    return this.field instanceof Element && this.field.isConnected && this.field === document.activeElement;
  }
}
