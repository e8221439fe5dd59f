/** How does work leave a page? By one form, once: a second click would cut off the answer that leads to the next article. */

const ANSWERED_MS = 10_000;
let leaving = false;
// Whoever comes back by the browser's arrow finds a page that can be left again.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) leaving = false;
});

/**
 * @param {HTMLFormElement|null} form where the page has it
 * @param {...(() => boolean|Promise<boolean>)} conditions asked one after another; the first that says no keeps the page
 */
export function leaveBy(form, ...conditions) {
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (leaving) return;
    leaving = true;
    let may = false;
    try {
      may = await allOf(conditions);
    } finally {
      // What keeps the page, or fails, may be asked again.
      leaving = may;
    }
    if (!may) return;
    form.submit();
    // An answer that never comes, or that was stopped, keeps nobody here.
    setTimeout(() => (leaving = false), ANSWERED_MS);
  });
}

/** @param {(() => boolean|Promise<boolean>)[]} conditions @returns {Promise<boolean>} */
async function allOf(conditions) {
  for (const may of conditions) if (!(await may())) return false;
  return true;
}
