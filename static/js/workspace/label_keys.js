/** Which key does a person want for a label? Chosen in the sheet of keys, remembered with the account, told to the other tabs. */
import { SHORTCUTS } from "../core/keymap.js";
import { savePreferences } from "../net/preferences.js";

const FIT = /^(Key[A-Z]|Digit\d|Comma|Period|Semicolon|Quote|Backslash|Minus|Equal|Backquote)$/;

export class LabelKeys {
  /** @param {import("./context.js").Context} ws @param {() => void} onBound draws again what shows keys all the time */
  constructor(ws, onBound) {
    Object.assign(this, { ws, onBound });
    /** @type {Record<string, string>} the person's own, by label */
    this.own = ws.data.keys;
    ws.scheme.bind(this.own);
    /** Called once keys have changed, here or in another tab. */
    this.onChange = () => {};
    this.channel = new BroadcastChannel(`newsroom-keys-${ws.data.person}`);
    this.channel.onmessage = ({ data }) => this.#take(data);
  }

  /** @param {string} code @returns {string} why a label can't have it; "" where it can */
  refusal(code) {
    const page = SHORTCUTS.find((one) => one.code === code && !one.ctrl && !one.shift);
    if (page) return `${this.ws.t("key_of_page")} ${this.ws.t(page.label)}`;
    return FIT.test(code) ? "" : this.ws.t("key_unfit");
  }

  /** Binds a key to a label; the label that had it gets the one that is free now. @param {string} label @param {string} code "" for the scheme's own */
  bind(label, code) {
    const { scheme } = this.ws;
    const changed = { [label]: code };
    const loser = scheme.labels.find((one) => code && one.shortcut === code && one.key !== label);
    if (loser) changed[loser.key] = scheme.label(label).shortcut;
    const own = Object.fromEntries(Object.entries({ ...this.own, ...changed }).filter(([, bound]) => bound));
    savePreferences(this.ws.data.urls.preferences, { keys: JSON.stringify(changed) });
    this.channel.postMessage(own);
    this.#take(own);
  }

  /** Binds the keys anew: the scheme has changed. */
  renew() {
    this.#take(this.own);
  }

  /** @param {Record<string, string>} own */
  #take(own) {
    this.own = own;
    this.ws.scheme.bind(own);
    this.onBound();
    this.onChange();
  }
}
