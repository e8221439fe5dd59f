/**
 * Does this browser have what Newsroom's pages rest on? Written in the oldest words there are, and no module: one that has not
 * must be able to say so. The list is what the code takes for granted; what it can do without is asked for where it is used.
 */
(function () {
  var needed = {
    "AbortSignal.any": function () { return AbortSignal.any; },
    "BroadcastChannel": function () { return BroadcastChannel; },
    "caretPositionFromPoint": function () { return document.caretPositionFromPoint || document.caretRangeFromPoint; },
    "color-mix()": function () { return CSS.supports("color", "color-mix(in srgb, red 50%, blue)"); },
    "CSS.highlights": function () { return CSS.highlights && Highlight; },
    "Intl.Segmenter": function () { return Intl.Segmenter; },
    "popover": function () { return HTMLElement.prototype.showPopover; },
    "RegExp v": function () { return new RegExp("[a--b]", "v"); },
    ":dir()": function () { return CSS.supports("selector(:dir(rtl))"); },
    ":has()": function () { return CSS.supports("selector(:has(a))"); },
  };
  var missing = Object.keys(needed).filter(function (name) {
    try {
      return !needed[name]();
    } catch (error) {
      return true;
    }
  });
  var notice = document.getElementById("engine");
  if (!missing.length || !notice) return;
  notice.lastElementChild.textContent = missing.join(", ");
  notice.removeAttribute("hidden");
})();
