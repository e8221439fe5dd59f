"""Rows of a concordance: slices of the published text, clipped between words, sorted as the alphabet goes."""

import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.graphemes import is_bound
from annotations.text.ink import inkless
from annotations.text.kwic import following, paragraph, preceding, row
from annotations.text.words import word_around
from tests.strategies import texts_with_range

TEXT = "👩‍👩‍👧‍👦 دیروز در پیونگ‌یانگ کیم جونگ اون به خبرنگاران گفت: می‌خواهم\nکیم دیگر"
AT = TEXT.index("کیم")


def parts(text: str, start: int, end: int, context: int) -> tuple[str, str, str]:
    found = row(text, start, end, context=context)
    return text[slice(*found.before)], text[start:end], text[slice(*found.after)]


@pytest.mark.parametrize(
    ("context", "before", "after"),
    [
        (100, "👩‍👩‍👧‍👦 دیروز در پیونگ‌یانگ ", " جونگ اون به خبرنگاران گفت: می‌خواهم"),
        (16, "در پیونگ‌یانگ ", " جونگ اون به"),
        (12, "پیونگ‌یانگ ", " جونگ اون به"),
        (8, "", " جونگ"),
    ],
)
def test_contexts_end_between_words_and_with_their_paragraph(context: int, before: str, after: str) -> None:
    assert parts(TEXT, AT, AT + 3, context) == (before, "کیم", after)


def test_a_row_says_whether_its_paragraph_goes_on() -> None:
    assert row(TEXT, AT, AT + 3, context=12)[4:] == (True, True)
    assert row(TEXT, AT, AT + 3)[4:] == (False, False)
    last = TEXT.rindex("کیم")
    assert row(TEXT, last, last + 3)[4:] == (False, False)


def test_what_is_no_word_is_cut_between_clusters() -> None:
    text = "ا" * 500 + "👩‍👩‍👧‍👦" * 90 + " کیم"
    start = len(text) - 3
    found = row(text, start, start + 3)
    assert 70 < start - found.before[0] <= 90
    assert is_bound(text, found.before[0])


@given(texts_with_range(max_size=60), st.integers(1, 40))
def test_a_row_is_one_slice_of_its_paragraph_that_cuts_no_word(drawn: tuple[str, int, int], context: int) -> None:
    text, start, end = drawn
    found = row(text, start, end, context=context)
    low, high = paragraph(text, start, end)
    (first, until), (since, last) = found.before, found.after
    assert low <= first <= until == start <= end == since <= last <= high
    assert start - first <= context
    assert last - end <= context
    assert "\n" not in text[first:start] + text[end:last]
    # Where white space is left out, a mark that hung on it begins the context.
    assert is_bound(text[:start], first) or inkless(text[first - 1])
    assert is_bound(text[end:], last - end)
    # What is left out is white space, or the paragraph goes on.
    assert found.more_before == any(not inkless(character) for character in text[low:first])
    assert found.more_after == any(not inkless(character) for character in text[last:high])
    for side, at in ((text[:start], first), (text[end:], last - end)):
        cut = word_around(side, at)
        assert cut is None or cut[1] - cut[0] > 60


@given(texts_with_range(max_size=60))
def test_a_key_is_folded_and_stays_in_the_line(drawn: tuple[str, int, int]) -> None:
    text, start, end = drawn
    keys = following(text, start, end) + preceding(text, start, end)
    assert not {"ي", "ك", "\u200c", "\n", ".", "«", "،"} & set(keys)
    low, high = paragraph(text, start, end)
    assert following(text[:high], start, end) == following(text, start, end)
    assert preceding(text[low:], start - low, end - low) == preceding(text, start, end)


def test_hits_are_sorted_as_the_alphabet_goes_whatever_the_spelling() -> None:
    nexts = ["آب", "ببر", "پدر", "تاب", "چای", "خانه", "ژاله", "سال", "کتاب", "گل", "لاله", "هوا", "یار"]
    texts = [f"کیم {word} است" for word in reversed(nexts)]
    keyed = sorted(texts, key=lambda text: following(text, 0, 3))
    assert [text.split()[1] for text in keyed] == nexts
    assert following("کیم كتاب", 0, 3) == following("کیم «کتاب»", 0, 3)


def test_previous_words_count_from_the_hit_outwards() -> None:
    assert preceding("الف ببر کیم", 8, 11) > preceding("ببر، الف کیم", 9, 12)
    assert preceding("ببر\nکیم", 4, 7) == preceding("کیم", 0, 3) == ""


def test_a_row_costs_the_same_in_a_line_of_a_million() -> None:
    long = "الف" * 350_000 + " کیم " + "ب" * 350_000
    start = long.index("کیم")
    short = long[start - 300 : start + 300]
    in_short = min(timeit.repeat(lambda: row(short, 300, 303), number=20, repeat=5))
    in_long = min(timeit.repeat(lambda: row(long, start, start + 3), number=20, repeat=5))
    assert in_long < 40 * in_short + 0.1
