/** How does the bell keep up? It asks how much is unread while the page is looked at, and at once on coming back. */

const EVERY_MS = 60_000;

async function ring() {
  const bell = document.getElementById("bell");
  if (!bell || document.hidden) return;
  const answer = await fetch(/** @type {string} */ (bell.dataset.poll), { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return; // the network comes back; who is signed out hears of it elsewhere
  const there = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("bell");
  if (!there || bell.textContent === there.textContent) return;
  bell.replaceChildren(...there.childNodes);
  bell.setAttribute("aria-label", there.getAttribute("aria-label") ?? "");
}

setInterval(ring, EVERY_MS);
document.addEventListener("visibilitychange", ring);
