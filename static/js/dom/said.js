/** What hears somebody who doesn't see the page? A line that is always there: a status that appears with its words is often not read. */

/** @param {string} words read out by a screen reader; "" says nothing more */
export function announce(words) {
  document.getElementById("said").textContent = words;
}

/** @param {HTMLElement} toast @param {string} words read out, and shown unless only for those who listen @param {boolean} [shown] */
export function tell(toast, words, shown = true) {
  announce(words);
  toast.textContent = words;
  toast.hidden = !words || !shown;
}
