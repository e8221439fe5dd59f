/** How do the same words get the same label in the whole article, or in all open ones? All places are shown first; one step does it. */
import { capOf } from "../core/keymap.js";
import { isWhole, occurrences } from "../core/occurrences.js";
import { sameRanges } from "../core/ranges.js";
import { clampTo, spanCreate } from "./edits.js";

/** @typedef {import("../core/types.js").Range} Range */
/** @typedef {import("../core/types.js").Span} Span */

export class Everywhere {
  /** @param {import("./desk.js").Desk} desk @param {import("./spread.js").Spread} spread */
  constructor(desk, spread) {
    this.desk = desk;
    this.spread = spread;
    this.ws = desk.ws;
  }

  /** Shows where else the words of the draft or the selected span stand, and asks. @returns {boolean|void} false where there is nothing to ask about */
  ask() {
    const { desk, ws } = this;
    const span = desk.draft ? null : ws.state.spans.get(desk.view.selected ?? "");
    const ranges = desk.draft ?? span?.ranges ?? (desk.caret.shown ? [desk.caret.range] : null);
    if (!ws.editable || desk.pick.active || !ranges || (span && ws.labelOf(span).kind === "claim")) return false;
    if (ranges.length > 1) return desk.say(ws.t("everywhere_pieces"));
    const all = occurrences(ws.text, ranges[0]);
    desk.popover.close();
    desk.handles.show(null);
    if (span) this.#askForSpan(span, all);
    else this.#askForDraft(ranges[0], all);
  }

  /** @param {Span} span its label, attributes and thing go to the others @param {Range[]} all */
  #askForSpan(span, all) {
    const { ws } = this;
    const { free, taken } = this.#sorted(all, span.label);
    const loose = this.#loose(all, span);
    const label = ws.labelOf(span).title;
    const like = { attributes: span.attributes, entity: span.entity };
    const others = [...free, ...loose.flatMap(({ ranges }) => ranges)];
    this.#show([...others, ...taken]);
    const operations = (ranges) => [...this.#labelled(span.label, ranges, like), ...loose.map(({ id }) => ({ op: "span.update", id, entity: span.entity }))];
    const apply = (ranges) => this.#apply(operations(ranges));
    const project = () => {
      const model = { words: ws.quote(span), whole: isWhole(ws.text, span.ranges[0]), label: span.label, entity: span.entity, attributes: span.attributes };
      this.spread.ask(model, others.length, () => operations(free));
    };
    this.desk.pick.ask({
      prompt: `${label}: «${ws.quote(span).replaceAll("\n", " ")}»${others.length + taken.length ? "" : ` · ${ws.t("everywhere_none")}`}`, onEnd: () => this.#show([]),
      options: [
        ...(others.length ? [{ codes: ["Enter", "NumpadEnter"], cap: "↵", title: ws.t("everywhere_others", others.length), choose: () => apply(free) }] : []),
        ...(taken.length ? [{ codes: ["KeyA"], cap: "A", title: ws.t("everywhere_taken", others.length + taken.length), choose: () => apply([...free, ...taken]) }] : []),
        { codes: ["KeyP"], cap: "P", title: ws.t("everywhere_project"), choose: project },
      ],
    });
  }

  /** @param {Range} range @param {Range[]} all the next label's key is for all of them */
  #askForDraft(range, all) {
    const { desk, ws } = this;
    this.#show(all);
    const labels = ws.scheme.labels.filter(({ key, kind, shortcut }) => ws.scheme.isSpanLabel(key) && kind !== "claim" && shortcut);
    const choose = ({ key }) => {
      desk.clear();
      const { free } = this.#sorted(all, key);
      this.#apply(this.#labelled(key, free, null));
      const made = ws.spanAt(key, clampTo(ws, key, [range]));
      if (made) desk.selectSpan(made.id, [made.id], { popover: false });
    };
    desk.pick.ask({
      prompt: ws.t("everywhere_which", all.length), onEnd: () => this.#show([]),
      options: labels.map((label) => ({ codes: [label.shortcut], cap: capOf(label.shortcut), title: label.title, cls: `c-${label.color}`, choose: () => choose(label) })),
    });
  }

  /** @param {Range[]} all @param {string} key @returns {{free: Range[], taken: Range[]}} places without this label; taken: they bear another one of its kind */
  #sorted(all, key) {
    const { ws } = this;
    const { kind } = ws.scheme.label(key);
    const spans = ws.spans(/** @type {any} */ (kind));
    const open = all.filter((range) => !ws.spanAt(key, [range]));
    const taken = open.filter((range) => spans.some((span) => sameRanges(span.ranges, [range])));
    return { free: open.filter((range) => !taken.includes(range)), taken };
  }

  /** @param {Range[]} all @param {Span} model @returns {Span[]} places that bear its label already, and lack its link */
  #loose(all, model) {
    if (!model.entity) return [];
    const there = all.map((range) => this.ws.spanAt(model.label, [range]));
    return there.filter((span) => span !== undefined && span.entity === null);
  }

  /** @param {string} key @param {Range[]} ranges @param {Pick<Span, "attributes"|"entity">|null} like */
  #labelled(key, ranges, like) {
    return ranges.map((range) => ({ ...spanCreate(this.ws, key, clampTo(this.ws, key, [range])), ...like }));
  }

  /** @param {import("../core/types.js").Operation[]} operations one step of undo */
  #apply(operations) {
    const { desk, ws } = this;
    if (operations.length) ws.store.run(operations);
    desk.say(ws.t("everywhere_done", operations.length));
  }

  /** @param {Range[]} ranges */
  #show(ranges) {
    this.desk.view.highlights.set("occurrences", ranges);
  }
}
