"""The search of the guideline: the same key from JavaScript as from Python, and its places in the text."""

import random

from playwright.sync_api import Page

from annotations.text.fold import search_key
from annotations.text.names import name_keys

# What Persian, Arabic and Latin texts are written with; the half-space and the ezafe's letters are frequent.
ALPHABET = (
    "".join(chr(point) for point in range(0x0621, 0x0700) if chr(point).isprintable())
    + "".join(chr(point) for point in range(0x20, 0x17F))
    + "«»“”‘’–—…\u00a0\u200b\u200e\u200f\u202b\u202c\ufeffﻻﷲﺍ①½ﬁ😀"
    + "\u200c \n" * 20
    + "هیةۀیي" * 12
)
KEYS = """async (texts) => {
  const { foldMap } = await import("/static/js/core/fold.js");
  return texts.map((text) => foldMap(text).key);
}"""
NAMES = """async (texts) => {
  const { nameKeys } = await import("/static/js/core/things.js");
  return texts.map(nameKeys);
}"""
PLACES = """async ([text, words]) => {
  const { foldMap, placesOf } = await import("/static/js/core/fold.js");
  const { key, at } = foldMap(text);
  return placesOf(text, key, at, foldMap(words).key).map(([start, end]) => text.slice(start, end));
}"""


def test_javascript_and_python_make_the_same_key(page: Page) -> None:
    page.goto("/healthz")
    chance = random.Random(7)
    texts = ["".join(chance.choices(ALPHABET, k=chance.randint(1, 24))) for _ in range(4000)]
    said = page.evaluate(KEYS, texts)
    unlike = [
        (text, ours, theirs)
        for text, theirs in zip(texts, said, strict=True)
        if (ours := search_key(text, spaces=False)) != theirs
    ]
    assert unlike == []


def test_javascript_and_python_find_names_from_the_same_words_on(page: Page) -> None:
    page.goto("/healthz")
    chance = random.Random(8)
    texts = ["".join(chance.choices(ALPHABET, k=chance.randint(1, 24))) for _ in range(3000)]
    said = page.evaluate(NAMES, texts)
    unlike = [
        (text, theirs)
        for text, theirs in zip(texts, said, strict=True)
        if {key.decode() for key in name_keys(text)} != set(theirs)
    ]
    assert unlike == []


def test_a_place_is_the_text_s_own_words(page: Page) -> None:
    page.goto("/healthz")
    text = "😀 خانه‌ی ما و خانۀ شما؛ كتاب‌ها، کتابها و کِتابْ هایی"
    assert page.evaluate(PLACES, [text, "کتاب ها"]) == ["كتاب‌ها", "کتابها", "کِتابْ ها"]
    assert page.evaluate(PLACES, [text, "خانه"]) == ["خانه", "خانۀ"]
    assert page.evaluate(PLACES, [text, "  "]) == []
