"""Does the search key make one of what readers take for the same, and lead back to the text?"""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.text.fold import fold, key_with_joints, search_key, search_key_map
from tests.strategies import texts
from tests.text.corpora import naughty_strings, seed, treebank


@pytest.mark.parametrize(
    "spellings",
    [
        ("علی", "علي", "على", "ﻋﻠﻲ"),
        ("کتاب", "كتاب", "ڪتاب", "كـــتاب", "کِتاب"),
        ("خانه من", "خانۀ من", "خانهٔ من", "خانه‌ی من", "خانه‌ي من", "خانه‌یِ من"),
        ("امریکا", "آمریکا", "أمریکا", "ا\u0653مریکا"),
        ("اسلام", "إسلام", "اسلام", "أسلام"),
        ("موثر", "مؤثر", "مؤثر"),
        ("جزییات", "جزئیات", "جزئیات"),
        ("املا", "املاء"),
        ("رحمن", "رحمٰن", "رَحْمٰن"),
        ("محمد", "مُحَمَّد", "مـحـمـد", "ﻣﺤﻤﺪ"),
        ("می خواهم", "می‌خواهم", "می\u00a0خواهم", "می \u200c خواهم", "می\nخواهم", "می\u200bخواهم"),
        ("تهران", "\u200fتهران\u200e", " تهران ", "\ufeffتهران", "ته\u00adران"),
        ("1402", "۱۴۰۲", "١٤٠٢", "１４０２"),
        ("3.5%", "۳٫۵٪", "٣٫٥٪"),
        ("1,250", "۱٬۲۵۰", "۱،۲۵۰"),
        ("چه شد?", "چه شد؟"),
        ("gpt-4", "GPT‑4", "Gpt–۴", "ＧＰＴ-4"),
        ('"تاس"', "«تاس»", "“تاس”"),
        ("strasse", "Straße", "STRASSE"),
        ("cafe", "Café", "cafe\u0301"),
        ("لا", "ﻻ", "لأ"),
        ("صلی الله علیه وسلم", "ﷺ", "صلى الله عليه وسلم"),
    ],
)
def test_spellings_of_one_word_share_their_key(spellings: tuple[str, ...]) -> None:
    assert {search_key(spelling) for spelling in spellings} == {spellings[0]}


@pytest.mark.parametrize(
    "words", [("تهران", "مهران"), ("کتاب ها", "کتابها"), ("سر", "صر"), ("خانه‌ی", "خانه‌یشان"), ("1", "2")]
)
def test_what_differs_for_readers_keeps_its_own_key(words: tuple[str, str]) -> None:
    assert search_key(words[0]) != search_key(words[1])


def test_without_spaces_three_ways_to_write_a_plural_are_one() -> None:
    assert {search_key(word, spaces=False) for word in ("کتاب‌ها", "کتاب ها", "کتابها")} == {"کتابها"}


@given(texts(), st.booleans())
def test_both_ways_to_a_key_agree(text: str, spaces: bool) -> None:
    key, leading_back = search_key_map(text, spaces=spaces)
    assert key == search_key(text, spaces=spaces)
    assert (leading_back.source_length, leading_back.target_length) == (len(key), len(text))


@given(texts())
def test_the_key_of_a_key_is_the_key(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


def test_what_a_character_folds_to_folds_to_itself() -> None:
    assert [hex(point) for point in range(0x10000) if any(fold(c) != c for c in fold(chr(point)))] == []


@given(text=texts() | st.text())
@example(text="".join(map(chr, range(0x700))))
def test_a_text_folds_character_by_character(text: str) -> None:
    without_joints = text.replace("\u200c", "")
    assert key_with_joints(without_joints) == "".join(map(fold, without_joints))


@given(texts())
def test_a_key_has_single_spaces_and_none_at_its_ends(text: str) -> None:
    key = search_key(text)
    assert key == " ".join(key.split())
    assert " " not in search_key(text, spaces=False)


@given(texts(), st.data(), st.booleans())
def test_a_hit_leads_to_a_range_that_holds_it(text: str, data: st.DataObject, spaces: bool) -> None:
    key, leading_back = search_key_map(text, spaces=spaces)
    start = data.draw(st.integers(0, len(key)))
    end = data.draw(st.integers(start, len(key)))
    first, last = leading_back.map_range(start, end)
    # Not `text[first:last]` alone: what comes after tells an ezafe from a letter.
    assert search_key(key[start:end], spaces=spaces) in search_key(text[first:], spaces=spaces)
    assert search_key(key[start:end], spaces=spaces) in search_key(text[:last] + "ا", spaces=spaces)


@pytest.mark.parametrize(
    ("text", "query", "quote"),
    [
        ("به گفتهٔ مُحَمَّدٌ رضایی", "محمد", "مُحَمَّدٌ"),
        ("در\u00a0كره  شمالي\u200f، امروز", "کره شمالی", "كره  شمالي"),
        ("«خانه‌های‌شان»", "خانه های", "خانه‌های"),
        ("درِ خانه‌ی او", "خانه او", "خانه‌ی او"),
        ("کتـــاب خوب", "کتاب", "کتـــاب"),
        ("سال ۱۴۰۲/۰۶/۲۶ بود", "1402/06", "۱۴۰۲/۰۶"),
        ("یک ﷼ و دو", "ریال و", "﷼ و"),
        ("😀 تهران", "تهران", "تهران"),
    ],
)
def test_a_hit_leads_to_the_untouched_quote(text: str, query: str, quote: str) -> None:
    key, leading_back = search_key_map(text)
    wanted = search_key(query)
    start = key.index(wanted)
    assert text[slice(*leading_back.map_range(start, start + len(wanted)))] == quote


def test_a_plural_of_the_seed_is_found_however_it_is_typed() -> None:
    text = seed()
    key, leading_back = search_key_map(text, spaces=False)
    for query in ("رسانه‌های", "رسانه هاي", "رسانههای"):
        wanted = search_key(query, spaces=False)
        start = key.index(wanted)
        assert text[slice(*leading_back.map_range(start, start + len(wanted)))] == "رسانههای"


def test_every_token_of_real_text_is_found_at_its_own_place() -> None:
    for text, tokens in treebank():
        key, leading_back = search_key_map(text)
        to_key = leading_back.inverse
        for start, end in tokens:
            there = to_key.map_range(start, end)
            if there[0] < there[1]:
                assert key[slice(*there)].strip() == search_key(text[start:end])
                assert search_key(text[slice(*leading_back.map_range(*there))]) == search_key(text[start:end])


def test_naughty_strings_have_keys_and_maps() -> None:
    for text in naughty_strings():
        key, leading_back = search_key_map(text)
        assert key == search_key(text) == search_key(key)
        assert leading_back.target_length == len(text)
