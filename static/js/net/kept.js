/**
 * Where does what is to be said to the server wait? In localStorage, each thing under a key of its own: tabs that write at the
 * same time don't write over each other. What a key holds may be another tab's by now: it is read when it is needed.
 */

/** @type {Map<string, string>} where the browser keeps nothing, it lives as long as the page */
const memory = new Map();

/** @param {string} prefix @returns {string[]} */
export function placesOf(prefix) {
  try {
    return [...new Set([...Object.keys(localStorage), ...memory.keys()])].filter((place) => place.startsWith(prefix));
  } catch {
    return [...memory.keys()].filter((place) => place.startsWith(prefix));
  }
}

/** @param {string} place @returns {string|null} */
export function read(place) {
  try {
    return localStorage.getItem(place) ?? memory.get(place) ?? null;
  } catch {
    return memory.get(place) ?? null;
  }
}

/** @param {string} place @param {string} value */
export function write(place, value) {
  try {
    localStorage.setItem(place, value);
    memory.delete(place);
  } catch {
    // Full, or forbidden: what is kept there is older, and must not go on counting.
    remove(place);
    memory.set(place, value);
  }
}

/** @param {string} place */
export function remove(place) {
  memory.delete(place);
  try {
    localStorage.removeItem(place);
  } catch {
    // It was in the memory alone.
  }
}
