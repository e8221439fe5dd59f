/** How are all works of a page ticked at once? By a box that is there only with this script; it follows the others. */

const boxes = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll('input[name="set"][form="together"]')]);
const all = /** @type {HTMLInputElement|null} */ (document.querySelector("#tick-all input"));

function follow() {
  const ticked = boxes.filter((box) => box.checked).length;
  all.checked = ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
}

if (all && boxes.length) {
  all.closest("label").hidden = false;
  all.addEventListener("change", () => boxes.forEach((box) => (box.checked = all.checked)));
  for (const box of boxes) box.addEventListener("change", follow);
  follow();
}
