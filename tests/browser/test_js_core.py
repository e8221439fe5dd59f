"""The pure modules of static/js/core, run in a real Chromium against Python and the golden files."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.text.segment_cases import FAMILY, GOLDEN, random_case, rendered

SEGMENTS = """async (cases) => {
  const { lines, piecesByLine, renderInner } = await import("/static/js/core/segments.js");
  const { Text } = await import("/static/js/core/text.js");
  return cases.map(({ text: value, marks }) => {
    const text = new Text(value);
    const all = lines(text);
    const pieces = piecesByLine(all, marks);
    return all.map((line) => ({ start: line.start, html: renderInner(text, line, pieces.get(line.index) ?? []) }));
  });
}"""

OFFSETS = """async (value) => {
  const { Text } = await import("/static/js/core/text.js");
  const text = new Text(value);
  const points = [...value];
  let units = 0;
  const wrong = [];
  points.forEach((character, at) => {
    if (text.toUnits(at) !== units || text.toPoints(units) !== at) wrong.push(at);
    if (text.slice(at, at + 1) !== character) wrong.push(at);
    units += character.length;
  });
  return { wrong, length: text.length === points.length, end: text.toUnits(points.length) === value.length };
}"""

# Random edits, then everything undone and redone; the state is compared as JSON at both ends.
UNDO = """async ([seed, steps]) => {
  const { Store } = await import("/static/js/core/store.js");
  const { Text } = await import("/static/js/core/text.js");
  const { deleteSpan, relationsOn } = await import("/static/js/core/operations.js");
  const random = () => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const text = new Text("کیم جونگ اون با وزیر دفاع روسیه دیدار کرد");
  let ids = 0;
  const data = { spans: [], relations: [], article_labels: [] };
  const store = new Store(data, text, { newId: () => `id-${ids++}` });
  const shape = () => JSON.stringify([store.state.spans, store.state.relations, store.state.labels].map((map) =>
    [...map.values()].map(({ quote, ...row }) => Object.fromEntries(Object.entries(row).sort())).sort((a, b) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)));
  const range = () => { const at = Math.floor(random() * 30); return [[at, at + 1 + Math.floor(random() * 8)]]; };
  const seen = [shape()];
  for (let step = 0; step < steps; step++) {
    const spans = [...store.state.spans.keys()];
    const relations = [...store.state.relations.keys()];
    const ranges = range();
    const kind = Math.floor(random() * 7);
    const operations =
      kind <= 1 || spans.length < 2 ? [{ op: "span.create", id: store.newId(), label: "PER", ranges, quote: text.quote(ranges), attributes: {}, entity: null }]
      : kind === 2 ? [{ op: "span.update", id: pick(spans), ranges, quote: text.quote(ranges) }]
      : kind === 3 ? deleteSpan(store.state, pick(spans))
      : kind === 4 ? [{ op: "relation.create", id: store.newId(), label: "stance", head: pick(spans), via: null, tail: pick(spans), attributes: {} }]
      : kind === 5 && relations.length ? [{ op: "relation.update", id: pick(relations), attributes: { polarity: pick(["FAVOR", "AGAINST"]) } }]
      : [{ op: pick(["label.set", "label.clear"]), label: "category", topic: null, value: "economy" }];
    const undoable = store.history.done.length;
    store.run(operations);
    if (store.history.done.length > undoable) seen.push(shape());
  }
  const wrong = [];
  for (let at = seen.length - 2; at >= 0; at--) if (!store.step("undo") || shape() !== seen[at]) wrong.push(`undo ${at}`);
  for (let at = 1; at < seen.length; at++) if (!store.step("redo") || shape() !== seen[at]) wrong.push(`redo ${at}`);
  return { wrong, steps: seen.length, more: store.step("redo"), dangling: [...store.state.relations.values()].filter((r) => !store.state.spans.has(r.head)).length };
}"""


@pytest.fixture
def core(page: Page) -> Page:
    """A page of the application's origin, from which its modules may be imported."""
    page.goto("/healthz")
    return page


def test_javascript_writes_the_same_html_as_the_golden_file(core: Page) -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    for case, said in zip(golden, core.evaluate(SEGMENTS, golden), strict=True):
        assert said == case["paragraphs"], case["name"]


def test_javascript_and_python_agree_on_random_spans_over_rich_text(core: Page) -> None:
    made = [random_case(seed) for seed in range(400)]
    sent = [{"text": text, "marks": [mark._asdict() for mark in marks]} for text, marks in made]
    for seed, ((text, marks), said) in enumerate(zip(made, core.evaluate(SEGMENTS, sent), strict=True)):
        assert said == rendered(text, marks), f"seed {seed}"


@pytest.mark.parametrize("text", ["", "کیم جونگ اون", f"{FAMILY} کیم 🙂", "🙂" * 50 + "a", f"a{FAMILY}" * 20 + "سُخَن"])
def test_code_points_and_utf_16_units_convert_both_ways(core: Page, text: str) -> None:
    assert core.evaluate(OFFSETS, text) == {"wrong": [], "length": True, "end": True}


@pytest.mark.parametrize("seed", range(12))
def test_every_edit_can_be_undone_and_redone(core: Page, seed: int) -> None:
    said: dict[str, Any] = core.evaluate(UNDO, [seed + 1, 60])
    assert said["wrong"] == []
    assert said["steps"] > 30
    assert (said["more"], said["dangling"]) == (False, 0)


def test_an_edit_of_an_absent_span_is_refused(core: Page) -> None:
    said = core.evaluate("""async () => {
      const { apply, initialState, Misfit } = await import("/static/js/core/operations.js");
      const state = initialState({ spans: [], relations: [], article_labels: [] });
      try { apply(state, { op: "span.delete", id: "none" }); } catch (error) { return error instanceof Misfit; }
    }""")
    assert said is True


def test_keys_are_bound_by_place_not_by_letter(core: Page) -> None:
    said = core.evaluate("""async () => {
      const { actionOf } = await import("/static/js/core/keymap.js");
      const key = (options) => actionOf(new KeyboardEvent("keydown", options));
      return [
        key({ code: "KeyZ", key: "ظ", ctrlKey: true }), key({ code: "KeyZ", key: "ظ", ctrlKey: true, shiftKey: true }),
        key({ code: "KeyZ", key: "z" }), key({ code: "Delete" }), key({ code: "KeyR", key: "ق" }), key({ code: "ArrowLeft", altKey: true }),
      ];
    }""")
    assert said == ["undo", "redo", None, "delete", "stance", None]
