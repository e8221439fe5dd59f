/** Where do longer things stand beside the text? In a drawer under the panel's lists, one at a time; a sheet on a phone. */
import { h, icon } from "../dom/h.js";
import { pace } from "../dom/sight.js";

const CROSS = "M4 4l8 8M12 4l-8 8";
// Keys that are the drawer's own, or that would delete in the text unseen; those of labels go on to the text.
const OWN_KEYS = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Home", "End", "Tab", "Enter", "Space", "Delete", "Backspace"]);

/** @type {Drawer|null} */
let current = null;

export class Drawer {
  /**
   * @param {import("./context.js").Context} ws
   * @param {{id: string, title: string, panel: HTMLElement, button: HTMLElement|null, onOpen?: () => void, onClose?: () => void}} options
   *   button: the one of the bar that opens it
   */
  constructor(ws, { id, title, panel, button, onOpen, onClose }) {
    Object.assign(this, { panel, button, onOpen, onClose });
    this.head = h("div.drawer-head", null, h("h2", null, title));
    const close = h("button.icon-button", { type: "button", "aria-label": ws.t("close"), title: ws.t("close"), onclick: () => this.close() }, icon(CROSS));
    this.head.append(close);
    this.body = h("div.drawer-body", { tabindex: "0", role: "group", "aria-label": title });
    this.element = h("section.drawer", { id, "aria-label": title, hidden: true }, this.head, this.body);
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    panel.append(this.element);
  }

  get open() {
    return !this.element.hidden;
  }

  /** @param {{focus?: HTMLElement|null}} [options] where the keyboard goes; null leaves it in the text */
  show({ focus = this.body } = {}) {
    const opening = !this.open;
    if (opening) {
      if (current && current !== this) current.close({ focus: false });
      this.before = document.activeElement;
      current = this;
      this.element.hidden = false;
      this.panel.classList.add("has-drawer");
      this.button?.setAttribute("aria-expanded", "true");
    }
    focus?.focus({ preventScroll: true });
    if (opening) this.onOpen?.();
  }

  /** @param {{focus?: boolean}} [options] */
  close({ focus = true } = {}) {
    if (!this.open) return;
    const inside = this.element.contains(document.activeElement);
    this.element.hidden = true;
    this.panel.classList.remove("has-drawer");
    this.button?.setAttribute("aria-expanded", "false");
    current = null;
    if (inside && focus) this.back();
    this.onClose?.();
  }

  /** Gives the keyboard back to where it was; the drawer stays. */
  back() {
    if (this.before instanceof HTMLElement && this.before.isConnected && this.before !== document.body) this.before.focus({ preventScroll: true });
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.code === "Escape") {
      event.stopPropagation();
      event.preventDefault();
      if (covers()) this.close();
      else this.back();
    } else if (OWN_KEYS.has(event.code) && !event.ctrlKey && !event.metaKey) {
      event.stopPropagation();
    }
  }
}

/** @returns {boolean} whether an open drawer covers the text, as it does on a phone */
export function covers() {
  return matchMedia("(max-width: 760px)").matches;
}

/** @returns {boolean} whether a sheet lay over the text and is closed now */
export function closeSheet() {
  if (!current || !covers()) return false;
  current.close();
  return true;
}

/** @param {HTMLElement} box scrolls @param {Element} element stands in it @param {number} [gap] */
export function scrollWithin(box, element, gap = 6) {
  const top = box.scrollTop + element.getBoundingClientRect().top - box.getBoundingClientRect().top - gap;
  box.scrollTo({ top, behavior: pace() });
}
