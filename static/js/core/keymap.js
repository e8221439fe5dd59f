/** Which key does what? One table; the page, its help and the tests read it. Keys are `event.code`: layouts don't matter. */

/**
 * @typedef {object} Shortcut
 * @property {string} action
 * @property {string} code `event.code`
 * @property {boolean} [ctrl] Ctrl or Cmd
 * @property {boolean} [shift]
 * @property {string} label msgid of the page's strings
 * @property {"edit"|"label"|"view"|"go"} group
 */

/** @type {readonly Shortcut[]} */
export const SHORTCUTS = Object.freeze([
  { action: "undo", code: "KeyZ", ctrl: true, label: "undo", group: "edit" },
  { action: "redo", code: "KeyZ", ctrl: true, shift: true, label: "redo", group: "edit" },
  { action: "redo", code: "KeyY", ctrl: true, label: "redo", group: "edit" },
  { action: "delete", code: "Delete", label: "delete", group: "edit" },
  { action: "delete", code: "Backspace", label: "delete", group: "edit" },
  { action: "stance", code: "KeyR", label: "stance", group: "label" },
  { action: "guide", code: "KeyG", label: "guideline", group: "view" },
  { action: "talk", code: "KeyT", label: "comment", group: "view" },
  { action: "chips", code: "KeyL", label: "chips", group: "view" },
  { action: "help", code: "Slash", shift: true, label: "help", group: "view" },
  { action: "escape", code: "Escape", label: "cancel", group: "view" },
  { action: "finish", code: "Enter", ctrl: true, label: "finish", group: "go" },
]);

/** @param {KeyboardEvent} event @returns {string|null} the action bound to the key, if any */
export function actionOf(event) {
  const ctrl = event.ctrlKey || event.metaKey;
  const found = SHORTCUTS.find(
    (s) => s.code === event.code && Boolean(s.ctrl) === ctrl && Boolean(s.shift) === event.shiftKey && !event.altKey,
  );
  return found?.action ?? null;
}

/** @param {string} code @returns {string} what to print on a key cap: «1», «C», «Del» */
export function capOf(code) {
  if (code.startsWith("Digit") || code.startsWith("Key")) return code.slice(-1);
  return { Delete: "Del", Escape: "Esc", Slash: "?", Enter: "↵", Backspace: "⌫" }[code] ?? code;
}

/** @param {EventTarget|null} target @returns {boolean} whether keys belong to a field there */
export function isField(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}
