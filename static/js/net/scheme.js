/** Which labels and topics hold in the project now? Asked of the server; null without an answer. */
import { ask } from "./ask.js";

/** @typedef {import("../core/types.js").Label} Label */
/** @typedef {import("../core/types.js").Topic} Topic */

/**
 * @param {string} url the project's scheme @param {{person: number, language: "fa"|"en"}} options
 * @returns {Promise<{version: number, labels: Label[], topics: Topic[]}|null>} titles in the language of the interface
 */
export async function fetchScheme(url, { person, language }) {
  const said = await ask(url, { person }).catch(() => null);
  if (!Array.isArray(said?.labels)) return null;
  /** @template Row @param {(Row & {title_fa: string, title_en: string})[]} rows @returns {(Row & {title: string})[]} */
  const titled = (rows) => rows.map(({ title_fa, title_en, ...row }) => ({ .../** @type {any} */ (row), title: (language === "en" && title_en) || title_fa }));
  return { version: said.version, labels: titled(said.labels), topics: titled(said.topics ?? []) };
}
