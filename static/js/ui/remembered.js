/** What does a person want to find again the next time? Kept in this browser, each person's own. */

/** @param {number} person @param {string} name @returns {string|null} */
export function remembered(person, name) {
  try {
    return localStorage.getItem(keyOf(person, name));
  } catch {
    return null;
  }
}

/** @param {number} person @param {string} name @param {string|null} value null forgets it */
export function remember(person, name, value) {
  try {
    if (value === null) localStorage.removeItem(keyOf(person, name));
    else localStorage.setItem(keyOf(person, name), value);
  } catch {
    // A browser that keeps nothing begins as it did the last time.
  }
}

/** @param {number} person @param {string} name @returns {string} */
const keyOf = (person, name) => `newsroom:${person}:${name}`;
