"""The pure modules of static/js/core, run in a real Chromium against Python and the golden files."""

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from annotations.text.snap import snap
from annotations.text.words import words
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

SNAP = """async (cases) => {
  const { snap } = await import("/static/js/core/snap.js");
  const { Text } = await import("/static/js/core/text.js");
  return cases.map(({ text: value, start, end, exact = false, one_paragraph = false }) => {
    const text = new Text(value);
    const range = snap(value, text.toUnits(start), text.toUnits(end), { exact, oneParagraph: one_paragraph });
    return range && range.map((units) => text.toPoints(units));
  });
}"""

WORDS = """async (texts) => {
  const { allWords } = await import("/static/js/core/words.js");
  return texts.map((text) => allWords(text).map(([start, end]) => text.slice(start, end)));
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

ALLOWS = """async (labels) => {
  const { Scheme } = await import("/static/js/core/scheme.js");
  const scheme = new Scheme(labels, "fa");
  return ["LOC", "PER", "@entity", "article"].map((what) => scheme.allows(scheme.label("stance"), "head", what));
}"""

CARD = """async (labels) => {
  const { Scheme } = await import("/static/js/core/scheme.js");
  const { refusedCard } = await import("/static/js/workspace/refused.js");
  const ws = { scheme: new Scheme(labels, "fa"), t: (name) => name };
  const about = { label: "LOC", quotes: ["تهران"] };
  const refusal = { reason: "label_archived", detail: "" };
  const row = { op_id: "1", operation: { op: "span.create" }, about, refusal };
  return refusedCard(ws, row, {}).querySelector(".tag")?.textContent;
}"""

# Random edits, then everything undone and redone; the state is compared as JSON at both ends.
UNDO = (Path(__file__).parent / "undo_property.js").read_text(encoding="utf-8")


def test_javascript_writes_the_same_html_as_the_golden_file(core: Page) -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    for case, said in zip(golden, core.evaluate(SEGMENTS, golden), strict=True):
        assert said == case["paragraphs"], case["name"]


def test_javascript_and_python_agree_on_random_spans_over_rich_text(core: Page) -> None:
    made = [random_case(seed) for seed in range(400)]
    sent = [{"text": text, "marks": [mark._asdict() for mark in marks]} for text, marks in made]
    for seed, ((text, marks), said) in enumerate(zip(made, core.evaluate(SEGMENTS, sent), strict=True)):
        assert said == rendered(text, marks), f"seed {seed}"


def test_javascript_snaps_as_the_golden_file_says(core: Page) -> None:
    golden = json.loads((GOLDEN.parent / "snap.json").read_text(encoding="utf-8"))
    for case, said in zip(golden, core.evaluate(SNAP, golden), strict=True):
        assert said == case["expected"], case["why"]


def test_javascript_and_python_snap_alike_on_rich_text(core: Page) -> None:
    made = [(random_case(seed)[0], seed) for seed in range(300)]
    sent = [
        {"text": text, "start": start, "end": end, "exact": seed % 3 == 0, "one_paragraph": seed % 2 == 0}
        for text, seed in made
        for start, end in [sorted(random.Random(seed).choices(range(len(text) + 1), k=2))]
    ]
    for case, said in zip(sent, core.evaluate(SNAP, sent), strict=True):
        options = {"exact": case["exact"], "one_paragraph": case["one_paragraph"]}
        meant = snap(case["text"], case["start"], case["end"], **options)
        assert said == (meant and list(meant)), case


def test_javascript_and_python_cut_the_same_words_where_other_scripts_touch_persian(core: Page) -> None:
    letters = ("سلامگفت‌ُ", "ไทยกำ", "ລາວ", "ខ្មែ", "田中〇", "ひらが", "カタナー", "abG", "12۳", "-/.:'’« ")
    pick = random.Random(7)
    texts = ["".join(pick.choice(pick.choice(letters[:1] * 4 + letters)) for _ in range(12)) for _ in range(600)]
    for text, said in zip(texts, core.evaluate(WORDS, texts), strict=True):
        assert said == [text[start:end] for start, end in words(text)], text


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
        key({ code: "KeyZ", key: "ظ", ctrlKey: true }),
        key({ code: "KeyZ", key: "ظ", ctrlKey: true, shiftKey: true }),
        key({ code: "KeyZ", key: "z" }),
        key({ code: "Delete" }),
        key({ code: "KeyR", key: "ق" }),
        key({ code: "ArrowLeft", altKey: true }),
        key({ code: "NumpadEnter", key: "Enter" }),
      ];
    }""")
    assert said == ["undo", "redo", None, "delete", "stance", None, "open"]


def test_the_number_pad_types_digits_only_where_numlock_is_on(core: Page) -> None:
    said = core.evaluate("""async () => {
      const { actionOf, codeOf } = await import("/static/js/core/keymap.js");
      const adjudication = await import("/static/js/adjudication/keys.js");
      const press = (key) => new KeyboardEvent("keydown", { code: "Numpad4", key });
      const all = [codeOf, adjudication.actionOf, actionOf];
      return ["4", "۴", "ArrowLeft"].map((key) => all.map((one) => one(press(key))));
    }""")
    assert said == [["Digit4", "take-4", None], ["Digit4", "take-4", None], ["Numpad4", None, None]]


KEYS = """async () => {
  const { capOf, SHORTCUTS } = await import("/static/js/core/keymap.js");
  return SHORTCUTS.map((one) => [Boolean(one.ctrl), Boolean(one.shift), one.code, capOf(one.code)]);
}"""


def test_the_page_on_keys_names_each_of_them(core: Page) -> None:
    words = {"␣": "Space", "⌫": "Backspace", "↵": "Enter"}
    written = (Path(__file__).parents[2] / "docs" / "keyboard.md").read_text(encoding="utf-8")
    named = {cap for keys in re.findall(r"`([^`]+)`", written) for cap in keys.split("+")}
    keys = core.evaluate(KEYS)
    assert len({tuple(key[:3]) for key in keys}) == len(keys), "two actions on one key"
    assert {words.get(cap, cap) for *_, cap in keys} - named == set()


ARCHIVED = {"key": "LOC", "kind": "entity", "title": "مکان", "archived": True, "shortcut": ""}


def test_what_bears_an_archived_label_may_still_be_an_end_as_it_may_on_the_server(core: Page) -> None:
    labels = [
        ARCHIVED,
        {"key": "PER", "kind": "entity", "shortcut": ""},
        {"key": "stance", "kind": "stance", "shortcut": "", "ends": {"head": ["@entity"]}},
    ]
    assert core.evaluate(ALLOWS, labels) == [True, True, False, False]


def test_a_refused_label_that_was_archived_meanwhile_has_its_name_on_the_card(core: Page) -> None:
    assert core.evaluate(CARD, [ARCHIVED]) == "مکان"
