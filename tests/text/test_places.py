"""Are hits found quickly the ones that the exact rules find? Whatever the text, the spelling and the query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text import places as quick
from annotations.text.fold import fold
from annotations.text.places import folds_to_several, places
from annotations.text.query import find, parse
from tests.strategies import WORDS, texts

QUERIES = (
    "کیم",
    "جونگ",
    "رسانه",
    "رسانه‌های",
    "کتاب",
    "ها",
    "می",
    "خواهم",
    "«کیم جونگ»",
    "خانه",
    "خانه*",
    "کت*",
    "1402",
    "لا",
)
FEW = (
    "كيم",
    "کیم",
    "کـیم",
    "جونگ",
    "کتاب",
    "کتاب‌ها",
    "کتاب ها",
    "ها",
    "های",
    "می",
    "می‌خواهم",
    "خواهم",
    "خانه‌ی",
    "خانۀ",
    "ﻻ",
)


@given(texts(max_size=80), st.one_of(st.sampled_from(QUERIES), st.sampled_from(WORDS), texts(max_size=3)))
def test_in_any_text_the_same_places(text: str, query: str) -> None:
    asked = parse(query[:400])
    assert places(text, asked) == find(text, asked)


@given(
    st.lists(st.tuples(st.sampled_from(FEW), st.sampled_from((" ", "  ", "\u200c", "\n", "، ", " «", "ِ ")))).map(
        lambda pairs: "".join(word + gap for word, gap in pairs)
    ),
    st.sampled_from(QUERIES),
)
def test_among_endings_prefixes_and_half_spaces_the_same_places(text: str, query: str) -> None:
    assert places(text, parse(query)) == find(text, parse(query))


def test_no_plain_character_folds_to_several_letters() -> None:
    plain = [chr(point) for point in range(0x1FB00) if not quick._PLAIN.match(chr(point))]
    assert [c for c in plain if len(fold(c)) > 1 and any(map(str.isalnum, fold(c)))] == []
    assert folds_to_several("ﷺ")
    assert not folds_to_several("کیم … 👩‍👩‍👧‍👦")


@pytest.mark.parametrize("query", ["", "-کیم", "«»", "…"])
def test_a_query_that_seeks_nothing_stands_nowhere(query: str) -> None:
    assert places("کیم", parse(query)) == find("کیم", parse(query)) == []
