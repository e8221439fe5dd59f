/** What does a guideline look like while it is written? The server renders it: the preview is what annotators will see. */

const WAIT_MS = 350;
const form = /** @type {HTMLFormElement} */ (document.getElementById("guideline-form"));
const shown = /** @type {HTMLElement} */ (document.getElementById("guideline-preview"));
const says = /** @type {HTMLElement} */ (document.getElementById("preview-says"));
let waiting = 0;
/** @type {AbortController|null} */
let asking = null;
let written = false;

async function preview() {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  try {
    const response = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form), credentials: "same-origin", redirect: "manual", signal });
    if (!response.ok) throw new Error(String(response.status));
    // The server has sanitised it; parsed this way nothing in it would run even so.
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector(".prose");
    const top = shown.scrollTop;
    shown.replaceChildren(...(fresh ? [document.adoptNode(fresh)] : []));
    shown.scrollTop = top;
    follow(document.activeElement);
    says.textContent = "";
  } catch {
    if (!signal.aborted) says.textContent = form.dataset.failed;
  }
}

/** @param {Element|null} field whose entry is brought into sight, within the preview only */
function follow(field) {
  const name = field?.getAttribute("name") ?? "";
  const entry = name.startsWith("entry-") ? shown.querySelector(`#${CSS.escape(name)}`) : null;
  if (entry) shown.scrollTop += entry.getBoundingClientRect().top - shown.getBoundingClientRect().top - 6;
}

form.addEventListener("focusin", (event) => follow(/** @type {Element} */ (event.target)));
form.addEventListener("input", () => {
  written = true;
  clearTimeout(waiting);
  waiting = setTimeout(preview, WAIT_MS);
});
form.addEventListener("submit", () => (written = false));
document.addEventListener("keydown", (event) => {
  if (event.code !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
const wanted = location.hash.startsWith("#of-") ? document.getElementById(location.hash.slice(1)) : null;
if (wanted instanceof HTMLDetailsElement) {
  wanted.open = true;
  wanted.querySelector("textarea")?.focus({ preventScroll: true });
  wanted.scrollIntoView({ block: "center" });
}
addEventListener("beforeunload", (event) => written && event.preventDefault());
document.documentElement.setAttribute("data-ready", "");
