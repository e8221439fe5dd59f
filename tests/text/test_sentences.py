"""Do sentences and paragraphs end where a reader would end them?"""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given

from annotations.text import hazm_engine
from annotations.text.ink import inkless
from annotations.text.segments import lines
from annotations.text.sentences import paragraphs, sentences
from annotations.text.snap import snap
from tests.strategies import texts
from tests.text.corpora import hazm_inputs, naughty_strings, seed, treebank


def said(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def check(text: str) -> None:
    """Asserts that the sentences hold all ink, in order, each in one paragraph."""
    found = sentences(text)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    assert not any(inkless(text[start]) or inkless(text[end - 1]) for start, end in found)
    assert not any("\n" in text[start:end] for start, end in found)
    held = {at for start, end in found for at in range(start, end)}
    assert all(at in held or inkless(character) for at, character in enumerate(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("او آمد. رفت! چرا؟ نمی‌دانم", ["او آمد.", "رفت!", "چرا؟", "نمی‌دانم"]),
        ("او آمد.\u00a0رفت", ["او آمد.", "رفت"]),
        ("عنوان\n\nاو آمد.\nرفت.", ["عنوان", "او آمد.", "رفت."]),
        ("دکتر. رضایی آمد. رفت", ["دکتر. رضایی آمد.", "رفت"]),
        ("U.S. forces left. He", ["U.S. forces left.", "He"]),
        ("ج. بایدن آمد. رفت", ["ج. بایدن آمد.", "رفت"]),
        ("سال ۱۴۰۲ ه.ش. بود. رفت", ["سال ۱۴۰۲ ه.ش. بود.", "رفت"]),
        ("Mr. Biden came. He", ["Mr. Biden came.", "He"]),
        ("۱. متن یک. متن دو", ["۱. متن یک.", "متن دو"]),
        ("در سال ۲۰۰۰. بعد", ["در سال ۲۰۰۰.", "بعد"]),
        ("گفت: «آمدم. رفتم.» سپس نشست. تمام", ["گفت: «آمدم. رفتم.» سپس نشست.", "تمام"]),
        ("«یک. «دو. سه» چهار. پنج» شش. هفت", ["«یک. «دو. سه» چهار. پنج» شش.", "هفت"]),
        ("«باز. نشد. تمام", ["«باز.", "نشد.", "تمام"]),
        ("بسته». شد. تمام", ["بسته».", "شد.", "تمام"]),
        ("۱۲.۵ درصد", ["۱۲.۵ درصد"]),
        (" \u200f ", []),
        ("", []),
    ],
)
def test_sentences_of_a_text(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@given(texts())
def test_sentences_hold_all_ink_once(text: str) -> None:
    check(text)


@pytest.mark.parametrize("corpus", [naughty_strings, hazm_inputs, lambda: [seed()]], ids=["blns", "hazm", "seed"])
def test_sentences_of_real_text_hold_all_ink_once(corpus: Callable[[], list[str]]) -> None:
    for text in corpus():
        check(text)


def test_a_sentence_of_the_treebank_is_rarely_cut() -> None:
    cut = 0
    for text, _ in treebank():
        check(text)
        cut += len(sentences(text)) > 1
    assert cut < 10


def test_a_snapped_sentence_leaves_its_stop_outside() -> None:
    text = seed()
    for start, end in sentences(text):
        found = snap(text, start, end)
        assert found
        assert text[found[1] - 1] not in ".؟!"


@pytest.mark.parametrize("rewrite", [lambda text: [text.upper() + "x"], lambda text: [], lambda text: text.split(".")])
def test_a_hazm_that_rewrites_costs_no_sentence(
    rewrite: Callable[[str], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "او آمد.  رفت! دکتر. رضایی ماند."
    monkeypatch.setattr(hazm_engine, "sentences", rewrite)
    assert said(text) == ["او آمد.", "رفت!", "دکتر. رضایی ماند."]


@given(texts())
def test_paragraphs_are_the_pages_lines(text: str) -> None:
    assert paragraphs(text) == lines(text)
