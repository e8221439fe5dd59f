"""The segmenter: flat, complete, safe, fast; the same as the golden file that JavaScript is held to."""

import html
import itertools
import json
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text import segments
from annotations.text.segments import Mark, render_paragraph, segment, short_id, unit_starts
from tests.text.segment_cases import FAMILY, GOLDEN, cases, mark, random_case, rendered

CSS = Path(__file__).parents[2] / "static" / "css"


def marks_at(marks: list[Mark], at: int) -> set[str]:
    return {m.id for m in marks if any(start <= at < end for start, end in m.ranges)}


def test_html_equals_the_golden_file() -> None:
    assert json.loads(json.dumps(cases())) == json.loads(GOLDEN.read_text(encoding="utf-8"))


@given(st.integers(0, 100_000))
def test_segments_join_to_the_text_and_name_the_spans_of_each_character(seed: int) -> None:
    text, marks = random_case(seed)
    for paragraph in segment(text, marks):
        cut = [piece for unit in paragraph.units for piece in unit.segments]
        assert [piece.start for piece in cut[1:]] == [piece.end for piece in cut[:-1]]
        assert (cut[0].start, cut[-1].end) == (paragraph.start, paragraph.end)
        for piece in cut:
            assert piece.start < piece.end
            for at in (piece.start, piece.end - 1):
                assert set(piece.ids) == marks_at(marks, at)


@given(st.integers(0, 100_000))
def test_html_holds_the_text_and_nothing_else(seed: int) -> None:
    text, marks = random_case(seed)
    for paragraph in segment(text, marks):
        said = html.unescape(re.sub(r"<[^>]*>", "", render_paragraph(text, paragraph)))
        assert said == text[paragraph.start : paragraph.end]


@given(st.integers(0, 100_000))
def test_each_span_begins_once(seed: int) -> None:
    text, marks = random_case(seed)
    begun = [i for p in segment(text, marks) for unit in p.units for piece in unit.segments for i in piece.starts]
    inked = {m.id for m in marks if any(p.start < e and s < p.end for s, e in m.ranges for p in segment(text, []))}
    assert sorted(begun) == sorted(inked)


@given(st.integers(0, 100_000))
def test_spans_that_meet_have_different_underlines(seed: int) -> None:
    text, marks = random_case(seed)
    for piece in (piece for p in segment(text, marks) for unit in p.units for piece in unit.segments):
        lines = [name[1] for name in piece.classes.split() if re.fullmatch(r"u\d-\w+", name)]
        assert len(lines) == len(set(lines))
        entities = [m for m in marks if m.id in piece.ids and m.kind != "claim"]
        assert len(lines) == len(entities) or len(lines) < segments.UNDERLINES + 1


def test_shortest_span_is_named_first_and_nearest_the_text() -> None:
    [paragraph] = segment("دولت جو بایدن", [mark(0, "LOC", (0, 13)), mark(1, "PER", (5, 13))])
    inner = paragraph.units[0].segments[1]
    assert inner.ids == ("1", "0")
    assert inner.classes == "s u0-rust u1-green t-rust"


def test_headline_is_a_role_of_its_paragraph() -> None:
    first, second = segment("تیتر\n\nمتن", [], sections=[("headline", 0, 4), ("body", 6, 9)])
    assert render_paragraph("تیتر\n\nمتن", first) == '<p id="p0" data-cp="0" class="is-headline">تیتر</p>'
    assert render_paragraph("تیتر\n\nمتن", second) == '<p id="p1" data-cp="6">متن</p>'


def test_no_inline_style_handler_or_markup_of_the_text_gets_through() -> None:
    text = '<script>alert(1)</script> <b style="x" onclick=y>'
    said = render_paragraph(text, segment(text, [mark(0, "PER", (3, 20))])[0])
    assert "style=" not in re.sub(r">[^<]*<", "><", said)
    assert "<script" not in said
    assert "<b" not in said


def test_every_class_has_its_rule_in_the_stylesheet() -> None:
    tokens, sheet = ((CSS / name).read_text(encoding="utf-8") for name in ("tokens.css", "workspace.css"))
    colors = set(re.findall(r"--c-(\w+):", tokens))
    assert len(colors) == 13
    wanted = {f".u{level}-{color} " for level in range(segments.UNDERLINES) for color in colors}
    wanted |= {f".t-{color} " for color in colors} | {f".x{level} " for level in range(4)} | {".c1 ", ".c2 ", ".c3 "}
    assert not [rule for rule in wanted if rule not in sheet]


def test_long_lines_break_after_sentences() -> None:
    text = "یک جملهٔ کوتاه است. " * 200
    starts = unit_starts(text, 0, len(text))
    assert len(starts) > 2
    assert all(text[start - 2 : start] == ". " for start in starts[1:])
    assert all(b - a <= segments.LONG_BLOCK for a, b in zip(starts, [*starts[1:], len(text)], strict=True))


@pytest.mark.parametrize(("index", "said"), [(0, "0"), (9, "9"), (10, "a"), (35, "z"), (36, "10"), (1296, "100")])
def test_short_ids_count_in_base_36(index: int, said: str) -> None:
    assert short_id(index) == said


def test_offsets_are_code_points_after_emoji() -> None:
    text = f"{FAMILY} کیم"
    assert ">کیم</span>" in rendered(text, [mark(0, "PER", (len(text) - 3, len(text)))])[0]["html"]


def steps_of(paragraphs: int, spans: int) -> int:
    """Returns how many functions are called to draw a text of so many paragraphs with so many spans."""
    text = ("رئیس جمهوری روسیه و کیم جونگ اون در خاور دور دیدار کردند. " * 8 + "\n\n") * paragraphs
    labels = ["PER", "LOC", "EVE", "CLAIM", "CUE"]
    marks = [mark(i, labels[i % 5], (i * 50, i * 50 + (12, 20, 9, 130, 6)[i % 5])) for i in range(spans)]
    assert len(text) > spans * 50
    calls = itertools.count()
    sys.setprofile(lambda _frame, event, _argument: next(calls) if event in ("call", "c_call") else None)
    try:
        "".join(render_paragraph(text, paragraph) for paragraph in segment(text, marks))
    finally:
        sys.setprofile(None)
    return next(calls)


def test_twice_the_text_with_twice_the_spans_is_twice_the_work() -> None:
    once, twice = steps_of(110, 1000), steps_of(220, 2000)
    assert 1.9 < twice / once < 2.1
