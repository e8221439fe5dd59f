/** How are settings worked by hand? Days from a calendar; what is shown once is made once, and marked to be copied. */
import { withPicker } from "../ui/day_picker.js";

for (const days of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".days"))) {
  const words = /** @type {import("../ui/day_picker.js").Words} */ ({ ...days.dataset });
  for (const input of days.querySelectorAll("input")) withPicker(input, words);
}

for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-once]"))) {
  input.addEventListener("focus", () => input.select());
  input.focus({ preventScroll: true });
}

for (const form of document.querySelectorAll("form[data-sends-once]")) {
  form.addEventListener("submit", (event) => {
    const button = /** @type {HTMLButtonElement|null} */ (/** @type {SubmitEvent} */ (event).submitter);
    // A disabled button's name would not be sent: only once it is on its way.
    setTimeout(() => button && (button.disabled = true));
  });
}
