"""Are bounds of grapheme clusters where Unicode says, but for what leaves no ink?"""

import pytest
from hypothesis import given

from annotations.text.graphemes import cluster_around, is_bound
from annotations.text.ink import inkless, trim
from tests.conftest import shared
from tests.strategies import texts
from tests.text.unicode import read_breaks


def test_unicodes_own_examples_are_kept() -> None:
    for text, bounds in read_breaks(shared("unicode-15.0/GraphemeBreakTest.txt")):
        if "\u2701" in text:
            continue  # a pictograph in Unicode 15, none since
        for position in range(len(text) + 1):
            if position in bounds:
                assert is_bound(text, position), ascii(text)
            elif not inkless(text[position]) and text[position - 1] != "\r":
                assert not is_bound(text, position), ascii(text)


@given(texts())
def test_a_cluster_lies_around_the_position_it_is_asked_for(text: str) -> None:
    for position in range(len(text) + 1):
        start, end = cluster_around(text, position)
        assert (start == end == position and is_bound(text, position)) or start < position < end
        assert start == end or not inkless(text[end - 1])


@pytest.mark.parametrize("cluster", ["👩‍👩‍👧‍👦", "🇮🇷", "e\u0301", "مَّ", "1\ufe0f\u20e3", "ก็", "한"])
def test_a_cluster_is_cut_nowhere(cluster: str) -> None:
    text = f"تهران {cluster} رشت"
    start = text.index(cluster)
    for position in range(start + 1, start + len(cluster)):
        assert cluster_around(text, position) == (start, start + len(cluster))


def test_a_zwnj_may_be_cut_off_its_letter() -> None:
    assert is_bound("ایران‌اند", 5)


@given(texts())
def test_trimming_leaves_ink_at_both_ends_or_nothing(text: str) -> None:
    start, end = trim(text, 0, len(text))
    assert all(inkless(character) for character in text[:start] + text[end:])
    assert start == end or not (inkless(text[start]) or inkless(text[end - 1]))
