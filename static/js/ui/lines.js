/**
 * How is a chart of lines drawn? By uPlot, on a canvas: what the server said in the reader's language, time growing the
 * way one reads, colours of the theme. The table behind each chart says the same to who can't see it.
 */
import { digits } from "../core/numerals.js";
import { h } from "../dom/h.js";

/** @typedef {[number, string][]} Ticks */
/** @typedef {{x: number, y: number, label: string, key: string}} Dot */
/**
 * @typedef {{rtl: boolean, xs: number[], days: string[], decimals?: number, series: {key: string, title?: string, values: (number|null)[]}[],
 *   x: {low: number, high: number, ticks: Ticks}, y: {low: number, high: number, ticks: Ticks}, rule?: {y: number, label: string},
 *   marks: {x: number, key: string, label: string}[], dots: Dot[], rings: Dot[]}} Chart
 */
/** @typedef {any} Plot uPlot's object */

const HEIGHT = 236;
const END = 38; // room for the last values beside the end of their lines
const FONT = "11px Vazirmatn";
const BOLD = "700 11px Vazirmatn";
/** What each line looks like: a token of the theme, its strength in per cent, its width and dashes. */
const LOOKS = /** @type {Record<string, {token: string, strength?: number, width: number, dash?: number[], fill?: number}>} */ ({
  gold: { token: "--accent", width: 2.4, fill: 12 },
  handed: { token: "--accent", strength: 55, width: 1.6 },
  plan: { token: "--mute", width: 1.2, dash: [5, 4] },
  forecast: { token: "--accent", width: 2, dash: [2, 4] },
  alpha: { token: "--accent", width: 2.2 },
  exact: { token: "--mute", width: 1.6 },
  low: { token: "--accent", strength: 0, width: 0 },
  high: { token: "--accent", strength: 0, width: 0 },
});

/** @param {string} token @param {number} [strength] in per cent @returns {string} the theme's colour as it is now */
function colour(token, strength = 100) {
  const value = getComputedStyle(document.documentElement).getPropertyValue(token).trim();
  return value + Math.round(2.55 * strength).toString(16).padStart(2, "0");
}

/** Draws the charts of a page, or of a part of it that has come. @param {ParentNode} part */
export function drawCharts(part) {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("[data-chart]"))) {
    const data = document.getElementById(place.dataset.chart ?? "");
    if (data) drawLines(place, JSON.parse(data.textContent ?? ""));
  }
}

/** @param {HTMLElement} place where the chart goes @param {Chart} chart */
async function drawLines(place, chart) {
  await Promise.all([document.fonts.load(FONT), document.fonts.load(BOLD)]);
  if (!place.isConnected || place.querySelector(".uplot")) return;
  const plot = new /** @type {any} */ (window).uPlot(options(place, chart), [chart.xs, ...chart.series.map((line) => line.values)], place);
  plot.root.setAttribute("dir", "ltr");
  plot.ctx.canvas.setAttribute("dir", chart.rtl ? "rtl" : "ltr"); // «۳ آذر» at the axis would else read «آذر ۳»
  new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: HEIGHT })).observe(place);
  for (const media of ["(prefers-color-scheme: dark)", "print"]) matchMedia(media).addEventListener("change", () => plot.redraw());
}

/** @param {HTMLElement} place @param {Chart} chart */
function options(place, chart) {
  const readout = h("p.readout.small", { "aria-hidden": "true" });
  place.append(readout);
  const keys = chart.series.map((line) => line.key);
  const band = keys.includes("low") ? [{ series: [keys.indexOf("high") + 1, keys.indexOf("low") + 1], fill: () => colour("--accent", 13) }] : [];
  const axis = { font: FONT, stroke: () => colour("--mute"), ticks: { show: false }, border: { show: false } };
  return {
    width: place.clientWidth, height: HEIGHT, padding: [18, chart.rtl ? 6 : END, 0, chart.rtl ? END : 6], legend: { show: false }, bands: band,
    scales: { x: { time: false, dir: chart.rtl ? -1 : 1, range: () => [chart.x.low, chart.x.high] }, y: { range: () => [chart.y.low, chart.y.high] } },
    axes: [
      { ...axis, side: 2, size: 30, grid: { show: false }, ticks: { show: true, size: 4, width: 1, stroke: () => colour("--line") }, splits: () => chart.x.ticks.map(([at]) => at), values: () => chart.x.ticks.map(([, said]) => said) },
      { ...axis, side: chart.rtl ? 1 : 3, size: 44, grid: { stroke: () => colour("--line"), width: 1 }, splits: () => chart.y.ticks.map(([at]) => at), values: () => chart.y.ticks.map(([, said]) => said) },
    ],
    series: [{}, ...chart.series.map((line) => look(line.key, line.values))],
    cursor: { y: false, drag: { x: false, y: false }, points: { show: (/** @type {Plot} */ _plot, /** @type {number} */ at) => LOOKS[keys[at - 1]].width > 0 } },
    hooks: { draw: [(/** @type {Plot} */ plot) => annotate(plot, chart)], setCursor: [(/** @type {Plot} */ plot) => say(readout, plot.cursor.idx, chart)] },
  };
}

/** @param {string} key @param {(number|null)[]} values */
function look(key, values) {
  const { token, strength, width, dash, fill } = LOOKS[key];
  const few = values.filter((value) => value !== null).length <= 16;
  return {
    stroke: () => colour(token, strength), width, dash, spanGaps: true, fill: fill ? () => colour(token, fill) : undefined,
    points: { show: key === "alpha" && few, size: 6, fill: () => colour("--paper"), stroke: () => colour(token), width: 2 },
  };
}

/** Writes what stands under the pointer above the chart. @param {HTMLElement} place @param {number|null|undefined} at @param {Chart} chart */
function say(place, at, chart) {
  if (at === null || at === undefined) return place.replaceChildren();
  const said = chart.series.flatMap((line) => {
    const value = line.values[at];
    return line.title && value !== null ? [h("span", {}, h("i", { class: line.key }), `${line.title} `, h("bdi", {}, written(/** @type {number} */ (value), chart.decimals)))] : [];
  });
  place.replaceChildren(h("b", {}, chart.days[at]), ...said);
}

/** @param {number} value @param {number} [decimals] */
function written(value, decimals = 0) {
  const language = document.documentElement.lang;
  return digits(value.toFixed(decimals), language).replace(".", language === "fa" ? "٫" : ".");
}

/** Draws what is no line: dated lines, the threshold, the last values. @param {Plot} plot @param {Chart} chart */
function annotate(plot, chart) {
  const { ctx, bbox } = plot;
  const scale = devicePixelRatio;
  const pen = new Pen(ctx, scale, chart.rtl);
  const x = (/** @type {number} */ value) => plot.valToPos(value, "x", true);
  const y = (/** @type {number} */ value) => plot.valToPos(value, "y", true);
  ctx.save();
  if (chart.rule) {
    pen.line([bbox.left, y(chart.rule.y)], [bbox.left + bbox.width, y(chart.rule.y)], colour("--mute"), [4, 4]);
    pen.say(chart.rule.label, [chart.rtl ? bbox.left + bbox.width : bbox.left, y(chart.rule.y) - 6 * scale], colour("--mute"), FONT, "start");
  }
  chart.marks.forEach((mark, at) => {
    const version = mark.key === "version";
    pen.line([x(mark.x), bbox.top], [x(mark.x), bbox.top + bbox.height], colour(version ? "--warn" : "--accent", version ? 100 : 45), version ? [2, 3] : []);
    const onwards = Math.abs(x(mark.x) - (chart.rtl ? bbox.left + bbox.width : bbox.left)) < bbox.width / 3;
    const over = version ? bbox.top + (6 + 14 * (at % 2)) * scale : bbox.top + bbox.height - 8 * scale;
    pen.say(mark.label, [x(mark.x) + (onwards !== chart.rtl ? 5 : -5) * scale, over], colour(version ? "--warn" : "--mute"), FONT, onwards ? "start" : "end");
  });
  for (const dot of [...chart.rings, ...chart.dots]) {
    const { token } = LOOKS[dot.key];
    pen.dot([x(dot.x), y(dot.y)], colour(token), chart.rings.includes(dot) ? colour("--paper") : colour(token));
  }
  apart([...chart.rings, ...chart.dots].map((dot) => ({ dot, at: y(dot.y) })), 13 * scale).forEach(({ dot, at }) => {
    const ring = chart.rings.includes(dot);
    const atEnd = !ring && Math.abs(x(dot.x) - (chart.rtl ? bbox.left : bbox.left + bbox.width)) < 30 * scale;
    const side = (ring || atEnd) === chart.rtl ? -1 : 1;
    const away = ring ? 0 : atEnd ? 9 : 8;
    pen.say(dot.label, [x(dot.x) + (ring ? 0 : side * away * scale), ring ? at - 12 * scale : atEnd ? at : at - 12 * scale], colour(LOOKS[dot.key].token), BOLD, ring ? "center" : side === (chart.rtl ? -1 : 1) ? "start" : "end");
  });
  ctx.restore();
}

/** Moves labels that would lie on each other apart. @template {{at: number, dot: Dot}} T @param {T[]} labels @param {number} least @returns {T[]} */
function apart(labels, least) {
  const sorted = [...labels].sort((one, other) => one.at - other.at);
  sorted.forEach((label, at) => {
    const before = sorted[at - 1];
    if (before && before.dot.x === label.dot.x && label.at - before.at < least) label.at = before.at + least;
  });
  return sorted;
}

/** Lines, dots and words on a canvas whose pixels are smaller than the page's. */
class Pen {
  /** @param {CanvasRenderingContext2D} ctx @param {number} scale @param {boolean} rtl */
  constructor(ctx, scale, rtl) {
    this.ctx = ctx;
    this.scale = scale;
    this.rtl = rtl;
  }

  /** @param {[number, number]} from @param {[number, number]} to @param {string} stroke @param {number[]} dash */
  line(from, to, stroke, dash) {
    const { ctx, scale } = this;
    ctx.beginPath();
    ctx.setLineDash(dash.map((one) => one * scale));
    ctx.lineWidth = scale;
    ctx.strokeStyle = stroke;
    ctx.moveTo(...from);
    ctx.lineTo(...to);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  /** @param {[number, number]} at @param {string} stroke @param {string} fill */
  dot(at, stroke, fill) {
    const { ctx, scale } = this;
    ctx.beginPath();
    ctx.arc(...at, 4.2 * scale, 0, 2 * Math.PI);
    ctx.fillStyle = fill;
    ctx.fill();
    ctx.lineWidth = 2 * scale;
    ctx.strokeStyle = stroke;
    ctx.stroke();
  }

  /** @param {string} text @param {[number, number]} at @param {string} fill @param {string} font @param {CanvasTextAlign} align */
  say(text, at, fill, font, align) {
    const { ctx, scale } = this;
    ctx.font = font.replace("11px", `${11 * scale}px`);
    ctx.direction = this.rtl ? "rtl" : "ltr";
    ctx.textAlign = align;
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 4 * scale;
    ctx.strokeStyle = colour("--paper");
    ctx.strokeText(text, ...at);
    ctx.fillStyle = fill;
    ctx.fillText(text, ...at);
  }
}
