/** How do labels and topics that others change meanwhile come into an open page? They are fetched, and all that shows them is drawn again. */
import { fetchScheme } from "../net/scheme.js";

export class Labels {
  /** @param {import("./context.js").Context} ws @param {import("./desk.js").Desk} desk @param {() => void} onChange binds the keys anew */
  constructor(ws, desk, onChange) {
    Object.assign(this, { ws, desk, onChange });
  }

  /**
   * @param {number} version the one that holds on the server @param {string} topics the stamp of the topics there
   * @returns {Promise<boolean>} whether other labels hold here from now on; without an answer the next news ask again
   */
  async follow(version, topics) {
    const { ws } = this;
    if (!(version > ws.data.scheme) && topics === ws.data.topics_stamp) return false;
    const scheme = await fetchScheme(ws.data.urls.scheme, { person: ws.data.person, language: ws.language });
    if (!scheme || scheme.version < ws.data.scheme) return false;
    const brought = scheme.version > ws.data.scheme;
    ws.data.topics_stamp = topics;
    ws.topics = new Map(scheme.topics.map((topic) => [topic.key, topic]));
    if (brought) {
      ws.data.scheme = scheme.version;
      ws.scheme.take(scheme.labels);
      this.onChange();
    }
    this.#show();
    return brought;
  }

  /** Text, chips and popover show them; draft and selection stay, and so does the focus in the popover. */
  #show() {
    const { view, popover, draft } = this.desk;
    const holdsFocus = popover.element.contains(document.activeElement);
    view.read(this.ws.reading);
    this.desk.moved();
    this.desk.pick.dropIfGone();
    this.desk.panel.drawSoon();
    if (!popover.open || popover.typing.active) return;
    if (draft) this.desk.offer(draft);
    else this.desk.openPopover();
    if (holdsFocus) popover.focus();
  }
}
