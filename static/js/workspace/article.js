/** What is said of the article as a whole? Its category, and how headline and body stand to each topic. */
import { labelKey } from "../core/operations.js";
import { h } from "../dom/h.js";
import { leave } from "./fields.js";

/** @typedef {import("../core/types.js").Label} Label */

/** A label that lists no values takes any short one. */
const LONGEST = 80;

export class ArticleLabels {
  /** @param {import("./context.js").Context} ws */
  constructor(ws) {
    this.ws = ws;
  }

  /** Those that hold now: they may be published anew while the page is open. @returns {Label[]} */
  get plain() {
    return this.ws.scheme.ofKind("article").filter((label) => !label.attributes.topic);
  }

  get ofTopics() {
    return this.ws.scheme.ofKind("article").filter((label) => label.attributes.topic);
  }

  /** @returns {HTMLElement[]} */
  render() {
    const { ws } = this;
    const whole = this.plain.length > 0 && this.#card("article", [], this.plain, null);
    const { ofTopics } = this;
    const topics = ofTopics.length === 0 ? [] : [...ws.topics.values()].map((topic) =>
      this.#card(topic.key, [h("h3", null, h("bdi", null, topic.title)), topic.proposition && h("p.what", null, h("bdi", null, topic.proposition))], ofTopics, topic.key),
    );
    const cards = [whole, ...topics].filter(Boolean);
    return cards.length ? cards : [h("p.empty", null, ws.t("no_article_labels"))];
  }

  /** @param {string} id @param {any[]} head @param {Label[]} labels @param {string|null} topic */
  #card(id, head, labels, topic) {
    return h("article.card.whole", { "data-id": `whole-${id}` }, head, h("div.editor", null, labels.map((label) => this.#field(label, topic))));
  }

  /** @param {Label} label @param {string|null} topic */
  #field(label, topic) {
    const { ws } = this;
    const said = ws.state.labels.get(labelKey({ label: label.key, topic }))?.value ?? "";
    const options = ws.scheme.values(label).map(({ value, title }) => h("option", { value, selected: value === said }, title));
    const onchange = (event) => this.#say(label.key, topic, event.target.value.trim());
    const shared = { "data-attribute": label.key, disabled: !ws.editable, onchange };
    const field = options.length
      ? h("select", shared, h("option", { value: "" }, "–"), options)
      : h("input", { ...shared, type: "text", dir: "auto", value: said, maxlength: LONGEST, onkeydown: leave });
    return h("label", null, h("span", null, label.title), field);
  }

  /** @param {string} label @param {string|null} topic @param {string} value '' takes it back */
  #say(label, topic, value) {
    this.ws.store.run([value ? { op: "label.set", label, topic, value } : { op: "label.clear", label, topic }]);
  }
}
