/** Is my work safe? A dot with words: saved, waiting, needs attention; and what the server refused, with a way out. */
import { h } from "../dom/h.js";

export class Status {
  /** @param {import("./context.js").Context} ws @param {{button: HTMLElement, text: HTMLElement}} places */
  constructor(ws, { button, text }) {
    this.ws = ws;
    this.button = button;
    this.text = text;
    /** @type {import("../net/queue.js").Queue|null} */
    this.queue = null;
    this.card = h("div.refused", { role: "alert", hidden: true });
    button.after(this.card);
    button.addEventListener("click", () => this.#onClick());
  }

  /** @param {import("../net/queue.js").QueueState} state */
  show({ name, waiting, rejected }) {
    const { ws } = this;
    this.button.dataset.state = name;
    const said = name === "queued" ? ws.t("queued", waiting) : ws.t(name);
    if (this.text.textContent !== said) this.text.textContent = said;
    document.documentElement.dataset.queue = String(waiting);
    if (!rejected.length) this.card.hidden = true;
    else this.#refused(rejected);
  }

  #onClick() {
    if (this.button.dataset.state === "signed_out") location.reload();
    else if (this.button.dataset.state === "attention") this.card.hidden = !this.card.hidden;
    else this.queue?.retry();
  }

  /** @param {{operation: import("../core/types.js").Operation, result: any}[]} rejected */
  #refused(rejected) {
    const { ws } = this;
    this.card.hidden = false;
    this.card.replaceChildren(
      h("ul", null, rejected.map(({ operation, result }) => h("li", null, h("code", null, operation.op), " ", h("bdi", null, operation.quote ?? ""), " ", result.detail ?? result.reason))),
      h(
        "div.acts", null,
        h("button.button", { type: "button", onclick: () => this.queue.retry() }, ws.t("retry")),
        h("button.button", { type: "button", onclick: async () => (await this.queue.discard(), location.reload()) }, ws.t("discard")),
      ),
    );
  }
}
