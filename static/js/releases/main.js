/** How is a release's form worked by hand? Days from a calendar, filters that go by their chips, parts that say what they hold. */
import { withPicker } from "../ui/day_picker.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("cut"));
const filter = /** @type {HTMLFieldSetElement} */ (document.getElementById("goes-in"));

for (const days of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll(".days"))) {
  const words = /** @type {import("../ui/day_picker.js").Words} */ ({ ...days.dataset });
  for (const input of days.querySelectorAll("input")) withPicker(input, words);
}

filter.addEventListener("click", ({ target }) => {
  const chip = /** @type {HTMLElement|null} */ (target instanceof Element ? target.closest("[data-clears]") : null);
  if (!chip) return;
  const { clears = "", value = "" } = chip.dataset;
  for (const field of /** @type {NodeListOf<HTMLInputElement|HTMLSelectElement>} */ (filter.querySelectorAll(`[name="${clears}"]`))) {
    if (field.type !== "checkbox") field.value = "";
    else if (field.value === value || !value) /** @type {HTMLInputElement} */ (field).checked = false;
    else continue;
    field.focus({ preventScroll: true }); // its chip goes, and who is at it with the keys goes on from here
  }
  changed(filter);
});

// Enter in the filter says «look», not «build it».
filter.addEventListener("keydown", (event) => {
  const field = /** @type {HTMLElement} */ (event.target);
  if (!["Enter", "NumpadEnter"].includes(event.code) || !field.matches("input:not([type=checkbox])")) return;
  event.preventDefault();
  changed(field);
});

/** @param {HTMLElement} field */
function changed(field) {
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

/** @param {HTMLDetailsElement} part says beside its title what is chosen in it */
function say(part) {
  const says = part.querySelector("[data-says]");
  if (!says) return;
  const ticked = [...part.querySelectorAll("input:checked")].map((box) => box.closest("label")?.textContent?.trim());
  says.textContent = part.querySelector("select")?.selectedOptions[0]?.textContent ?? ticked.join(document.documentElement.lang === "fa" ? "، " : ", ");
}

for (const part of form.querySelectorAll("details")) {
  say(part);
  part.addEventListener("change", () => say(part));
}
