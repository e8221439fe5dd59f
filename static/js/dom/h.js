/** How are elements built? From a tag, properties and children; text is always text, style goes through CSSOM (CSP). */

/**
 * @param {string} tag `tag.class.class`
 * @param {Record<string, any>|null} [props] `on…` adds a listener, `style` sets CSS properties, the rest are attributes
 * @param {...(Node|string|number|null|undefined|false|(Node|string)[])} children
 * @returns {HTMLElement}
 */
export function h(tag, props, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name || "div");
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "style") for (const [property, set] of Object.entries(value)) element.style.setProperty(property, set);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(typeof child === "number" ? String(child) : child);
  }
  return element;
}

/** @param {string} text @param {string} [tag] @returns {HTMLElement} text of another direction, kept to itself */
export const bdi = (text, tag = "bdi") => h(tag, null, text);

/** @param {string} d path data @param {string} [cls] @returns {SVGElement} a 16 × 16 icon */
export function icon(d, cls = "icon") {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", cls);
  svg.append(svgElement("path", { d }));
  return svg;
}

/** @param {string} tag @param {Record<string, any>} attributes @returns {SVGElement} */
export function svgElement(tag, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
