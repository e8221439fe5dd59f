/** How are the annotations that a correction left behind gone through by keys? J and K step, Enter takes over, X leaves out. */
const rows = /** @type {HTMLFormElement[]} */ ([...document.querySelectorAll("form.uncarried")]);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  if (event.target instanceof Element && event.target.closest("button, a, input, select, textarea")) return;
  const at = rows.findIndex((row) => row === document.activeElement);
  const step = { KeyJ: 1, ArrowDown: 1, KeyK: -1, ArrowUp: -1 }[event.code];
  if (step) rows[Math.min(Math.max(at + step, 0), rows.length - 1)]?.focus();
  else if (event.code === "Enter" || event.code === "NumpadEnter") press(rows[at], "accepted");
  else if (event.code === "KeyX") press(rows[at], "dropped");
  else return;
  event.preventDefault();
});

/** @param {HTMLFormElement|undefined} row @param {string} decision whose button is pressed, where there is one */
const press = (row, decision) => /** @type {HTMLButtonElement|null} */ (row?.querySelector(`button[value="${decision}"]`))?.click();

// After a decision the page is read anew: the first that is left is at hand.
rows[0]?.focus();
