"""Are quotes without offsets found where they stand, and never where they don't?"""

import json
import re
from collections import Counter
from itertools import groupby
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.records import quote_of
from annotations.text.anchor import LEAST, SHORTEST, Anchored, Anchorer, anchor
from annotations.text.fold import search_key
from annotations.text.freeze import freeze
from annotations.text.likeness import LONGEST_TEXT
from tests.conftest import shared
from tests.text.corpora import seed

TEXT = (
    "🔴 مریم رضایی در تهران گفت: صادرات نفت ايران رشد می‌کند.\n"
    "👩‍👩‍👧‍👦 او افزود «واردات کالاهای اساسی در سال ۱۴۰۲ کاهش نمی‌یابد» و این را تکرار کرد.\n"
    "مریم رضایی در تهران گفت: صادرات نفت ايران رشد می‌کند."
)


def found(quote: str, text: str = TEXT, **options: int) -> tuple[str, str, int] | None:
    place = anchor(text, quote, **options)
    return place and (place.method, quote_of(text, place.ranges), place.rivals)


def test_a_quote_is_found_as_it_is_before_it_is_found_folded() -> None:
    assert found("کالاهای اساسی") == ("exact", "کالاهای اساسی", 0)
    assert found("کالا های اساسی در سال 1402 کاهش نمی یابد") == (
        "folded", "کالاهای اساسی در سال ۱۴۰۲ کاهش نمی‌یابد", 0,
    )  # fmt: skip


def test_retyped_words_are_found_by_likeness_from_word_to_word() -> None:
    place = anchor(TEXT, "افزود که واردات کالای اساسی در سال ۱۴۰۲ کاهش نمی یابد")
    assert place is not None
    assert (place.method, len(place.ranges)) == ("fuzzy", 1)
    assert LEAST <= place.score < 100
    assert quote_of(TEXT, place.ranges) == "افزود «واردات کالاهای اساسی در سال ۱۴۰۲ کاهش نمی‌یابد"


def test_what_stands_at_several_places_says_so_and_is_taken_nearest_to_the_hint() -> None:
    first, last = TEXT.index("مریم"), TEXT.rindex("مریم")
    place = anchor(TEXT, "مریم رضایی")
    assert place == Anchored(ranges=((first, first + 10),), method="exact", score=100.0, rivals=1)
    assert anchor(TEXT, "مریم رضایی", near=len(TEXT)) == Anchored(
        ranges=((last, last + 10),), method="exact", score=100.0, rivals=1
    )


@pytest.mark.parametrize("quote", ["در", "ریم", "نفت ایرا", "", " ", "\u200c", "ـ", "۱۴", "خودرو", "بانک مرکزی ژاپن"])
def test_a_part_of_a_word_and_what_is_not_there_are_not_found(quote: str) -> None:
    assert found(quote, text="مادر مریم نفت ایران ۱۴۰۲") is None


def test_another_sentence_of_the_same_words_is_not_guessed() -> None:
    assert found("کاهش واردات نفت ایران در تهران، گفت او که مریم رضایی نمی‌یابد") is None


def test_a_quote_of_parts_that_stand_apart_gets_a_range_for_each() -> None:
    text = "دولت بودجهٔ سال آینده را تصویب کرد. " + "این خبر فرعی است. " * 30 + "مجلس هم آن را بی‌درنگ تأیید خواهد کرد."
    place = anchor(text, "دولت بودجه سال آینده را تصویب کرد. مجلس هم آن را بیدرنگ تایید خواهد کرد.")
    assert place is not None
    assert quote_of(text, place.ranges) == "دولت بودجهٔ سال آینده را تصویب کرد. … مجلس هم آن را بی‌درنگ تأیید خواهد کرد."


def test_a_sentence_said_twice_in_the_quote_and_once_in_the_text_is_not_found_twice() -> None:
    text = "پیش از این. دولت بودجهٔ سال آینده را تصویب کرد. پس از این هم چیزی دیگر گفت."
    assert anchor(text, "دولت بودجه سال آینده را تصویب کرد. " * 2) is None


def test_a_text_too_long_for_likeness_is_still_searched_by_its_key() -> None:
    text = "الف " * (LONGEST_TEXT // 4) + "مریم رضایی در تهران گفت صادرات نفت رشد می‌کند"
    assert anchor(text, "مریم رضايي در تهران گفت صادرات نفت رشد ميكند") is not None
    assert anchor(text, "مریم رضایی در تهران گفت که صادرات نفت رشد کند") is None


@given(st.data())
def test_any_words_of_an_article_are_found_where_they_stand(data: st.DataObject) -> None:
    text = seed()
    words = [word.span() for word in re.finditer(r"\S+", text)]
    first = data.draw(st.integers(0, len(words) - 2))
    last = data.draw(st.integers(first + 1, min(first + 60, len(words) - 1)))
    start, end = words[first][0], words[last][1]
    place = anchor(text, text[start:end], near=start)
    assert place is not None
    assert place.method == "exact"
    assert place.ranges == ((start, end),)


@given(st.data())
def test_noise_in_a_quote_is_survived_or_said_and_never_breaks_a_range(data: st.DataObject) -> None:
    text = seed()
    start = data.draw(st.integers(0, len(text) - 200))
    quote = list(text[start : start + data.draw(st.integers(60, 200))])
    noise = data.draw(
        st.lists(st.tuples(st.integers(0, 59), st.sampled_from(["", "ی", "ک ", "x", "\u200c"])), max_size=3)
    )
    for at, put in noise:
        quote[at] = put
    place = anchor(text, "".join(quote), near=start)
    assert place is not None
    assert place.score >= LEAST
    low, high = place.ranges[0][0], place.ranges[-1][1]
    assert low < start + len(quote) + 30
    assert high > start - 30
    flat = [at for piece in place.ranges for at in piece]
    assert flat == sorted(set(flat))
    assert 0 <= low < high <= len(text)


@given(st.text(max_size=300), st.text(max_size=60))
def test_whatever_is_quoted_of_whatever_text_the_ranges_are_ranges_of_it(text: str, quote: str) -> None:
    place = anchor(text, quote)
    if place is None:
        return
    assert all(0 <= start < end <= len(text) for start, end in place.ranges)
    assert all(left[1] < right[0] for left, right in zip(place.ranges, place.ranges[1:], strict=False))
    if place.method == "folded":
        assert search_key(quote, spaces=False) in search_key(text, spaces=False)
    if place.method == "fuzzy":
        assert len(search_key(quote, spaces=False)) >= SHORTEST


def test_at_least_97_of_100_evidence_sentences_of_farexstance_are_anchored() -> None:
    """The dataset's own normalisation, its articles as crawled; figures in docs/anchoring.md."""
    articles = {row["news_id"]: freeze(row["text"]) for row in _rows("farexstance/articles_dev.jsonl")}
    pairs = _rows("farexstance/pairs_dev.jsonl")
    methods: Counter[str] = Counter()
    for news_id, rows in groupby(sorted(pairs, key=lambda row: row["news_id"]), key=lambda row: row["news_id"]):
        anchorer = Anchorer(articles[news_id])
        for row in rows:
            if row["stance"] != "unrelated":
                for sentence in re.split(r"[.؟!]\s", row["evidence"]):
                    if len(sentence.strip()) > 10:
                        place = anchorer.anchor(sentence)
                        methods[place.method if place else "none"] += 1
    assert methods.total() == 2121
    assert methods["none"] <= 0.03 * methods.total()
    assert methods["exact"] >= 18
    assert methods["folded"] > 1423


def _rows(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in shared(path).read_bytes().splitlines()]
