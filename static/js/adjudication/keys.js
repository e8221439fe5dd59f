/** Which key does what in adjudication? One table; the page and its help read it. Keys are `event.code`. */
import { boundAction, codeOf } from "../core/keymap.js";

/** @typedef {import("../core/keymap.js").Shortcut} Shortcut */

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** @type {readonly Shortcut[]} Those with the same label are one line of the help. */
export const SHORTCUTS = Object.freeze([
  ...DIGITS.map((digit) => ({ action: `take-${digit}`, code: `Digit${digit}`, label: "key_candidate", group: "decide" })),
  { action: "none", code: "Digit0", label: "none", group: "decide" },
  { action: "both", code: "KeyB", label: "both", group: "decide" },
  { action: "own", code: "KeyE", label: "own", group: "decide" },
  { action: "start-left", code: "BracketLeft", label: "key_start", group: "decide" },
  { action: "start-right", code: "BracketRight", label: "key_start", group: "decide" },
  { action: "end-left", code: "BracketLeft", shift: true, label: "key_end", group: "decide" },
  { action: "end-right", code: "BracketRight", shift: true, label: "key_end", group: "decide" },
  { action: "note", code: "KeyN", label: "note", group: "decide" },
  { action: "record", code: "Enter", label: "record", group: "decide" },
  { action: "undo", code: "KeyZ", ctrl: true, label: "undo", group: "decide" },
  { action: "redo", code: "KeyZ", ctrl: true, shift: true, label: "redo", group: "decide" },
  { action: "redo", code: "KeyY", ctrl: true, label: "redo", group: "decide" },
  { action: "next", code: "KeyJ", label: "key_between", group: "go" },
  { action: "previous", code: "KeyK", label: "key_between", group: "go" },
  { action: "later", code: "KeyS", label: "later", group: "go" },
  { action: "accept", code: "KeyA", shift: true, label: "accept", group: "go" },
  { action: "ask", code: "KeyM", label: "ask", group: "go" },
  { action: "guide", code: "KeyG", label: "guideline", group: "go" },
  { action: "help", code: "Slash", shift: true, label: "help", group: "go" },
  { action: "escape", code: "Escape", label: "cancel", group: "go" },
  { action: "finish", code: "Enter", ctrl: true, label: "finish", group: "go" },
]);

/** @param {KeyboardEvent} event @returns {string|null} the action bound to the key, if any; the number pad's digits are digits */
export function actionOf(event) {
  return boundAction(SHORTCUTS, event, codeOf(event));
}
