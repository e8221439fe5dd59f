/** Where is one? On a narrow screen the bar and a project's sections scroll; the one that is open comes into view. */

for (const here of document.querySelectorAll(":is(.bar nav, .sections) li > [aria-current]")) {
  const list = /** @type {HTMLElement} */ (here.closest("ul"));
  if (list.scrollWidth <= list.clientWidth) continue;
  const [around, own] = [list.getBoundingClientRect(), here.getBoundingClientRect()];
  list.scrollLeft += own.left + own.width / 2 - (around.left + around.width / 2);
}
