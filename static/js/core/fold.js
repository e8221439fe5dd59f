/** Which spellings does a search take for the same? The keys of `annotations/text/fold.py` without spaces, with their places. */

const SPELLINGS = Object.entries({
  ی: "يىئېےۓۍێؽؾؿ", ک: "كڪػؼ", ه: "ۀةۂہەھۃۿ", ا: "آأإٱٲٳٵ", و: "ؤۆۇۈۉۋۏٶٷ", گ: "ګڰ",
  ".": "٫۔", ",": "،٬", ";": "؛", "?": "؟⸮", "%": "٪", "-": "‐‑‒–—−", '"': "«»“”„‟‹›", "'": "‘’‚‛`",
});
const SPELLING = new Map(SPELLINGS.flatMap(([chosen, variants]) => [...variants].map((variant) => [variant, chosen])));
const SILENT = /[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff\u0640\u0621\x00\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u061c\s\x1c-\x1f\x85]/u;
// What hangs on the letter before it: a hit takes it along.
const HANGING = /[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u0640]*/uy;
const DIGIT = /[\u06f0-\u06f9\u0660-\u0669]/;
// «خانه‌ی» is another spelling of «خانۀ», and both of «خانه» with its ezafe.
const EZAFE = /(?<=[هةہەھ])[\u064b-\u0655]*\u200c[یيى](?![\u064b-\u0655]*[\p{L}\p{N}_\u200c])[\u064b-\u0655]*/gu;

/** @type {Map<string, string>} */
const known = new Map();

/** @param {string} character @returns {string} what it becomes in a key: mostly one, none for marks and spaces */
function folded(character) {
  let key = known.get(character);
  if (key === undefined) {
    key = [...character.normalize("NFKD").toLowerCase().replaceAll("ß", "ss")].map(one).join("").normalize("NFC");
    known.set(character, key);
  }
  return key;
}

/** @param {string} part @returns {string} */
function one(part) {
  const chosen = SPELLING.get(part);
  if (chosen !== undefined) return chosen;
  if (SILENT.test(part)) return "";
  return DIGIT.test(part) ? String(part.charCodeAt(0) & 15) : part;
}

/**
 * @param {string} text
 * @returns {{key: string, at: number[]}} the key, and for each of its UTF-16 units the place in the text it was made of;
 *   one more place at the end
 */
export function foldMap(text) {
  const silent = new Set([...text.matchAll(EZAFE)].flatMap((match) => Array.from(match[0], (_, n) => match.index + n)));
  const at = [];
  let key = "";
  let place = 0;
  for (const character of text) {
    const piece = silent.has(place) ? "" : folded(character);
    for (let unit = 0; unit < piece.length; unit++) at.push(place);
    key += piece;
    place += character.length;
  }
  at.push(place);
  return { key, at };
}

/** @param {string} text @param {string} key @param {number[]} at @param {string} wanted a key @returns {[number, number][]} its places in the text, in UTF-16 units */
export function placesOf(text, key, at, wanted) {
  const found = [];
  for (let hit = wanted ? key.indexOf(wanted) : -1; hit >= 0; hit = key.indexOf(wanted, hit + wanted.length)) {
    const last = at[hit + wanted.length - 1];
    HANGING.lastIndex = last + String.fromCodePoint(text.codePointAt(last)).length;
    HANGING.test(text);
    found.push([at[hit], HANGING.lastIndex]);
  }
  return found;
}
