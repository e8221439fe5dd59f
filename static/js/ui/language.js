/**
 * What if the browser's language has no name that Intl knows? Where the system's is `C`, some browsers say just that, and
 * a library that asks Intl for it breaks off before it draws anything. Comes before such libraries, and is no module.
 */
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, "language", { value: document.documentElement.lang || "en", configurable: true });
}
