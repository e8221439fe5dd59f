/** Which characters can't be seen though they matter? Each with the name of its sign and what is written on it. */

/**
 * @typedef {object} Sign
 * @property {string} key msgid of the page's strings is `sign_` and this; also the class of the sign
 * @property {string} text what stands on it; "" where its shape says it
 */
/** @typedef {{at: number, length: number, sign: Sign}} Found in UTF-16 units; of several spaces all together */

const direction = (text) => ({ key: "direction", text });
const isolate = (text) => ({ key: "isolate", text });

/** @type {Readonly<Record<string, Sign>>} by character */
export const SIGNS = Object.freeze({
  "\u200c": { key: "zwnj", text: "" },
  "\u200d": { key: "zwj", text: "ZWJ" },
  "\u00a0": { key: "nbsp", text: "" },
  "\u202f": { key: "nbsp", text: "" },
  "\u2007": { key: "nbsp", text: "" },
  " ": { key: "spaces", text: "" },
  "\t": { key: "tab", text: "⇥" },
  "\u0640": { key: "tatweel", text: "" },
  "\u00ad": { key: "shy", text: "SHY" },
  "\u200b": { key: "zwsp", text: "ZWSP" },
  "\u2060": { key: "zwsp", text: "WJ" },
  "\ufeff": { key: "zwsp", text: "BOM" },
  "\u200e": direction("LRM"),
  "\u200f": direction("RLM"),
  "\u061c": direction("ALM"),
  "\u202a": isolate("LRE"),
  "\u202b": isolate("RLE"),
  "\u202c": isolate("PDF"),
  "\u202d": isolate("LRO"),
  "\u202e": isolate("RLO"),
  "\u2066": isolate("LRI"),
  "\u2067": isolate("RLI"),
  "\u2068": isolate("FSI"),
  "\u2069": isolate("PDI"),
});

// Within an emoji a joiner is part of the picture.
const FIND = new RegExp(`(?<!\\p{Extended_Pictographic}[\\ufe0f\\p{Emoji_Modifier}]*)\\u200d| {2,}|[${Object.keys(SIGNS).filter((one) => one !== " " && one !== "\u200d").join("")}]`, "gu");

/** @param {string} text @returns {Found[]} in order */
export const findSigns = (text) => [...text.matchAll(FIND)].map(({ 0: found, index }) => ({ at: index, length: found.length, sign: SIGNS[found[0]] }));

/** @returns {Sign[]} one of each key, for a legend; those that differ in their letters together */
export function legend() {
  const all = Object.values(SIGNS);
  return [...new Set(all.map(({ key }) => key))].map((key) => ({ key, text: [...new Set(all.filter((one) => one.key === key).map(({ text }) => text))].join(" ") }));
}
