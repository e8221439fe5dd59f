/** How do labels that are published meanwhile come into an open page? They are fetched, and all that shows labels is drawn again. */
import { fetchScheme } from "../net/scheme.js";

export class Labels {
  /** @param {import("./context.js").Context} ws @param {import("./desk.js").Desk} desk @param {() => void} onChange binds the keys anew */
  constructor(ws, desk, onChange) {
    Object.assign(this, { ws, desk, onChange });
  }

  /**
   * @param {number} version the one that holds on the server
   * @returns {Promise<boolean>} whether other labels hold here from now on; without an answer the next news ask again
   */
  async follow(version) {
    const { ws } = this;
    if (!(version > ws.data.scheme)) return false;
    const scheme = await fetchScheme(ws.data.urls.scheme, { person: ws.data.person, language: ws.language });
    if (!scheme || scheme.version <= ws.data.scheme) return false;
    ws.data.scheme = scheme.version;
    ws.scheme.take(scheme.labels);
    this.onChange();
    this.#show();
    return true;
  }

  /** Text, chips and popover show them; draft and selection stay, and so does the focus in the popover. */
  #show() {
    const { view, popover, draft } = this.desk;
    const holdsFocus = popover.element.contains(document.activeElement);
    view.read(this.ws.reading);
    this.desk.moved();
    if (!popover.open || popover.typing.active) return;
    if (draft) this.desk.offer(draft);
    else this.desk.openPopover();
    if (holdsFocus) popover.focus();
  }
}
