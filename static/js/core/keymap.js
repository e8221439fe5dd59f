/** Which key does what? One table; the page, its help and the tests read it. Keys are `event.code`: layouts don't matter. */

/**
 * @typedef {object} Shortcut
 * @property {string} action
 * @property {string} code `event.code`
 * @property {boolean} [ctrl] Ctrl or Cmd
 * @property {boolean} [shift]
 * @property {string} label msgid of the page's strings
 * @property {"move"|"label"|"edit"|"view"|"go"} group
 */

/** @type {readonly Shortcut[]} Those with the same label are one line of the help. */
export const SHORTCUTS = Object.freeze([
  { action: "left", code: "ArrowLeft", label: "key_word", group: "move" },
  { action: "right", code: "ArrowRight", label: "key_word", group: "move" },
  { action: "extend-left", code: "ArrowLeft", shift: true, label: "key_extend", group: "move" },
  { action: "extend-right", code: "ArrowRight", shift: true, label: "key_extend", group: "move" },
  { action: "extend", code: "Space", label: "key_extend_on", group: "move" },
  { action: "shrink", code: "Space", shift: true, label: "key_shrink", group: "move" },
  { action: "sentence-left", code: "ArrowLeft", ctrl: true, label: "key_sentence", group: "move" },
  { action: "sentence-right", code: "ArrowRight", ctrl: true, label: "key_sentence", group: "move" },
  { action: "extend-sentence-left", code: "ArrowLeft", ctrl: true, shift: true, label: "key_extend_sentence", group: "move" },
  { action: "extend-sentence-right", code: "ArrowRight", ctrl: true, shift: true, label: "key_extend_sentence", group: "move" },
  { action: "up", code: "ArrowUp", label: "key_line", group: "move" },
  { action: "down", code: "ArrowDown", label: "key_line", group: "move" },
  { action: "extend-up", code: "ArrowUp", shift: true, label: "key_extend_line", group: "move" },
  { action: "extend-down", code: "ArrowDown", shift: true, label: "key_extend_line", group: "move" },
  { action: "home", code: "Home", label: "key_paragraph", group: "move" },
  { action: "end", code: "End", label: "key_paragraph", group: "move" },
  { action: "extend-home", code: "Home", shift: true, label: "key_extend_paragraph", group: "move" },
  { action: "extend-end", code: "End", shift: true, label: "key_extend_paragraph", group: "move" },
  { action: "jump", code: "KeyJ", label: "key_jump", group: "move" },
  { action: "next-span", code: "Tab", label: "key_span", group: "move" },
  { action: "previous-span", code: "Tab", shift: true, label: "key_span", group: "move" },
  { action: "next-mention", code: "KeyE", label: "key_mention", group: "move" },
  { action: "previous-mention", code: "KeyE", shift: true, label: "key_mention", group: "move" },
  { action: "sentence", code: "KeyS", label: "to_sentence", group: "label" },
  { action: "everywhere", code: "KeyA", label: "key_everywhere", group: "label" },
  { action: "link", code: "KeyK", label: "key_link", group: "label" },
  { action: "stance", code: "KeyR", label: "stance", group: "label" },
  { action: "source", code: "KeyO", label: "key_source", group: "label" },
  { action: "values", code: "KeyV", label: "key_values", group: "label" },
  { action: "piece", code: "KeyD", label: "add_piece", group: "label" },
  { action: "start-left", code: "BracketLeft", label: "key_start", group: "edit" },
  { action: "start-right", code: "BracketRight", label: "key_start", group: "edit" },
  { action: "end-left", code: "BracketLeft", shift: true, label: "key_end", group: "edit" },
  { action: "end-right", code: "BracketRight", shift: true, label: "key_end", group: "edit" },
  { action: "open", code: "Enter", label: "key_open", group: "edit" },
  { action: "delete", code: "Delete", label: "delete", group: "edit" },
  { action: "delete", code: "Backspace", label: "delete", group: "edit" },
  { action: "undo", code: "KeyZ", ctrl: true, label: "undo", group: "edit" },
  { action: "redo", code: "KeyZ", ctrl: true, shift: true, label: "redo", group: "edit" },
  { action: "redo", code: "KeyY", ctrl: true, label: "redo", group: "edit" },
  { action: "guide", code: "KeyG", label: "guideline", group: "view" },
  { action: "talk", code: "KeyT", label: "comment", group: "view" },
  { action: "reading", code: "KeyN", label: "reading", group: "view" },
  { action: "signs", code: "KeyM", label: "signs", group: "view" },
  { action: "next-warning", code: "KeyW", label: "key_warning", group: "view" },
  { action: "warnings", code: "KeyW", shift: true, label: "warnings", group: "view" },
  { action: "chips", code: "KeyL", label: "chips", group: "view" },
  { action: "matrix", code: "KeyR", shift: true, label: "matrix_title", group: "view" },
  { action: "focus", code: "KeyF", label: "key_focus", group: "view" },
  { action: "help", code: "Slash", shift: true, label: "help", group: "view" },
  { action: "escape", code: "Escape", label: "cancel", group: "view" },
  { action: "next-article", code: "Period", shift: true, label: "key_article", group: "go" },
  { action: "previous-article", code: "Comma", shift: true, label: "key_article", group: "go" },
  { action: "skip", code: "KeyS", shift: true, label: "key_skip", group: "go" },
  { action: "return", code: "KeyB", shift: true, label: "key_return", group: "go" },
  { action: "finish", code: "Enter", ctrl: true, label: "finish", group: "go" },
]);

/** @param {KeyboardEvent} event @returns {string|null} the action bound to the key, if any */
export const actionOf = (event) => boundAction(SHORTCUTS, event, codeOf(event));

/**
 * @param {KeyboardEvent} event
 * @returns {string} its place; digits and Enter of the number pad stand for those above the letters, though not where NumLock is off: its 4 is an arrow then
 */
export function codeOf({ code, key }) {
  const types = [...key].length === 1;
  return (types ? code.replace(/^Numpad(?=\d$)/, "Digit") : code).replace("NumpadEnter", "Enter");
}

/**
 * @param {readonly Shortcut[]} shortcuts of a page @param {KeyboardEvent} event @param {string} [code] where it stands for another key
 * @returns {string|null} the action bound to the key there, if any
 */
export function boundAction(shortcuts, event, code = event.code) {
  const ctrl = event.ctrlKey || event.metaKey;
  const found = shortcuts.find(
    (s) => s.code === code && Boolean(s.ctrl) === ctrl && Boolean(s.shift) === event.shiftKey && !event.altKey,
  );
  return found?.action ?? null;
}

// What a held key goes on doing: one sees each step. Anything else would act on what nobody has looked at yet.
const HELD = new Set([
  "left", "right", "extend-left", "extend-right", "extend", "shrink", "sentence-left", "sentence-right", "extend-sentence-left",
  "extend-sentence-right", "up", "down", "extend-up", "extend-down", "home", "end", "extend-home", "extend-end", "next-span", "previous-span",
  "next-mention", "previous-mention", "start-left", "start-right", "end-left", "end-right", "undo", "redo", "next", "previous",
]);

/** @param {KeyboardEvent} event @param {string|null} action bound to it @returns {boolean} whether the key is held down and its action asks for a press of its own */
export const isHeld = (event, action) => event.repeat && !HELD.has(action);

const CAPS = {
  Delete: "Del", Escape: "Esc", Slash: "?", Enter: "↵", Backspace: "⌫", Space: "␣", BracketLeft: "[", BracketRight: "]",
  ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Comma: ",", Period: ".", Semicolon: ";", Quote: "'", Minus: "-", Equal: "=",
};

/** @param {string} code @returns {string} what to print on a key cap: «1», «C», «Del» */
export function capOf(code) {
  if (/^(Digit|Key)/.test(code)) return code.slice(-1);
  return CAPS[code] ?? code.replace("Numpad", "");
}

// Keys that a button, a tab or a list has a use for itself.
const OF_CONTROLS = new Set(["Enter", "Space", "Tab", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]);
const CONTROL = "button, a[href], summary, [role=tab], [role=option], [role=dialog]";

/** @param {KeyboardEvent} event @returns {boolean} whether the key belongs to the control that has the focus */
export function isForControl(event) {
  return OF_CONTROLS.has(codeOf(event)) && !event.ctrlKey && !event.metaKey && event.target instanceof Element && event.target.closest(CONTROL) !== null;
}

/** What undoes and ends the work everywhere but where letters are typed. */
const OF_ALL = new Set(["undo", "redo", "finish"]);

/** @param {KeyboardEvent} event @returns {boolean} whether a list of values that has the focus has no use for the key itself */
export function passesList(event) {
  return event.target instanceof HTMLSelectElement && (event.code === "Escape" || OF_ALL.has(actionOf(event)));
}

/** @param {EventTarget|null} target @returns {boolean} whether keys belong to a field there */
export function isField(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}
