/**
 * How is a day chosen without typing it? A month to walk through by arrow keys, beside a field that takes any spelling.
 * Jalali in the Persian interface, Gregorian otherwise.
 */
import { addDays, dayOf, monthOf, partsOf, readDay, turnMonth, writeDay } from "../core/calendar.js";
import { h, icon } from "../dom/h.js";

/** @typedef {{open: string, earlier: string, later: string}} Words */

/** @param {HTMLInputElement} input @param {Words} words gives the field a button that opens the month */
export function withPicker(input, words) {
  const button = h("button.quiet.calendar", { type: "button", "aria-label": words.open, "aria-expanded": "false", "aria-haspopup": "dialog" }, icon("M3 3.5h10v9.5H3zM3 6.5h10M5.7 2v3M10.3 2v3"));
  input.parentElement.after(button);
  button.addEventListener("click", () => (button.getAttribute("aria-expanded") === "true" ? shut() : openMonth()));

  /** @type {HTMLElement|null} */
  let sheet = null;

  function openMonth() {
    button.setAttribute("aria-expanded", "true");
    sheet = month(input, words, shut);
    button.after(sheet);
    /** @type {HTMLElement} */ (sheet.querySelector("[tabindex='0']")).focus();
    document.addEventListener("pointerdown", onOutside);
  }

  function shut() {
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", onOutside);
    sheet?.remove();
    sheet = null;
    button.focus();
  }

  /** @param {PointerEvent} event */
  function onOutside(event) {
    const target = /** @type {Node} */ (event.target);
    if (!sheet?.contains(target) && !button.contains(target)) shut();
  }
}

/** @param {HTMLInputElement} input @param {Words} words @param {() => void} shut @returns {HTMLElement} */
function month(input, words, shut) {
  const language = document.documentElement.lang === "fa" ? "fa" : "en";
  const system = language === "fa" ? "persian" : "gregory";
  const say = (options) => new Intl.DateTimeFormat(language === "fa" ? "fa-IR-u-ca-persian" : "en-GB", { ...options, timeZone: "UTC" });
  const [name, weekday, whole] = [say({ month: "long" }), say({ weekday: "narrow" }), say({ dateStyle: "full" })];
  const number = new Intl.NumberFormat(language === "fa" ? "fa-IR" : "en", { useGrouping: false });
  const now = new Date();
  const today = dayOf(now.getFullYear(), now.getMonth() + 1, now.getDate());
  const chosen = readDay(input.value);
  let current = chosen ?? today;
  const sheet = h("div.month", { role: "dialog", "aria-label": words.open });
  draw();

  sheet.addEventListener("keydown", (event) => {
    if (event.code === "Escape") {
      event.preventDefault();
      return shut();
    }
    if (!(/** @type {HTMLElement} */ (event.target).closest("table"))) return;
    const moved = step(event.code);
    if (!moved) return;
    event.preventDefault();
    go(moved);
  });
  return sheet;

  /** @param {string} code @returns {Date|null} */
  function step(code) {
    const forwards = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const place = column(current);
    switch (code) {
      case "ArrowLeft": case "ArrowRight": return addDays(current, code === forwards ? 1 : -1);
      case "ArrowUp": return addDays(current, -7);
      case "ArrowDown": return addDays(current, 7);
      case "Home": return addDays(current, -place);
      case "End": return addDays(current, 6 - place);
      case "PageUp": return turnMonth(system, current, -1);
      case "PageDown": return turnMonth(system, current, 1);
      default: return null;
    }
  }

  /** @param {Date} day @returns {number} its column: weeks begin on Saturday in Iran, else on Monday */
  function column(day) {
    return (day.getUTCDay() + (system === "persian" ? 1 : 6)) % 7;
  }

  /** @param {Date} day */
  function go(day) {
    current = day;
    draw();
    /** @type {HTMLElement} */ (sheet.querySelector("[tabindex='0']")).focus();
  }

  /** @param {Date} day */
  function choose(day) {
    input.value = writeDay(system, day).replace(/\d/g, (digit) => number.format(Number(digit)));
    shut();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function draw() {
    const days = monthOf(system, current);
    const turn = (way, label, sign) => h("button.quiet", { type: "button", "aria-label": label, onclick: () => turned(way) }, sign);
    const head = h("div.head", null, turn(-1, words.earlier, "‹"), h("strong", { "aria-live": "polite" }, `${name.format(current)} ${number.format(partsOf(system, current).year)}`), turn(1, words.later, "›"));
    const first = addDays(days[0], -column(days[0]));
    const names = Array.from({ length: 7 }, (_, at) => h("th", { scope: "col" }, weekday.format(addDays(first, at))));
    const weeks = [];
    for (let start = first; start <= days.at(-1); start = addDays(start, 7)) {
      weeks.push(h("tr", null, Array.from({ length: 7 }, (_, at) => cell(addDays(start, at), days))));
    }
    sheet.replaceChildren(head, h("table", null, h("thead", null, h("tr", null, names)), h("tbody", null, weeks)));
  }

  /** @param {1|-1} way */
  function turned(way) {
    current = turnMonth(system, current, way);
    draw();
    /** @type {HTMLElement} */ (sheet.querySelectorAll(".head button")[way < 0 ? 0 : 1]).focus();
  }

  /** @param {Date} day @param {Date[]} days @returns {HTMLElement} */
  function cell(day, days) {
    if (day < days[0] || day > days.at(-1)) return h("td");
    const is = (other) => other !== null && day.getTime() === other.getTime();
    const marks = { "aria-current": is(today) ? "date" : null, "aria-pressed": is(chosen) ? "true" : null };
    return h("td", null, h("button", { type: "button", tabindex: is(current) ? "0" : "-1", "aria-label": whole.format(day), ...marks, onclick: () => choose(day) }, number.format(partsOf(system, day).day)));
  }
}
