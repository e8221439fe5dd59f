/** Which letters lead to which target? Short codes, none the beginning of another, the shortest for the first targets. */

/**
 * @param {number} count of targets @param {string} alphabet letters, the handiest first @returns {string[]} a code for each
 */
export function codes(count, alphabet) {
  const size = alphabet.length;
  // As few letters as possible begin longer codes; the rest stand alone.
  let prefixes = 0;
  while (prefixes < size && size - prefixes + prefixes * size < count) prefixes++;
  const singles = [...alphabet.slice(0, size - prefixes)];
  const doubles = [...alphabet.slice(size - prefixes)].flatMap((first) => [...alphabet].map((second) => first + second));
  return [...singles, ...doubles].slice(0, count);
}
