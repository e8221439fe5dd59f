"""Is every token a slice of the text, wherever it came from?"""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given

from annotations.text import hazm_engine
from annotations.text import tokens as tokens_module
from annotations.text.ink import inkless
from annotations.text.remembered import Remembered
from annotations.text.tokens import tokens
from tests.strategies import texts
from tests.text.corpora import hazm_inputs, naughty_strings, seed, treebank


def said(text: str) -> list[str]:
    return [text[start:end] for start, end in tokens(text)]


def check(text: str) -> None:
    """Asserts that the tokens hold all ink, in order, once, and begin and end with it."""
    found = tokens(text)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    assert not any(inkless(text[start]) or inkless(text[end - 1]) for start, end in found)
    held = {at for start, end in found for at in range(start, end)}
    assert all(at in held or inkless(character) for at, character in enumerate(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("این جمله (خیلی) پیچیده نیست!!!", ["این", "جمله", "(", "خیلی", ")", "پیچیده", "نیست", "!!!"]),
        ("گفته شده است", ["گفته", "شده", "است"]),
        ("نمی‌خواهد رفت", ["نمی‌خواهد", "رفت"]),
        ("به\u00a0تقویت\u2009همکاری", ["به", "تقویت", "همکاری"]),
        ("‌گفت‌ \u200fاو\u200e", ["گفت", "او"]),
        ("علي كريم إسلام", ["علي", "كريم", "إسلام"]),
        ("نظامی-سیاسی", ["نظامی-سیاسی"]),
        ("در سال ۲۰۰۰.", ["در", "سال", "۲۰۰۰", "."]),
        ("قیمت:۲۰۰", ["قیمت", ":", "۲۰۰"]),
        ("ساعت ۱۲:۳۰ و ۱۲.۵", ["ساعت", "۱۲:۳۰", "و", "۱۲.۵"]),
        ("🔴فوری 👩‍👩‍👧‍👦🇮🇷تهران", ["🔴", "فوری", "👩‍👩‍👧‍👦", "🇮🇷", "تهران"]),
        ("تهران… “نقل” Tehran, Korea's", ["تهران", "…", "“", "نقل", "”", "Tehran", ",", "Korea's"]),
        ("یک\nدو\r\tسه", ["یک", "دو", "سه"]),
        ("می_خواهم", ["می_خواهم"]),
        ("", []),
        (" \n\u200c\u200f", []),
    ],
)
def test_tokens_of_a_text(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@given(texts())
def test_tokens_hold_all_ink_once(text: str) -> None:
    check(text)


@pytest.mark.parametrize("corpus", [naughty_strings, hazm_inputs, lambda: [seed()]], ids=["blns", "hazm", "seed"])
def test_tokens_of_real_text_hold_all_ink_once(corpus: Callable[[], list[str]]) -> None:
    for text in corpus():
        check(text)


def test_tokens_are_those_of_the_treebank_but_for_a_handful() -> None:
    right = wrong = missed = 0
    for text, gold in treebank():
        check(text)
        found, wanted = set(tokens(text)), set(gold)
        right, wrong, missed = right + len(found & wanted), wrong + len(found - wanted), missed + len(wanted - found)
    assert 2 * right / (2 * right + wrong + missed) > 0.9995


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda said: [token.replace("x.ir", "LINK") for token in said],
        lambda said: [token.replace("ي", "ی") for token in said],
        lambda said: ["_".join(said)] if len(said) > 1 else said,
        lambda said: said[1:],
        lambda said: said[:-1],
        lambda said: ["", *said],
        lambda said: [],
    ],
)
def test_a_hazm_that_rewrites_costs_no_token(
    rewrite: Callable[[list[str]], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "علي گفت: http://x.ir (۱۲.۵ درصد)! او رفت."
    before, as_it_is = tokens(text), hazm_engine.word_tokens
    monkeypatch.setattr(hazm_engine, "word_tokens", lambda word: rewrite(as_it_is(word)))
    monkeypatch.setattr(tokens_module, "_cuts", Remembered(tokens_module._cut))
    check(text)
    assert tokens(text) == before


def test_tokens_take_linear_time_on_hostile_text() -> None:
    for piece in ("«", "a.", "1:", "🇮🇷", "😀", "…", "'", "\u200c", "x"):
        check(piece * (20_000 // len(piece)))
