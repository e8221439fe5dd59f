"""Do the databases answer what the words say: the same articles in the same order, page by page?"""

import json
import random
import threading
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from annotations import policy
from annotations.actions.search import index_articles
from annotations.actions.turns import write_turn
from annotations.models import Article, SearchText
from annotations.queries.indexed import broken_index, unindexed
from annotations.queries.search import all_matching, count_matching, matching
from annotations.text.query import LONGEST_QUERY, Query, fits, parse
from tests.conftest import shared
from tests.factories import make_article, make_cast, make_user
from tests.strategies import texts
from tests.text.corpora import naughty_strings

WORDS = ("کره", "شمالی", "رسانه‌های", "رسانه های", "رسانههای", "می‌خواهم", "میخواهم", "خواهم", "کتاب", "کتابخانه", "ها")


def queries() -> st.SearchStrategy[str]:
    """Returns queries of few words, that hit, and of anything."""
    word = st.sampled_from(WORDS)
    part = st.one_of(
        word,
        word.map("-{}".format),
        word.map(lambda typed: f"{typed[:3]}*"),
        st.lists(word, min_size=1, max_size=3).map(lambda typed: f"«{' '.join(typed)}»"),
        st.lists(word, min_size=1, max_size=3).map(lambda typed: f"-«{' '.join(typed)}»"),
        texts(max_size=3),
    )
    return st.lists(part, min_size=1, max_size=3).map(" ".join)


def bodies() -> st.SearchStrategy[str]:
    """Returns texts of few words, some with all that texts can hold."""
    plain = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
    wild = texts(max_size=6).map(lambda text: text.replace("\x00", ""))
    return st.one_of(plain, wild).filter(lambda text: text.strip() != "")


def stored(*contents: str) -> list[Article]:
    """Stores articles whose first line is their headline, and indexes them."""
    articles = [Article.objects.create(text=text, headline=text.split("\n")[0]) for text in contents]
    index_articles([article.pk for article in articles])
    return articles


def expected(articles: list[Article], query: Query) -> list[int]:
    return sorted((article.pk for article in articles if fits(article.text, query)), reverse=True)


class AnyQuery(TestCase):
    """Examples that hypothesis makes, each in a transaction of its own."""

    @settings(max_examples=150)
    @given(st.lists(bodies(), min_size=1, max_size=5), queries())
    def test_the_database_finds_what_fits_and_nothing_else(self, contents: list[str], typed: str) -> None:
        articles, query = stored(*contents), parse(typed)
        found = matching(query, Article.objects.all(), limit=100)
        assert found == expected(articles, query)
        assert count_matching(query, Article.objects.all(), most=100) == len(found)
        above = matching(query, Article.objects.all(), limit=100, where="headline")
        below = matching(query, Article.objects.all(), limit=100, where="below")
        assert sorted([*above, *below], reverse=True) == found
        sought = Query(query.sought)
        assert above == [
            article.pk for article in reversed(articles) if article.pk in found and fits(article.headline, sought)
        ]


@pytest.mark.django_db
def test_real_news_are_found_alike_by_every_database() -> None:
    records = json.loads(shared("varzesh3/varzesh3-first150.json").read_text("utf-8"))[:60]
    contents = ["\n\n".join(str(value) for value in record.values() if value) for record in records]
    articles = stored(*[text.replace("\x00", "") for text in contents])
    rng = random.Random(4)
    for _number in range(60):
        words = rng.choice(contents).split()
        at = rng.randrange(len(words) - 4)
        piece = " ".join(words[at : at + rng.randint(1, 4)])[:LONGEST_QUERY]
        for typed in (piece, f"«{piece}»", f"{words[at][:4]}*", f"{words[at]} -{words[at + 2]}"):
            query = parse(typed)
            assert list(all_matching(query, Article.objects.all(), page=7)) == expected(articles, query), typed


@pytest.mark.django_db
def test_naughty_strings_find_the_article_they_stand_in() -> None:
    strings = [text for text in naughty_strings() if parse(text[:LONGEST_QUERY]) and "\x00" not in text]
    articles = stored(*strings)
    for text in strings:
        query = parse(text[:LONGEST_QUERY])
        assert matching(query, Article.objects.all(), limit=1000) == expected(articles, query), text


@pytest.mark.django_db
def test_pages_follow_each_other_in_both_directions() -> None:
    ids = [article.pk for article in stored(*(f"خبر {number}" for number in range(9)))]
    query, everything = parse("خبر"), Article.objects.all()
    first = matching(query, everything, limit=4)
    second = matching(query, everything, limit=4, before=first[-1])
    assert first + second == ids[::-1][:8]
    assert matching(query, everything, limit=2, after=second[0]) == first[:1:-1]


@pytest.mark.django_db
def test_a_word_as_often_as_it_likes_and_as_late_still_stands_in_its_phrase() -> None:
    text = "که " * 600 + "نفت خام" + " پس" * 17_000 + " برنت دریای شمال"
    ids = [article.pk for article in stored(text)]
    for typed in ("«که نفت خام»", "«پس برنت دریای شمال»", "«شمال*»"):
        assert matching(parse(typed), Article.objects.all(), limit=2) == ids
    assert matching(parse("«نفت برنت»"), Article.objects.all(), limit=2) == []


@pytest.mark.django_db
def test_only_articles_that_a_person_may_see_are_found() -> None:
    cast = make_cast()
    article = make_article(cast.project, "خبر دیدنی")
    stored("خبر جای دیگر")
    query = parse("خبر")
    assert matching(query, policy.visible_articles(cast.annotator), limit=9) == [article.pk]
    assert matching(query, policy.visible_articles(make_user("stranger")), limit=9) == []
    assert matching(query, Article.objects.none(), limit=9) == []
    assert count_matching(query, Article.objects.none(), most=9) == 0


@pytest.mark.django_db
def test_a_page_costs_one_question_however_many_hits() -> None:
    stored(*(f"خبر {number}" for number in range(30)))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        matching(parse("خبر"), Article.objects.all(), limit=25)
    assert len([row for row in asked if "hit" in row["sql"]]) == 1


@pytest.mark.django_db
def test_a_small_import_is_found_at_once_and_a_deleted_article_no_more() -> None:
    article = make_article(make_cast().project, "تیتر\n\nرسانههای خارجی")
    query = parse("رسانه‌های خارجی")
    assert matching(query, Article.objects.all(), limit=9) == [article.pk]
    assert list(unindexed()) == []
    article.projects.clear()
    article.delete()
    assert SearchText.objects.count() == 0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM annotations_searchindex WHERE annotations_searchindex MATCH 'خارجی'")
            assert cursor.fetchone() == (0,)
    assert matching(query, Article.objects.all(), limit=9) == []


@pytest.mark.django_db
def test_what_an_older_cut_made_is_made_anew_and_a_lie_is_noticed() -> None:
    (article,) = stored("متن خبر")
    SearchText.objects.update(cut=0)
    assert list(unindexed()) == [article.pk]
    index_articles([article.pk])
    assert list(unindexed()) == [] == list(broken_index())
    SearchText.objects.update(words="چیز دیگر")
    assert [pk for pk, _problem in broken_index()] == [article.pk]
    assert matching(parse("دیگر"), Article.objects.all(), limit=9) == [article.pk]
    index_articles([article.pk, next(count(10**9))])
    assert matching(parse("دیگر"), Article.objects.all(), limit=9) == []
    assert matching(parse("متن"), Article.objects.all(), limit=9) == [article.pk]


@pytest.mark.django_db(transaction=True)
def test_a_search_waits_for_no_writer() -> None:
    stored("خبر")
    waits = threading.Event()
    found: list[list[int]] = []

    def search() -> None:
        try:
            found.append(matching(parse("خبر"), Article.objects.all(), limit=9))
            waits.set()
        finally:
            connection.close()

    with write_turn():
        reader = threading.Thread(target=search)
        reader.start()
        assert waits.wait(20)
    reader.join(20)
    assert [len(ids) for ids in found] == [1]
