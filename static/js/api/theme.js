/** Is the page of the API dark? As the person chose, or as their machine is; the page's own look knows it by a class. */
{
  const root = document.documentElement;
  const night = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => root.classList.toggle("dark-mode", root.dataset.theme === "dark" || (root.dataset.theme === "auto" && night.matches));
  night.addEventListener("change", follow);
  follow();
}
