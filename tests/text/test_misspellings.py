"""Is what one slip makes of a word found, and nothing further away?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from annotations.text.misspellings import LONGEST, SHORTEST, one_slip_away

WORDS = st.text("ابپتسصزذکگمنوهی", min_size=SHORTEST, max_size=LONGEST)


@given(WORDS)
def test_all_are_one_edit_away_and_none_is_named_twice(word: str) -> None:
    near = one_slip_away(word)
    assert {OSA.distance(word, other) for other in near} == {1}
    assert len(near) == len(set(near))


@given(WORDS, st.data())
def test_any_slip_is_undone(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("ابپصزگ"))
    for slip in (word[:at] + letter + word[at:], word[:at] + word[at + 1 :], word[:at] + letter + word[at + 1 :]):
        assert slip == word or len(slip) not in range(SHORTEST, LONGEST + 1) or word in one_slip_away(slip)


@pytest.mark.parametrize(("slip", "word"), [("روصیه", "روسیه"), ("تحران", "تهران"), ("غانون", "قانون")])
def test_letters_that_sound_alike_come_first(slip: str, word: str) -> None:
    assert word in one_slip_away(slip)[: 2 * len(slip)]


def test_short_and_long_words_have_no_neighbours() -> None:
    assert one_slip_away("کر") == one_slip_away("ا" * 21) == []
    assert "kim" in one_slip_away("kin")
