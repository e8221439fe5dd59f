/**
 * Which day is it in the Jalali or the Gregorian calendar? The browser's own calendars are asked; a day is a Date at
 * noon in UTC, so that no zone and no summer time can move it.
 */

/** @typedef {"persian"|"gregory"} System */
/** @typedef {{year: number, month: number, day: number}} Parts */

const DAY = 86_400_000;
/** @type {Map<System, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {number} year @param {number} month @param {number} day Gregorian, the month from 1 @returns {Date} */
export const dayOf = (year, month, day) => new Date(Date.UTC(year, month - 1, day, 12));

/** @param {Date} day @param {number} days @returns {Date} */
export const addDays = (day, days) => new Date(day.getTime() + days * DAY);

/** @param {System} system @param {Date} day @returns {Parts} */
export function partsOf(system, day) {
  if (!formats.has(system)) {
    formats.set(system, new Intl.DateTimeFormat(`en-u-ca-${system}-nu-latn`, { year: "numeric", month: "numeric", day: "numeric", timeZone: "UTC" }));
  }
  const found = Object.fromEntries(formats.get(system).formatToParts(day).map(({ type, value }) => [type, parseInt(value, 10)]));
  return { year: found.year, month: found.month, day: found.day };
}

/** @param {System} system @param {Date} day @returns {Date[]} all days of its month */
export function monthOf(system, day) {
  const { month, day: number } = partsOf(system, day);
  const days = [addDays(day, 1 - number)];
  for (let next = addDays(days[0], 1); partsOf(system, next).month === month; next = addDays(next, 1)) days.push(next);
  return days;
}

/** @param {System} system @param {Date} day @param {1|-1} way @returns {Date} the day of the next or last month with that number, or its last */
export function turnMonth(system, day, way) {
  const days = monthOf(system, day);
  const turned = monthOf(system, way > 0 ? addDays(days.at(-1), 1) : addDays(days[0], -1));
  return turned[Math.min(partsOf(system, day).day, turned.length) - 1];
}

/** @param {string} typed digits of any kind: 1402/6/26, ۱۴۰۲/۰۶/۲۶, 2023-09-17 @returns {Date|null} null where it is no day */
export function readDay(typed) {
  const plain = typed.replace(/[۰-۹٠-٩]/g, (digit) => String(digit.charCodeAt(0) & 15));
  const found = /^\s*(\d{4})[/.\- ](\d{1,2})[/.\- ](\d{1,2})\s*$/.exec(plain);
  if (!found) return null;
  const [year, month, day] = found.slice(1).map(Number);
  const system = year < 1700 ? "persian" : "gregory";
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  // A Jalali year begins on 20 to 22 March, and its months have 31, 30, at last 29 days: the guess is off by days at most.
  const guess = system === "gregory" ? dayOf(year, month, day) : addDays(dayOf(year + 621, 3, 21), Math.min(month - 1, 6) * 31 + Math.max(month - 7, 0) * 30 + day - 1);
  for (const days of [0, -1, 1, -2, 2]) {
    const parts = partsOf(system, addDays(guess, days));
    if (parts.year === year && parts.month === month && parts.day === day) return addDays(guess, days);
  }
  return null;
}

/** @param {System} system @param {Date} day @returns {string} 1402/06/26 or 2023-09-17 */
export function writeDay(system, day) {
  const { year, month, day: number } = partsOf(system, day);
  return [year, ...[month, number].map((part) => String(part).padStart(2, "0"))].join(system === "persian" ? "/" : "-");
}
