/** How do the same words get the same label in the whole article? All places are shown first; one key labels them, one takes it back. */
import { capOf } from "../core/keymap.js";
import { occurrences } from "../core/occurrences.js";
import { sameRanges } from "../core/ranges.js";
import { clampTo, spanCreate } from "./edits.js";

/** @typedef {import("../core/types.js").Range} Range */
/** @typedef {import("../core/types.js").Span} Span */

export class Everywhere {
  /** @param {import("./desk.js").Desk} desk */
  constructor(desk) {
    this.desk = desk;
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
    if (!free.length && !taken.length) return this.desk.say(ws.t("everywhere_none"));
    const label = ws.labelOf(span).title;
    const like = { attributes: span.attributes, entity: span.entity };
    this.#show([...free, ...taken]);
    const apply = (ranges) => this.#apply(span.label, ranges, like);
    this.desk.pick.ask({
      prompt: `${label}: «${ws.quote(span).replaceAll("\n", " ")}»`, onEnd: () => this.#show([]),
      options: [
        ...(free.length ? [{ codes: ["Enter", "NumpadEnter"], cap: "↵", title: ws.t("everywhere_others", free.length), choose: () => apply(free) }] : []),
        ...(taken.length ? [{ codes: ["KeyA"], cap: "A", title: ws.t("everywhere_taken", free.length + taken.length), choose: () => apply([...free, ...taken]) }] : []),
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
      this.#apply(key, free, null);
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

  /** @param {string} key @param {Range[]} ranges @param {Pick<Span, "attributes"|"entity">|null} like one step of undo */
  #apply(key, ranges, like) {
    const { desk, ws } = this;
    if (ranges.length) ws.store.run(ranges.map((range) => ({ ...spanCreate(ws, key, clampTo(ws, key, [range])), ...like })));
    desk.say(ws.t("everywhere_done", ranges.length));
  }

  /** @param {Range[]} ranges */
  #show(ranges) {
    this.desk.view.highlights.set("occurrences", ranges);
  }
}
