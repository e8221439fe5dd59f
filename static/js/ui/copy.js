/** How does a sum get into the clipboard? By its button, which says when it is there. */

const SAID_MS = 1600;

document.addEventListener("click", async ({ target }) => {
  const button = target instanceof Element ? /** @type {HTMLButtonElement|null} */ (target.closest("[data-copy]")) : null;
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy ?? "");
  const before = button.textContent;
  button.textContent = button.dataset.done ?? "";
  setTimeout(() => (button.textContent = before), SAID_MS);
});
