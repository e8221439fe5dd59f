"""Where the same words stand: whole words only, unless a part was meant; no letter is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.occurrences import occurrences

TEXT = "👩‍👩‍👧‍👦 تاس و تاسیسات\nخبرگزاری تاس: «تاس» تاس‌ها و تاسِ دیگر؛ تاس"


@pytest.mark.parametrize(
    ("words", "whole", "count"),
    [("تاس", True, 4), ("تاس", False, 6), ("👩", False, 0), ("", True, 0), ("خبرگزاری تاس", True, 1)],
)
def test_places_are_counted_by_whole_words_or_letters(words: str, whole: bool, count: int) -> None:
    found = occurrences(TEXT, words, whole=whole)
    assert [TEXT[start:end] for start, end in found] == [words] * count


@given(
    st.text(alphabet="اب 👩\u200cِ.\n🇮🇷", max_size=30),
    st.text(alphabet="اب 👩\u200cِ", min_size=1, max_size=3),
    st.booleans(),
)
def test_every_place_says_the_words_and_none_meets_another(text: str, words: str, whole: bool) -> None:
    found = occurrences(text, words, whole=whole)
    assert {text[start:end] for start, end in found} <= {words}
    assert all(found[at][1] <= found[at + 1][0] for at in range(len(found) - 1))
