"""Are words Unicode's, but for what dates, models, initials and addresses need?"""

from itertools import pairwise

import pytest
import regex
from hypothesis import given

from annotations.text.ink import inkless, trim
from annotations.text.words import word_around, words
from tests.conftest import shared
from tests.strategies import texts
from tests.text.corpora import seed
from tests.text.unicode import read_breaks

_LETTERED = regex.compile(r"[\p{L}\p{N}]")


# Unicode counts Hebrew's quotation marks, and an emoji behind a ZWJ, to the word before them; here they are none.
_LEFT_OUT = {"\u05d0", "\u2701", "\U0001f6d1", *".:_-/@"}


def said(text: str) -> list[str]:
    return [text[start:end] for start, end in words(text)]


def test_unicodes_own_examples_are_kept_where_no_glue_stands_in_them() -> None:
    for text, bounds in read_breaks(shared("unicode-15.0/WordBreakTest.txt")):
        if not set(text) & _LEFT_OUT:
            pieces = pairwise(sorted(bounds))
            expected = [trim(text, *piece) for piece in pieces if _LETTERED.search(text, *piece)]
            assert words(text) == expected, ascii(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("او می‌خواهم گفت", ["او", "می‌خواهم", "گفت"]),
        ("GPT-4.5 و Su-35s", ["GPT-4.5", "و", "Su-35s"]),
        ("۱۴۰۲/۰۶/۲۶، ۱۲:۳۰", ["۱۴۰۲/۰۶/۲۶", "۱۲:۳۰"]),
        ("است.در گفت:من", ["است", "در", "گفت", "من"]),
        ("قیمت:۲۰۰ و ۲۰۰:قیمت", ["قیمت", "۲۰۰", "و", "۲۰۰", "قیمت"]),
        ("ج.ا.ا و ه.ش و هـ.ش", ["ج.ا.ا", "و", "ه.ش", "و", "هـ.ش"]),
        ("بی.بی", ["بی", "بی"]),
        ("a--b a..b -a- _a_", ["a", "b", "a", "b", "a", "_a_"]),
        ("ftp://x.ir/a?b=c#d), www.x.ir.", ["ftp://x.ir/a?b=c#d", "www.x.ir"]),
        ("a@b.ir @user #تهران", ["a@b.ir", "user", "تهران"]),
        ("۱٬۲۵۰٬۰۰۰ و 1,250.75", ["۱٬۲۵۰٬۰۰۰", "و", "1,250.75"]),
        ("Korea's ‘Korea’s’", ["Korea's", "Korea’s"]),
        ("田中 ไทย", ["田", "中", "ไ", "ท", "ย"]),
        ("سلامไทยدنیا", ["سلام", "ไ", "ท", "ย", "دنیا"]),
        ("دنیا田中〇گفت", ["دنیا", "田", "中", "〇", "گفت"]),
        ("گفت한국어دنیاカタカナ", ["گفت", "한국어", "دنیا", "カタカナ"]),
        ("سلام😀دنیا 🇮🇷ایران", ["سلام", "دنیا", "ایران"]),
        ("‌گفت‌ ", ["گفت"]),
        ("… ؟ «» ", []),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@given(texts())
def test_words_stand_in_order_apart_and_with_ink_at_both_ends(text: str) -> None:
    found = words(text)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    assert all(start < end and not inkless(text[start]) and not inkless(text[end - 1]) for start, end in found)


def test_looking_between_two_spaces_finds_the_words_of_the_whole_line() -> None:
    text = seed()
    for start, end in words(text):
        assert all(word_around(text, position) == (start, end) for position in range(start + 1, end))


@given(texts())
def test_looking_around_a_position_finds_a_word_or_nothing(text: str) -> None:
    for position in range(len(text) + 1):
        found = word_around(text, position)
        assert found is None or found[0] < position < found[1]
