/** How is a number written in the language of the page? */

/** @param {number|string} number @param {string} language @returns {string} Persian digits in Persian */
export function digits(number, language) {
  const said = String(number);
  return language === "fa" ? said.replace(/[0-9]/g, (digit) => String.fromCharCode(0x06f0 + Number(digit))) : said;
}
