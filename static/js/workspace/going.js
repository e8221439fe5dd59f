/** How does one come to a relation? Its card is opened, its ends are shown in the text. */

/**
 * @param {import("./context.js").Context} ws @param {import("./desk.js").Desk} desk @param {string} id
 * @param {{focus?: boolean}} [options] whether the keyboard goes to the card
 */
export function goToRelation(ws, desk, id, { focus = false } = {}) {
  const relation = ws.state.relations.get(id);
  const { panel, view } = desk;
  if (ws.scheme.label(relation.label).kind !== "stance") return panel.openClaim(relation.head);
  const place = [relation.head, relation.via, relation.tail].find((end) => ws.state.spans.has(end ?? ""));
  if (place) view.scrollTo(place, "nearest");
  panel.lists.stances.open = id;
  panel.show("stances");
  const card = panel.body.querySelector(`[data-id="${id}"]`);
  card?.scrollIntoView({ block: "nearest" });
  if (focus) card?.querySelector("button")?.focus({ preventScroll: true });
  view.showStance(relation);
}
