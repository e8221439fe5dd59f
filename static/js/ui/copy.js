/** How does a sum or a token get into the clipboard? By its button, which says when it is there. */

const SAID_MS = 1600;

/** Browsers lend the clipboard to secure pages only; in an office's own network without TLS the old command still works.
 * @param {string} text @returns {Promise<boolean>} */
async function copied(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return true;
  }
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

document.addEventListener("click", async ({ target }) => {
  const button = target instanceof Element ? /** @type {HTMLButtonElement|null} */ (target.closest("[data-copy]")) : null;
  if (!button || !(await copied(button.dataset.copy ?? ""))) return;
  button.focus();
  const before = (button.dataset.label ??= button.textContent ?? "");
  button.textContent = button.dataset.done ?? "";
  setTimeout(() => (button.textContent = before), SAID_MS);
});
