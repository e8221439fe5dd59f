"""The keys under which names are found: every spelling, from every word on, in one order on every database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.names import AFTER_ALL, LONGEST_KEY, MOST_WORDS, name_keys, query_key

LETTERS = st.text(alphabet="ابيیكک آۀ\u200cّ ـ12۳🇮🇷«»", max_size=40)


@pytest.mark.parametrize("query", ["مریم رض", "رضایی", "مريم‌رضايى", "مَریم", "مریمرضایی"])
def test_a_name_is_found_from_each_of_its_words_on(query: str) -> None:
    assert any(key.startswith(query_key(query)) for key in name_keys("مریم رضایی"))


@pytest.mark.parametrize("query", ["ضایی", "یم", "رضایی مریم"])
def test_the_middle_of_a_word_finds_nothing(query: str) -> None:
    assert not any(key.startswith(query_key(query)) for key in name_keys("مریم رضایی"))


def test_the_whole_name_is_told_apart() -> None:
    assert name_keys("آب آب") == {"اباب".encode(): True, "اب".encode(): False}
    assert name_keys("آب") == {"اب".encode(): True}
    assert name_keys(" \u200c ") == {}


@given(LETTERS, LETTERS)
def test_the_range_of_a_query_holds_exactly_what_begins_like_it(name: str, query: str) -> None:
    low = query_key(query)
    for key in name_keys(name):
        assert (low <= key < low + AFTER_ALL) == key.startswith(low)


@given(LETTERS)
def test_keys_are_few_and_short_and_one_is_the_whole(name: str) -> None:
    keys = name_keys(name)
    assert len(keys) <= MOST_WORDS
    assert all(0 < len(key) <= LONGEST_KEY for key in keys)
    assert [key for key, whole in keys.items() if whole] in ([], [query_key(name)])
