/** What will annotators see? A real paragraph as the workspace draws it, the picker with its keys, stances; forbidden things marked. */
import { capOf } from "../core/keymap.js";
import { lines, piecesByLine, renderInner } from "../core/segments.js";
import { Text } from "../core/text.js";
import { h, icon } from "../dom/h.js";
import { Chips, byLine } from "../dom/overlay.js";
import { groupOf } from "./draft.js";
import { page } from "./page.js";

const WARN = "M8 2.5 14.2 13.5H1.8zM8 6.5v3.2M8 11.7v.01";
const { t } = page;

export class Preview {
  /** @param {{doc: HTMLElement, overlay: HTMLElement, picker: HTMLElement, cards: HTMLElement}} places @param {import("./draft.js").Draft} draft */
  constructor(places, draft) {
    Object.assign(this, { ...places, draft });
    this.sample = page.data.preview;
    new ResizeObserver(() => this.#overlay()).observe(this.doc);
  }

  draw() {
    this.sample = this.draft.answer?.found.preview ?? this.sample;
    this.#picker();
    if (!this.sample) return this.doc.replaceChildren(h("p.empty", null, t("no_preview")));
    const text = new Text(this.sample.text);
    const marks = this.sample.spans.map((span) => ({ id: span.id, ranges: span.ranges, ...this.#look(span.label) }));
    const all = lines(text);
    const pieces = piecesByLine(all, marks);
    this.doc.innerHTML = all.map((line) => `<p data-cp="${line.start}">${renderInner(text, line, pieces.get(line.index) ?? [])}</p>`).join("");
    this.#overlay();
    this.cards.replaceChildren(...this.sample.relations.map((relation) => this.#card(relation)));
  }

  /** @param {string} was a published key @returns {import("./draft.js").DraftLabel|undefined} what the draft makes of it */
  #label(was) {
    const label = this.draft.labels.find((one) => one.was === was);
    return (label?.into && this.draft.labels.find((one) => one.key === label.into)) || label;
  }

  /** @param {{label: string, verdicts?: string[]}} said @returns {boolean} what is merged and fits goes on, under the other label */
  #isForbidden({ label, verdicts = [] }) {
    const merged = this.draft.labels.some((one) => one.was === label && one.into);
    return verdicts.some((one) => one !== "missing" && !(one === "gone" && merged));
  }

  #look(was) {
    const label = this.#label(was);
    return { kind: label?.kind ?? "entity", color: label?.color ?? "slate", title: label ? page.title(label) : was };
  }

  #overlay() {
    const { doc, overlay, sample } = this;
    overlay.replaceChildren();
    if (!sample?.spans.length) return;
    const { direction } = getComputedStyle(doc);
    const rtl = direction === "rtl";
    // Chips are placed from where the text begins, whichever way the page runs.
    const layer = h("div.chips", { dir: direction });
    const boxes = h("div.sch-boxes");
    overlay.append(layer, boxes);
    const spans = new Map(sample.spans.map((span) => [span.id, span]));
    const chipOf = (id) => {
      const span = spans.get(id);
      const { kind, title, color } = this.#look(span.label);
      return kind === "claim" ? null : { title, color, length: span.ranges.at(-1)[1] - span.ranges[0][0] };
    };
    const chips = new Chips({ layer, doc, rtl, chipOf });
    chips.seen.disconnect();
    chips.draw(doc.querySelectorAll("p"));
    const origin = overlay.getBoundingClientRect();
    for (const span of sample.spans.filter((span) => this.#isForbidden(span))) {
      const segments = [...doc.querySelectorAll(`[data-i~="${span.id}"]`)];
      for (const { left, right, top, bottom } of byLine(segments.flatMap((segment) => [...segment.getClientRects()])))
        boxes.append(h("i.sch-box", { style: { left: `${left - origin.left - 2}px`, top: `${top - origin.top - 2}px`, width: `${right - left + 4}px`, height: `${bottom - top + 4}px` } }));
    }
  }

  #picker() {
    const labels = this.draft.ordered().filter((label) => ["entity", "words"].includes(groupOf(label.kind)) && !label.archived && !label.into);
    const wrong = (label) => this.draft.problemsOf(label).some(({ field }) => field === "shortcut");
    this.picker.replaceChildren(
      ...labels.map((label) =>
        h(`span.label.c-${label.color}`, { "aria-current": label === this.draft.selected ? "true" : null }, h("i.swatch"), h("bdi", null, page.title(label)), label.shortcut ? h(`kbd${wrong(label) ? ".is-wrong" : ""}`, null, capOf(label.shortcut)) : null),
      ),
    );
  }

  /** @param {any} relation of the sample */
  #card(relation) {
    const label = this.#label(relation.label);
    const verdicts = relation.verdicts ?? [];
    const slots = ["head", "via", "tail"].filter((slot) => relation[slot]);
    const value = Object.entries(relation.attributes).map(([name, said]) => page.said(label?.attributes.properties?.[name]?.titles?.[said], String(said)));
    const polarity = relation.attributes.polarity ?? "NONE";
    return h(
      `div.sch-card${this.#isForbidden(relation) ? ".is-wrong" : ""}`, null,
      h("div.sch-ends", null, this.#end(relation[slots[0]]), h(`b.polarity-${polarity}`, null, h("bdi", null, value.join(" · ") || (label ? page.title(label) : relation.label))), slots.slice(1).map((slot) => this.#end(relation[slot]))),
      verdicts.includes("ends") ? this.#warn(this.#forbidden(relation, label)) : null,
      verdicts.includes("invalid") ? this.#warn(t("invalid", { n: 1 })) : null,
      verdicts.includes("gone") && this.#isForbidden(relation) && label?.archived ? this.#warn(`«${page.title(label)}» ${t("archived_in")}`) : null,
    );
  }

  #warn(text) {
    return h("p", null, icon(WARN), h("bdi", null, text));
  }

  /** @param {any} relation @param {any} label @returns {string} which end can't stand there any more */
  #forbidden(relation, label) {
    const roles = page.data.kinds.find(({ key }) => key === label.kind).roles;
    for (const slot of ["head", "via", "tail"]) {
      const end = relation[slot];
      if (!end) continue;
      const own = end.kind === "span" ? this.#label(end.label) : null;
      const names = own ? [own.key, `@${own.kind}`] : [`@${end.kind}`];
      if (!names.some((name) => (label.ends[slot] ?? []).includes(name)))
        return t("relation_not", { end: own ? page.title(own) : page.data.ends[`@${end.kind}`], slot: roles[slot] ?? t(`slot_${slot}`), relation: page.title(label) });
    }
    return t("ends_gone", { n: 1 });
  }

  #end(end) {
    if (end.kind !== "span") return h("span.mute", null, page.data.ends[`@${end.kind}`] ?? end.kind);
    const { color, title } = this.#look(end.label);
    return h(`span.sch-end.c-${color}`, null, h("bdi.quote", null, end.quote), h("span.tag", null, title));
  }
}
