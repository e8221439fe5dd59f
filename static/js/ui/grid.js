/** How is a table of cells walked by keyboard? One stop of the Tab key; arrows, Home and End move, the way one reads. */

/**
 * @param {HTMLTableElement} table whose cells, after the head of each row, hold one thing to stand on, or nothing
 * @returns {{keep: (cell: HTMLElement|null|undefined) => void}} names the cell that Tab comes to from now on
 */
export function walkGrid(table) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.cells].slice(1).map((cell) => /** @type {HTMLElement|null} */ (cell.querySelector("a, button, [tabindex]"))));

  /** @param {HTMLElement|null|undefined} cell */
  function keep(cell) {
    for (const other of table.querySelectorAll("[tabindex='0']")) other.setAttribute("tabindex", "-1");
    cell?.setAttribute("tabindex", "0");
  }

  /** @param {KeyboardEvent} event @returns {[number, number]|null} rows and columns to move by */
  function step(event) {
    const onwards = getComputedStyle(table).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (event.code === "ArrowDown") return [1, 0];
    if (event.code === "ArrowUp") return [-1, 0];
    if (event.code === "ArrowLeft" || event.code === "ArrowRight") return [0, event.code === onwards ? 1 : -1];
    return null;
  }

  table.addEventListener("keydown", (event) => {
    const cell = /** @type {HTMLElement} */ (event.target);
    const at = rows.findIndex((row) => row.includes(cell));
    if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const by = step(event);
    let next = by && rows[at + by[0]]?.[rows[at].indexOf(cell) + by[1]];
    if (event.code === "Home") next = rows[at][0];
    if (event.code === "End") next = rows[at].findLast((one) => one);
    if (!by && !next) return;
    event.preventDefault();
    if (!next) return;
    keep(next);
    next.focus();
  });
  return { keep };
}
