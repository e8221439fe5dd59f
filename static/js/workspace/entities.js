/** Which things does the text name? All mentions in order, each a button that leads to its place. */
import { h } from "../dom/h.js";

export class EntityList {
  /** @param {import("./context.js").Context} ws @param {import("./view.js").View} view @param {(id: string) => void} onSpan */
  constructor(ws, view, onSpan) {
    this.ws = ws;
    this.view = view;
    this.onSpan = onSpan;
  }

  /** @returns {HTMLElement[]} */
  render() {
    const { ws } = this;
    const spans = ws.spans("entity");
    if (!spans.length) return [h("p.empty", null, ws.t("no_entities"))];
    return [
      h(
        "ol.mentions", null,
        spans.map((span) => {
          const label = ws.labelOf(span);
          return h(
            "li", null,
            h(
              `button.mention.c-${label.color}`,
              { type: "button", "data-id": span.id, onclick: () => this.onSpan(span.id) },
              h("bdi.name", null, ws.quote(span)), h("span.tag", null, label.title),
            ),
          );
        }),
      ),
    ];
  }
}
