/** How does the theme switch without leaving the page? The form is sent in the background, the page changes at once. */

/** @param {HTMLFormElement|null} form with a button `theme` whose value is the theme to switch to */
export function onThemeSwitch(form) {
  form?.addEventListener("submit", (event) => {
    const button = /** @type {HTMLButtonElement|null} */ (event.submitter);
    if (button?.name !== "theme") return;
    event.preventDefault();
    const body = new FormData(form, button);
    document.documentElement.dataset.theme = button.value;
    button.value = button.value === "dark" ? "light" : "dark";
    fetch(form.action, { method: "POST", body, credentials: "same-origin", redirect: "manual" }).catch(() => {
      // The choice holds for this page; only remembering it failed.
    });
  });
}
