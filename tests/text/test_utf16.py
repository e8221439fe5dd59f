"""Do code points and UTF-16 units lead to each other?"""

import pytest
from hypothesis import given

from annotations.text.offsets import OutOfRange
from annotations.text.utf16 import SplitCharacter, Utf16Index
from tests.strategies import texts
from tests.text.corpora import naughty_strings


def units(text: str) -> int:
    """Returns what a browser would give as the length."""
    return len(text.encode("utf-16-le")) // 2


@given(texts())
def test_both_ways_agree_with_the_encoding(text: str) -> None:
    index = Utf16Index(text)
    assert index.length_utf16 == units(text)
    for point in range(len(text) + 1):
        assert index.to_utf16(point) == units(text[:point])
        assert index.from_utf16(index.to_utf16(point)) == point


def test_naughty_strings_survive_both_ways() -> None:
    for text in naughty_strings():
        index = Utf16Index(text)
        assert [index.from_utf16(index.to_utf16(at)) for at in range(len(text) + 1)] == list(range(len(text) + 1))


def test_a_range_behind_a_family_moves_by_its_astral_characters() -> None:
    text = "👩‍👩‍👧‍👦🇮🇷 کیم"
    start = text.index("ک")
    assert Utf16Index(text).range_to_utf16(start, start + 3) == (16, 19)
    assert Utf16Index(text).range_from_utf16(16, 19) == (start, start + 3)


def test_an_offset_inside_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(SplitCharacter):
        Utf16Index("a😀b").from_utf16(2)


@pytest.mark.parametrize("offset", [-1, 5])
def test_an_offset_outside_the_text_is_refused(offset: int) -> None:
    index = Utf16Index("a😀b")
    with pytest.raises(OutOfRange):
        index.from_utf16(offset)
    with pytest.raises(OutOfRange):
        index.to_utf16(offset)


def test_a_range_that_runs_backwards_is_refused() -> None:
    index = Utf16Index("a😀b")
    with pytest.raises(OutOfRange):
        index.range_from_utf16(3, 1)
    with pytest.raises(OutOfRange):
        index.range_to_utf16(2, 1)
