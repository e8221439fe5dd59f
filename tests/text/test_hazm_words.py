"""Does hazm make of a line what is made of its stretches, one by one, whichever were seen before?"""

from collections.abc import Callable, Iterator
from functools import cache

import hazm
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.text import hazm_words, remembered
from annotations.text.hazm_quick import replaced, table
from annotations.text.hazm_words import StretchNormaliser
from tests.strategies import texts
from tests.text import corpora

# Words that hazm ties to each other, and what it may see between them.
WORDS = (
    *("ثبت", "نام", "نام‌", "رئیس", "جمهور", "سه", "شنبه", "می", "نمی", "شود", "رود", "میرود", "نمیدانم", "این", "که"),
    *("ه", "نامه", "ی", "ها", "های", "هاي", "تر", "ترین", "گر", "گری", "ام", "ایم", "اند", "اید", "ات", "ان", "ش"),
    *("کتابهها", "سلاممم", "كتاب", "مُحَمَّد", "ـ", "ﷺ", "﷽", "۱۲", "12.5", "٣٤", "۵متر", "A", "U.S.", "می‌", "‌که", "‌"),
    *("گفته", "شده", "است", "یک", "درصد", "به", "سر", "در", "و", "ً", "گفته_شده"),
)
MARKS = (
    *'"“”"«»()[]{}.:!،؛؟…-/', "...", " .", "« ", ' "', '" ', ".»", "\u00a0", "\t", "  ", "\u200c ", " \u200c", "\r",
)  # fmt: skip
PIECES = st.sampled_from(WORDS) | st.sampled_from(MARKS) | st.just(" ") | st.just(" ")
LINES = st.lists(PIECES, max_size=25).map("".join)


@cache
def stretches() -> StretchNormaliser:
    return StretchNormaliser(hazm)


def rewritten(line: str) -> str:
    """Returns the line with what its stretches become; each is in the line, apart from the next, and changes."""
    made, at = [], 0
    for start, end, view in stretches().rewritten(line):
        assert at <= start < end <= len(line)
        assert line[start:end] != view
        made += line[at:start], view
        at = end
    return "".join([*made, line[at:]])


def lines(text: str) -> Iterator[str]:
    yield from (line.strip() for line in text.split("\n"))


@given(text=LINES | texts())
@example(text="در ماه می، مواضع")
@example(text="«نامه ی» خانه ی")
@example(text="می می رود نمی می")
@example(text='او "گفت و گو" کرد " و ')
@example(text='"" او "" و "')
def test_a_line_becomes_what_hazm_makes_of_it(plain: Callable[[str], str], text: str) -> None:
    for line in lines(text):
        assert rewritten(line) == plain(line)


def test_real_lines_become_what_hazm_makes_of_them(plain: Callable[[str], str]) -> None:
    known = [*corpora.hazm_inputs(), *corpora.naughty_strings(), corpora.seed(), *corpora.articles(60)]
    found = [line for text in known for line in lines(text) if len(line) <= 1_500]
    assert [line for line in found if rewritten(line) != plain(line)] == []


def test_a_line_becomes_the_same_where_words_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 6)
    known = StretchNormaliser(hazm)
    line = "محاكمه نخستين گروه از متهمان ثبت نام نشده در دادگاه تهران"
    first = known.rewritten(line)
    assert (known.rewritten(line), len(first)) == (first, 3)


def test_whatever_goes_through_hazm_has_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    # Tokens are read where hazm left them: those of another thread would be remembered as this word's.
    known, alone = StretchNormaliser(hazm), []
    monkeypatch.setattr(known._quick, "normalize", lambda text: alone.append(known._lock.locked()) or text)
    for line in ('"" و ""', "ـ"):
        known.rewritten(line)
    assert alone == [True, True]


def test_no_pattern_but_that_of_quotation_marks_reaches_further_than_a_neighbour() -> None:
    assert hazm_words.QUOTED in hazm.constants.PERSIAN_STYLE_PATTERNS
    assert replaced([hazm_words.QUOTED], '"یک دو" و "سه"') == "«یک دو» و «سه»"
    assert {mark for mark in map(chr, range(0x110000)) if chr(ord(mark)).translate(_letters()) == '"'} == set('"“”')


def _letters() -> dict[int, str]:
    return table(hazm.constants.TRANSLATION_SRC, hazm.constants.TRANSLATION_DST)


def test_hazms_verbs_join_no_word_by_what_follows_it() -> None:
    # Where one did, whether two words are joined would depend on a third.
    assert not any("_" in verb for verb in hazm.Normalizer()._verbs)
