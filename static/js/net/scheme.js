/** Which labels hold in the project now? Asked of the server; null without an answer. */
import { ask } from "./ask.js";

/** @typedef {import("../core/types.js").Label} Label */

/**
 * @param {string} url the project's scheme @param {{person: number, language: "fa"|"en"}} options
 * @returns {Promise<{version: number, labels: Label[]}|null>} titles in the language of the interface
 */
export async function fetchScheme(url, { person, language }) {
  const said = await ask(url, { person }).catch(() => null);
  if (!Array.isArray(said?.labels)) return null;
  const labels = said.labels.map((/** @type {Label & {title_fa: string, title_en: string}} */ { title_fa, title_en, ...label }) => ({
    ...label,
    title: (language === "en" && title_en) || title_fa,
  }));
  return { version: said.version, labels };
}
