/**
 * How do the pages of jobs follow them? It asks for the part that changes and takes over what has, so that nothing
 * flickers and no opened list closes. Where there is no worker the page can ask the server to do the work itself,
 * one slice a request.
 */

const EVERY_MS = 1000;
const TROUBLED_MS = 4000;
let running = false;
let beginning = 0;

/** @returns {HTMLElement} */
const live = () => /** @type {HTMLElement} */ (document.getElementById("live"));

/**
 * @param {Element} here
 * @param {Element} there the same element as the server has it now
 */
function takeOver(here, there) {
  if (here instanceof HTMLProgressElement && there instanceof HTMLProgressElement) {
    if (there.hasAttribute("value")) here.value = there.value;
  } else if (here.innerHTML !== there.innerHTML) {
    here.innerHTML = there.innerHTML;
  }
}

/** @param {Element} section */
const pieces = (section) => [...section.querySelectorAll("[data-live]")];
/** @param {Element} section */
const names = (section) => pieces(section).map((piece) => piece.getAttribute("data-live")).join(" ");

/** @param {string} html of the part that changes */
function show(html) {
  const there = new DOMParser().parseFromString(html, "text/html").getElementById("live");
  const here = live();
  if (!there) return;
  const badge = document.querySelector(".bar .jobs b");
  if (badge && there.dataset.jobs !== undefined) {
    badge.textContent = there.dataset.jobs;
    badge.toggleAttribute("hidden", !there.dataset.jobs);
  }
  if (here.dataset.state === there.dataset.state && names(here) === names(there)) {
    const fresh = pieces(there);
    pieces(here).forEach((piece, at) => takeOver(piece, fresh[at]));
    return;
  }
  const open = new Map([...here.querySelectorAll("details[open]")].map((list) => [list.getAttribute("data-kind"), list]));
  const focused = here.contains(document.activeElement);
  for (const list of there.querySelectorAll("details")) {
    const kept = open.get(list.getAttribute("data-kind"));
    if (!kept) continue;
    list.open = true;
    list.querySelector(".records")?.replaceWith(/** @type {Element} */ (kept.querySelector(".records")));
  }
  here.replaceWith(there);
  const next = /** @type {HTMLElement|null} */ (there.querySelector(".hand :is(a, button)"));
  if (focused) next?.focus({ preventScroll: true });
}

/**
 * @param {string} address
 * @param {RequestInit} [options]
 * @returns {Promise<boolean>} whether an answer came that could be shown
 */
async function ask(address, options) {
  try {
    const answer = await fetch(address, { credentials: "same-origin", ...options });
    if (answer.redirected) location.reload(); // signed out meanwhile
    if (!answer.ok) return false;
    show(await answer.text());
    return true;
  } catch {
    return false; // the network comes back
  }
}

async function follow() {
  const address = live().dataset.poll;
  if (!address) return;
  const came = running ? true : document.hidden || await ask(address);
  setTimeout(follow, came ? EVERY_MS : TROUBLED_MS);
}

/** @param {HTMLFormElement} form whose requests do the work */
async function runHere(form) {
  running = true;
  const body = new FormData(form);
  const mine = ++beginning;
  while (live().dataset.poll && mine === beginning) {
    const came = await ask(`${form.action}?part=live`, { method: "POST", body });
    if (!came) await new Promise((later) => setTimeout(later, TROUBLED_MS));
  }
  running = false;
}

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.matches("[data-run]")) return;
  event.preventDefault();
  form.querySelector("button")?.setAttribute("disabled", "");
  runHere(form);
});

document.addEventListener("toggle", async (event) => {
  const list = /** @type {HTMLElement} */ (event.target);
  const records = list.querySelector?.(".records");
  if (!list.matches("details[data-src][open]") || !records || records.hasAttribute("data-filled")) return;
  const answer = await fetch(`${list.dataset.src}&part=records`, { credentials: "same-origin" }).catch(() => null);
  // Without an answer it is asked for when the list is opened again.
  if (!answer?.ok) return;
  records.setAttribute("data-filled", "");
  records.innerHTML = await answer.text();
}, true);

// Whoever comes from a page that offered to run it here has said so there.
if (location.hash === "#run") /** @type {HTMLFormElement|null} */ (document.querySelector("form[data-run]"))?.requestSubmit();

setTimeout(follow, EVERY_MS);
