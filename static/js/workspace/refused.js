/** What did the server refuse, and what now? One card for each operation: what it was, why, and two ways out. */
import { h } from "../dom/h.js";

/**
 * @param {import("./context.js").Context} ws @param {import("../net/outbox.js").Row} row
 * @param {{retry: () => void, discard: () => void}} ways @returns {HTMLElement}
 */
export function refusedCard(ws, { op_id, operation, about, refusal }, { retry, discard }) {
  // Mostly it is refused because its label was archived meanwhile.
  const label = about.label && (ws.scheme.byKey.get(about.label) ?? ws.scheme.archived.get(about.label));
  const quotes = about.quotes.filter(Boolean).flatMap((quote, at) => [at > 0 && h("span.mute", { "aria-hidden": "true" }, " · "), h("bdi.quote", null, quote)]);
  // What this page has found by itself, it says itself; the server's reasons come in the person's language.
  const why = refusal.detail || ws.t(refusal.reason);
  return h(
    "article.save-card", { "data-op": op_id },
    h("h3", null, ws.t(operation.op), label ? h("span.tag", null, label.title) : null),
    h("p", null, quotes),
    h("p.why", null, why),
    h(
      "div.acts", null,
      h("button.button", { type: "button", "data-act": "retry", onclick: retry }, ws.t("retry")),
      h("button.button", { type: "button", "data-act": "discard", onclick: discard }, ws.t("discard")),
    ),
  );
}
