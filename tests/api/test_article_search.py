"""Does the API search as the library does, with exact offsets, page by page?"""

from datetime import datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client

from annotations.api.articles import ArticleFilter
from annotations.models import Article
from tests.factories import EMOJI_TEXT, Cast, make_article, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.annotator)
    return client


def test_a_hit_is_a_range_of_code_points_of_the_text(cast: Cast, client: Client) -> None:
    article = make_article(cast.project, EMOJI_TEXT)
    (found,) = client.get("/api/v1/articles/", {"q": "«كيم جونگ» -سئول"}).json()["results"]
    assert found["id"] == article.pk
    assert [article.text[start:end] for start, end in found["hits"]] == ["کیم جونگ"]
    assert "text" not in found
    assert "hits" not in client.get("/api/v1/articles/").json()["results"][0]


@pytest.mark.parametrize(("typed", "order"), [("نفت", "newest"), ("نفت", "relevance"), ("", "newest")])
def test_pages_are_followed_there_and_back(cast: Cast, client: Client, typed: str, order: str) -> None:
    ids = [make_article(cast.project, f"خبر {n}\n\nنفت" if n % 2 else f"نفت {n}\n\nخبر").pk for n in range(7)]
    wanted = ids[::-1] if order == "newest" else ids[::2][::-1] + ids[1::2][::-1]
    address, seen, pages = f"/api/v1/articles/?q={quote(typed)}&order={order}&page_size=3", [], []
    while address:
        pages.append(client.get(address).json())
        seen += [row["id"] for row in pages[-1]["results"]]
        address = pages[-1]["next"]
    assert seen == wanted
    back = client.get(pages[2]["previous"]).json()
    assert back["results"] == pages[1]["results"]
    assert client.get(back["previous"]).json()["results"] == pages[0]["results"]
    assert pages[0]["previous"] is None


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("q=a&cursor=zzz", 404),
        ("cursor=zzz", 404),
        ("q=a&cursor=--1", 404),
        ("since=yesterday", 422),
        ("state=unheard", 422),
        ("q=a&order=unheard", 422),
        (f"q={'a' * 600}", 422),
        ("q=%00", 422),
        ("q=-a", 200),
        ("label=%00&state=%00", 422),
    ],
)
def test_what_means_nothing_is_answered_clearly(cast: Cast, client: Client, query: str, status: int) -> None:
    assert client.get(f"/api/v1/articles/?{query}").status_code == status


def test_a_stranger_finds_nothing(cast: Cast) -> None:
    make_article(cast.project)
    client = Client()
    client.force_login(cast.outsider)
    assert client.get("/api/v1/articles/?q=کره").json()["results"] == []
    assert client.get("/api/v1/articles/?label=PER").json()["results"] == []


def test_days_of_publication_are_bounds_of_the_index_that_begin_where_the_server_is(
    cast: Cast, client: Client
) -> None:
    first, second = (make_article(cast.project, f"خبر {number}") for number in range(2))
    day = datetime(2026, 3, 21, tzinfo=ZoneInfo("Asia/Tehran"))
    for article, moment in ((first, day - timedelta(seconds=1)), (second, day)):
        Article.objects.filter(pk=article.pk).update(published_at=moment)

    def ids(**asked: str) -> list[int]:
        return [one["id"] for one in client.get("/api/v1/articles/", asked).json()["results"]]

    assert ids(published_from="2026-03-21") == [second.pk]
    assert ids(published_to="2026-03-21") == [first.pk]
    assert ids(published_from="1405-01-01") == [second.pk]
    assert ids(published_to="۱۴۰۵/۰۱/۰۱") == [first.pk]
    assert ids(published_from="2026-03-20", published_to="2026-03-22") == [second.pk, first.pk]
    rows = ArticleFilter({"published_from": "2026-03-20", "published_to": "2026-03-22"}, Article.objects.all()).qs
    if connection.vendor == "sqlite":  # PostgreSQL reads two rows without any index
        assert "article_by_day" in rows.explain()
