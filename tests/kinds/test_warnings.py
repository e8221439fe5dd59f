"""Does Python find what looks like a slip, and only that?"""

import json
from typing import Any

import pytest
from hypothesis import given

from annotations.kinds.judge import Rejected, check_ranges
from annotations.kinds.warnings import KINDS, find_warnings
from annotations.records import quote_of
from annotations.text.edges import tidy, whole
from annotations.text.ink import inkless
from tests.conftest import shared
from tests.kinds.warning_cases import FACT, GOLDEN, SCHEME, TEXT, cases, relation, sets, span
from tests.strategies import texts_with_range
from tests.text.corpora import seed

CASES = json.loads(GOLDEN.read_text("utf-8"))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_warnings_are_those_of_the_golden_file(case: dict[str, Any]) -> None:
    assert json.loads(json.dumps(case)) in CASES


def test_every_kind_stands_in_the_golden_file() -> None:
    assert {found["kind"] for case in CASES for found in case["expected"]} == set(KINDS)


@given(sets())
def test_what_mending_leaves_is_sound_and_is_not_found_again(case: Any) -> None:
    text, spans, relations, elsewhere = case
    for finding in find_warnings(text, SCHEME, spans, relations, elsewhere=elsewhere):
        if "mend" not in finding.data:
            continue
        mended = tuple(finding.data["mend"])
        before = next(one for one in spans if one.id == finding.id)
        try:
            check_ranges(before.ranges, text)
        except Rejected:
            continue  # what the server would refuse anyway: pieces without ink
        check_ranges(mended, text)
        again = span("x", before.label, mended, text=text)
        assert finding.kind not in {one.kind for one in find_warnings(text, SCHEME, [again], [])}


@given(texts_with_range())
def test_a_tidy_range_lies_inside_and_a_whole_one_around(case: tuple[str, int, int]) -> None:
    text, start, end = case
    low, high = tidy(text, start, end)
    assert start <= low <= high <= end or all(map(inkless, text[start:end]))
    low, high = whole(text, start, end)
    assert low <= start <= end <= high


def test_the_seeds_gold_set_has_nothing_to_mend() -> None:
    gold = json.loads(shared("seed/gold.json").read_text("utf-8"))["sets"]["gold"]
    text = seed()
    spans = [
        span(one["id"], one["label"], [tuple(piece) for piece in one["ranges"]], text=text) for one in gold["spans"]
    ]
    assert {one.quote for one in spans} == {quote_of(text, one.ranges) for one in spans}
    assert {one.kind for one in find_warnings(text, SCHEME, spans, [])} <= {"otherwise", "required", "source"}


def test_a_dismissed_finding_has_another_key_once_the_span_is_changed() -> None:
    def keys(label: str, piece: str) -> set[str]:
        claim = span("c", label, piece, attributes=FACT)
        return {one.key for one in find_warnings(TEXT, SCHEME, [claim], [])}

    assert keys("CLAIM", "ایران") == keys("CLAIM", "ایران")
    assert not keys("CLAIM", "ایران") & keys("CLAIM", "رئیس")
    assert not keys("PER", "رسانه") & keys("ORG", "رسانه")


def test_an_attribute_of_the_same_thing_is_dismissed_for_itself() -> None:
    stance = relation("s", "stance", "c", "c")
    found = find_warnings(TEXT, SCHEME, [span("c", "CLAIM", "ایران")], [stance])
    assert len({one.key for one in found}) == len(found)
