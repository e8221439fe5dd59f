/** How do files come in by a drop, and how does a form say that it is at work? Without this, the form's own controls do. */

const form = /** @type {HTMLFormElement|null} */ (document.querySelector("form[data-drop]"));
const input = /** @type {HTMLInputElement|null} */ (form?.querySelector("input[type=file]"));
const zone = form?.querySelector("[data-zone]");

/** @param {DragEvent} event */
const carriesFiles = (event) => event.dataTransfer?.types.includes("Files") ?? false;

if (form && input && zone) {
  document.documentElement.dataset.ready = "";
  // The whole page takes a drop: one that misses the zone would open the file in place of the page.
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    zone.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) zone.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    zone.classList.remove("over");
    if (!carriesFiles(event) || !event.dataTransfer) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  input.addEventListener("change", () => {
    if (input.files?.length) form.requestSubmit();
  });
  const written = /** @type {NodeListOf<HTMLInputElement|HTMLTextAreaElement>} */ (form.querySelectorAll("textarea, [name=url]"));
  const showButton = () => form.classList.toggle("pasting", [...written].some((field) => field.value.trim()));
  form.addEventListener("input", showButton);
  showButton();
}

for (const sent of document.querySelectorAll("form[data-drop], form[data-draft]")) {
  sent.addEventListener("submit", (event) => {
    const submitter = /** @type {SubmitEvent} */ (event).submitter ?? sent.querySelector("[data-busy]");
    if (!(submitter instanceof HTMLButtonElement)) return;
    const busy = submitter.dataset.busy;
    if (busy) submitter.textContent = busy;
    const strong = sent.querySelector(".drop strong");
    if (busy && strong) strong.textContent = busy;
    // Once it is on its way, a second press would send it twice; a disabled button's value would not be sent at all.
    setTimeout(() => { submitter.disabled = true; });
  });
}

const draft = /** @type {HTMLFormElement|null} */ (document.querySelector("form[data-draft]"));
for (const select of draft?.querySelectorAll(".as select") ?? []) {
  select.addEventListener("change", () => {
    const look = Object.assign(document.createElement("input"), { type: "hidden", name: "do", value: "look" });
    draft?.append(look);
    draft?.submit();
  });
}
// Back from the next page the browser shows this one as it was left: at work, though it is not.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
