/** Are invisible characters shown? A switch, and the legend that says which sign stands for which of them. */
import { legend } from "../core/signs.js";
import { h } from "../dom/h.js";
import { Signs } from "../dom/signs.js";
import { savePreferences } from "../net/preferences.js";

export class SignSwitch {
  /** @param {import("./context.js").Context} ws @param {HTMLElement} overlay @param {HTMLElement} button */
  constructor(ws, overlay, button) {
    Object.assign(this, { ws, button });
    this.signs = new Signs({ layer: overlay.appendChild(h("div.signs")), doc: ws.doc });
    button.title = `${ws.t("signs")} (M): ${legend().map(({ key }) => ws.t(`sign_${key}`)).join(ws.language === "fa" ? "، " : ", ")}`;
  }

  /** Shows them if the person did the last time. */
  start() {
    if (document.documentElement.dataset.signs === "on") this.#show(true);
  }

  toggle() {
    const on = !this.signs.on;
    savePreferences(this.ws.data.urls.preferences, { signs: on ? "on" : "off" });
    this.#show(on);
  }

  /** @param {boolean} on */
  #show(on) {
    this.signs.show(on);
    this.button.setAttribute("aria-pressed", String(on));
  }
}

/** @param {import("./context.js").Context} ws @returns {HTMLElement} which sign is which */
export function signLegend(ws) {
  const rows = legend().map(({ key, text }) => h("div", null, h("dt", null, ws.t(`sign_${key}`)), h("dd", null, h(`i.sign.is-${key}`, { "data-t": key === "spaces" ? "␣2" : text }))));
  return h("section.sign-legend", null, h("h3", null, ws.t("signs"), " ", h("kbd", null, "M")), h("dl", null, rows));
}
