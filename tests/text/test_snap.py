"""Does snapping find the range that somebody meant?"""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.text.ink import inkless
from annotations.text.snap import snap
from annotations.text.words import words
from tests.conftest import shared
from tests.strategies import texts_with_range
from tests.text.corpora import seed

GOLDEN = json.loads((Path(__file__).parent.parent / "golden" / "snap.json").read_text("utf-8"))
OPTIONS = ("exact", "one_paragraph")


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["why"])
def test_snapping_follows_the_golden_cases(case: dict[str, Any]) -> None:
    options = {name: case[name] for name in OPTIONS if name in case}
    found = snap(case["text"], case["start"], case["end"], **options)
    assert (list(found) if found else None) == case["expected"]


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case["why"])
def test_what_snapping_returns_is_not_snapped_again(case: dict[str, Any]) -> None:
    options = {name: case[name] for name in OPTIONS if name in case}
    if case["expected"]:
        assert list(snap(case["text"], *case["expected"], **options) or ()) == case["expected"]


@given(texts_with_range(), st.booleans(), st.booleans())
@example(("\u00ab\u0301\u0627", 0, 3), False, False)
def test_a_snapped_range_has_ink_at_both_ends_and_stays(
    case: tuple[str, int, int], exact: bool, one_paragraph: bool
) -> None:
    text, start, end = case
    found = snap(text, start, end, exact=exact, one_paragraph=one_paragraph)
    if found is None:
        assert all(inkless(character) for character in text[start:end])
        return
    assert 0 <= found[0] < found[1] <= len(text)
    assert not inkless(text[found[0]])
    assert not inkless(text[found[1] - 1])
    assert snap(text, *found, exact=exact, one_paragraph=one_paragraph) == found


@given(texts_with_range())
def test_an_entity_keeps_to_one_paragraph(case: tuple[str, int, int]) -> None:
    text, start, end = case
    found = snap(text, start, end, one_paragraph=True)
    assert found is None or "\n" not in text[slice(*found)]


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 1), (0, 6)])
def test_a_range_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(IndexError):
        snap("تهران", start, end)


def test_every_range_of_the_seeds_gold_set_is_what_it_snaps_to() -> None:
    text = seed()
    gold = json.loads(shared("seed/gold.json").read_text("utf-8"))["sets"]["gold"]
    ranges = [tuple(found) for span in gold["spans"] for found in span["ranges"]]
    assert [found for found in ranges if snap(text, *found) != found] == []


def test_words_are_found_again_from_any_place_inside_them() -> None:
    text = seed()
    for start, end in words(text):
        middle = (start + end) // 2
        assert snap(text, middle, middle + 1) == (start, end)


@pytest.mark.parametrize("piece", ["«", "a.", "ا.", "🇮🇷", "e\u0301", '."', "('", "http://", "a-", "\u0301", "x\u200c"])
def test_snapping_takes_linear_time_on_hostile_text(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    snap(text, 0, len(text))
    snap(text, len(text) // 2, len(text) // 2 + 1)
