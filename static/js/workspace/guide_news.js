/** Has the guideline changed since the person read it? Said on its button, and at its head once it is opened. */
import { h } from "../dom/h.js";
import { ask } from "../net/ask.js";

export class GuideNews {
  /** @param {import("./context.js").Context} ws @param {HTMLElement|null} button the one that opens the guideline */
  constructor(ws, button) {
    Object.assign(this, { ws, button });
    const { version, read } = ws.data.guideline;
    /** Whether there is something that the person, who has read an older version, has not. */
    this.any = read > 0 && read < version;
    if (!this.any || !button) return;
    button.classList.add("has-news");
    button.setAttribute("aria-label", `${ws.t("guideline")} · ${ws.t("guide_news")}`);
  }

  /** @returns {HTMLElement|null} what is new, with the way to it */
  notice() {
    if (!this.any) return null;
    const { ws } = this;
    const { version, read, notes } = ws.data.guideline;
    const changes = `${ws.data.urls.guideline_changes}?from=${read}&to=${version}`;
    return h(
      "div.guide-news", { role: "status" },
      h("b", null, ws.t("guide_newer", version).replace("{m}", ws.n(read))), " ",
      h("a", { href: changes, target: "_blank", rel: "noopener" }, ws.t("guide_changes")),
      notes.length ? h("ul", null, notes.map((note) => h("li", null, h("bdi", null, note)))) : null,
    );
  }

  /** Tells the server what the person has before them; without an answer it is told at the next visit. @param {number} version */
  async read(version) {
    this.button?.classList.remove("has-news");
    this.button?.setAttribute("aria-label", this.ws.t("guideline"));
    if (!version || version <= this.ws.data.guideline.read) return;
    await ask(this.ws.data.urls.guideline_read, { body: { version }, person: this.ws.data.person }).catch(() => null);
  }
}
