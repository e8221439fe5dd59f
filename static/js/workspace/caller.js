/** How is somebody called in a comment? `@` opens the list of those who may see this work; arrows choose, Enter takes. */
import { begun, likely } from "../core/calling.js";
import { h } from "../dom/h.js";

let made = 0;

export class Caller {
  /** @param {HTMLTextAreaElement} area @param {import("../core/calling.js").Person[]} people @param {string} title of the list */
  constructor(area, people, title) {
    Object.assign(this, { area, people });
    this.list = h("ul.callable", { id: `callable-${++made}`, role: "listbox", "aria-label": title, hidden: true });
    this.at = 0;
    for (const [name, value] of Object.entries({ "aria-controls": this.list.id, "aria-autocomplete": "list", "aria-expanded": "false", role: "combobox" })) area.setAttribute(name, value);
    area.addEventListener("input", () => this.#show());
    area.addEventListener("keydown", (event) => this.#onKey(event));
    // Threads that are drawn anew take the field out and put it back, with the keyboard: the list stays as it was.
    area.addEventListener("blur", () => {
      this.left = this.found?.length ? this.at : null;
      this.#shut();
    });
    area.addEventListener("focus", () => this.left != null && this.#show(this.left));
  }

  /** @param {number} [at] the place of the one that is marked */
  #show(at = 0) {
    const { area } = this;
    const call = begun(area.value, area.selectionStart);
    this.found = call ? likely(this.people, call.typed) : [];
    this.call = call;
    this.at = Math.min(at, Math.max(0, this.found.length - 1));
    this.#draw();
  }

  #draw() {
    const open = this.found.length > 0;
    this.list.replaceChildren(...this.found.map((person, n) => h(
      "li", { role: "option", id: `${this.list.id}-${n}`, "aria-selected": String(n === this.at), onpointerdown: (event) => (event.preventDefault(), this.#take(person)) },
      h("bdi", null, person.name), person.title && person.title !== person.name && h("span.mute", null, person.title),
    )));
    this.list.toggleAttribute("hidden", !open);
    this.area.setAttribute("aria-expanded", String(open));
    if (open) this.area.setAttribute("aria-activedescendant", `${this.list.id}-${this.at}`);
    else this.area.removeAttribute("aria-activedescendant");
  }

  #shut() {
    this.found = [];
    this.#draw();
  }

  /** @param {KeyboardEvent} event the list's own keys, before the field or the page has them */
  #onKey(event) {
    if (!this.found?.length || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
    if (step) {
      this.at = (this.at + step + this.found.length) % this.found.length;
      this.#draw();
    } else if (event.code === "Enter" || event.code === "Tab") {
      this.#take(this.found[this.at]);
    } else if (event.code === "Escape") {
      this.#shut();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {import("../core/calling.js").Person} person puts the whole name in the place of what was typed of it */
  #take(person) {
    const { area, call } = this;
    area.setRangeText(`@${person.name} `, call.start, call.start + 1 + call.typed.length, "end");
    this.#shut();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
