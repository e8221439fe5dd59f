/** Can a text be read on its ground? The ratio of WCAG 2.2, of colours as the sheet of tokens writes them. */

/** @typedef {[number, number, number]} Rgb 0 to 255 */

/** @param {string} written `#rrggbb` @returns {Rgb} */
export function channels(written) {
  const digits = written.trim().slice(1);
  return /** @type {Rgb} */ ([0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16)));
}

/** @param {Rgb} color @param {Rgb} ground @param {number} share 0 to 1 @returns {Rgb} CSS's color-mix(in srgb, color share, ground) */
export function mixed(color, ground, share) {
  return /** @type {Rgb} */ (color.map((value, at) => share * value + (1 - share) * ground[at]));
}

/** @param {Rgb} rgb @returns {number} relative luminance */
export function luminance(rgb) {
  const [red, green, blue] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {Rgb} one @param {Rgb} other @returns {number} 1 to 21 */
export function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
