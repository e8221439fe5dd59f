/** What becomes of popover and question when what they are about has changed? They go, or show what holds now; the focus stays. */
import { keepFocus } from "../dom/focus.js";

/** @typedef {import("./desk.js").Desk} Desk */

/** @param {Desk} desk shows what holds now of the selected span, unless somebody is in the middle of something there */
export function renew(desk) {
  const { ws, popover } = desk;
  const id = desk.view.selected;
  if (!id || desk.draft || !popover.open || popover.typing.active) return;
  keepFocus(popover.element, () => desk.selectSpan(id, desk.stack.filter((one) => ws.state.spans.has(one))));
}

/** @param {Desk} desk after an edit, of this hand or of another one */
export function afterEdit(desk) {
  const { popover, pick, view, kept } = desk;
  pick.dropIfGone();
  // The pieces stay, for a span of their own.
  if (kept?.id && !desk.ws.state.spans.has(kept.id)) desk.kept = { ...kept, id: null };
  if (!view.selected && !desk.draft) {
    popover.close();
    desk.handles.show(null);
  } else if (popover.holdsFocus) {
    // A key that leaves a field says what is in it before the focus has moved on.
    setTimeout(() => renew(desk));
  } else renew(desk);
}
