/** What do the parts of the label editor share? The page's words and numbers, and titles in its language. */
import { digits } from "../core/numerals.js";

const data = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("scheme-data")).textContent);
const language = document.documentElement.lang;

export const page = {
  data,
  language,

  /** @param {number} number @returns {string} with the digits and separators of the language */
  n: (number) => digits(language === "fa" ? String(number).replace(/\B(?=(\d{3})+$)/g, "٬").replace(".", "٫") : number.toLocaleString("en"), language),

  /** @param {string} key @param {Record<string, string|number>} [values] @returns {string} */
  t: (key, values = {}) =>
    data.strings[key].replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? page.n(values[name]) : values[name])),

  /** @param {{title_fa: string, title_en: string, key: string}} label @returns {string} */
  title: (label) => (language === "en" ? label.title_en || label.title_fa : label.title_fa || label.title_en) || label.key || page.t("new"),

  /** @param {Record<string, string>|string|undefined} titles @param {string} otherwise @returns {string} */
  said: (titles, otherwise) => (typeof titles === "string" ? titles : (titles?.[language] ?? titles?.en)) || otherwise,
};
