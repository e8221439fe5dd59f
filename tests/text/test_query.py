"""Does a query find what a reader would, and exactly there in the published text?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.fold import key_with_joints, search_key
from annotations.text.query import LONGEST_QUERY, Query, QueryTooLong, find, fits, parse
from annotations.text.search_words import BORDER, PIECE, stream
from tests.strategies import texts
from tests.text.corpora import naughty_strings, seed


def quotes(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in find(text, parse(query))]


THREE = ("رسانه‌های", "رسانه های", "رسانههای")


@pytest.mark.parametrize("written", THREE)
@pytest.mark.parametrize("typed", THREE)
def test_a_plural_is_found_however_it_and_the_query_are_written(written: str, typed: str) -> None:
    text = f"گزارش {written} خارجی"
    assert quotes(text, typed) == [written]
    assert quotes(text, f"«{typed} خارجی»") == [f"{written} خارجی"]
    assert fits(text, parse(typed))


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("علي و علی و مُحَمَّد", "علی", ["علي", "علی"]),
        ("علي و علی و مُحَمَّد", "محمد", ["مُحَمَّد"]),
        ("كتاب و کـتاب", "کتاب", ["كتاب", "کـتاب"]),
        ("سال ۱۴۰۲ و ١٤٠٢", "1402", ["۱۴۰۲", "١٤٠٢"]),
        ("می‌خواهم و می خواهم و میخواهم", "می خواهم", ["می‌خواهم", "می خواهم", "میخواهم"]),
        ("کره\u00a0شمالی", '"کره شمالی"', ["کره\u00a0شمالی"]),
        ("کره، شمالی", "«کره شمالی»", ["کره، شمالی"]),
        ("شمالی کره", "«کره شمالی»", []),
        ("شمالی کره", "کره شمالی", ["شمالی", "کره"]),
        ("کتاب کتابخانه کت", "کتاب*", ["کتاب", "کتابخانه"]),
        ("کره شمالی و کره شمال", "«کره شما*»", ["کره شمالی", "کره شمال"]),
        ("کتاب و ک", "ک*", ["ک"]),
        ("👩‍👩‍👧‍👦 تهران", "تهران", ["تهران"]),
        ("خانه‌ی ما", "خانه", ["خانه"]),
        ("خانهٔ ما", "خانه", ["خانهٔ"]),
        ("درآمد در آمد", "در", ["در"]),
        ("info@tasnim.ir", "tasnim", ["tasnim"]),
        ("در ۱۴۰۲/۰۶/۲۶ بود", "1402/06/26", ["۱۴۰۲/۰۶/۲۶"]),
        ("ﷺ گفت", "وسلم", ["ﷺ"]),
        ("گفت‌وگو شد", "گفتوگو", ["گفت‌وگو"]),
        ("بین المللی", "بین‌المللی", ["بین المللی"]),
        ("الف ب الف ب", "الف «الف ب»", ["الف ب", "الف ب"]),
    ],
)
def test_a_hit_is_the_published_spelling(text: str, query: str, expected: list[str]) -> None:
    assert quotes(text, query) == expected
    assert fits(text, parse(query)) is bool(expected)


def test_all_words_are_needed_and_none_of_the_excluded() -> None:
    assert fits("کره شمالی", parse("شمالی کره"))
    assert not fits("کره جنوبی", parse("شمالی کره"))
    assert fits("کره جنوبی", parse("کره -شمالی"))
    assert not fits("کره شمالی", parse("کره -شمالی"))
    assert not fits("گزارش رسانههای خارجی", parse("گزارش -«رسانه‌های خارجی»"))


@pytest.mark.parametrize("query", ["", " ", "-کره", "🙂", "«»", "*", "-", "«", '"', "« - *"])
def test_what_seeks_nothing_fits_nothing(query: str) -> None:
    assert not parse(query)
    assert not fits("کره شمالی", parse(query))
    assert find("کره شمالی", parse(query)) == []


def test_a_phrase_that_is_never_closed_goes_to_the_end() -> None:
    assert parse("«کره شمالی") == parse("«کره شمالی»") == parse('"کره شمالی"') == parse("“كره شمالي”")


def test_a_hyphen_inside_a_word_excludes_nothing() -> None:
    assert parse("نظامی-سیاسی") == parse("«نظامی سیاسی»")


def test_a_very_long_query_is_refused() -> None:
    with pytest.raises(QueryTooLong):
        parse("ا" * (LONGEST_QUERY + 1))


@given(texts())
def test_pieces_are_those_of_the_search_key(text: str) -> None:
    assert PIECE.findall(key_with_joints(text)) == PIECE.findall(search_key(text))


@given(texts())
def test_a_stream_holds_letters_and_digits_one_space_and_the_border(text: str) -> None:
    words = stream(text).split(" ")
    assert words.count(BORDER) == 1
    assert all(PIECE.fullmatch(word) for word in words if word != BORDER)


@given(st.data(), texts(max_size=12), st.booleans())
def test_any_stretch_of_whole_words_finds_itself(data: st.DataObject, text: str, begins: bool) -> None:
    key = search_key(text)
    places = [found.span() for found in PIECE.finditer(key)]
    first = data.draw(st.integers(0, max(len(places) - 1, 0)))
    last = data.draw(st.integers(first, min(first + 3, max(len(places) - 1, 0))))
    if not places:
        return
    typed = key[places[first][0] : places[last][1]]
    query = parse(f'"{typed.replace(chr(34), " ")}{"*" if begins else ""}"')
    assert fits(text, query)
    assert find(text, query)


@given(texts(), texts(max_size=4))
def test_finding_and_fitting_never_differ(text: str, typed: str) -> None:
    query = Query(parse(typed).sought)
    hits = find(text, query)
    assert all(0 <= start < end <= len(text) for start, end in hits)
    assert hits == sorted(set(hits))
    if fits(text, query):
        assert hits
    if len(query.sought) == 1:
        assert bool(hits) is fits(text, query)


def test_naughty_strings_are_queries_like_any() -> None:
    text = seed()
    for typed in naughty_strings():
        if len(typed) <= LONGEST_QUERY:
            find(text, parse(typed))
            find(typed, parse("a"))
