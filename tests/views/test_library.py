"""Does the library's page answer whatever is typed, escape it, and cost the same for one article and for many?"""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.actions.jobs import mark_worker
from annotations.models import Article
from annotations.queries.library import COUNTED
from annotations.text.query import LONGEST_QUERY
from tests.factories import Cast, make_article, make_cast
from tests.text.corpora import naughty_strings

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.annotator)
    return client


def test_naughty_strings_are_queries_dates_and_filters_like_any(cast: Cast, client: Client) -> None:
    make_article(cast.project)
    for number, text in enumerate(naughty_strings()[::7]):
        fields = ({"q": text}, {"q": text, "label": text, "source": text, "project": text}, {"since": text})[number % 3]
        response = client.get("/library/", fields)
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    "fields", [{"q": "ا" * (LONGEST_QUERY + 1)}, {"since": "دیروز"}, {"state": "x"}, {"order": "x"}]
)
def test_what_means_nothing_is_said_at_its_place(client: Client, fields: dict[str, str]) -> None:
    response = client.get("/library/", fields)
    assert 'role="alert"' in response.content.decode()
    assert "page" not in response.context
    assert client.get("/library/count/", fields).content == b""


def test_a_page_of_many_asks_no_more_than_a_page_of_one(cast: Cast, client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            assert client.get("/library/", {"q": "خبر", "label": "PER", "order": "relevance"}).status_code == 200
        return len(questions)

    make_article(cast.project, "خبر 0")
    asked()  # what is read once for a process has been read
    few = asked()
    for number in range(1, 30):
        make_article(cast.project, f"خبر {number}")
    assert asked() <= few


def test_a_chip_takes_its_own_filter_away_and_leaves_the_others(client: Client) -> None:
    chips = client.get("/library/", {"q": "نفت", "since": "1402", "state": "none", "order": "relevance"}).context[
        "chips"
    ]
    assert [chip["name"] for chip in chips] == ["state", "since"]
    left = parse_qs(urlsplit(chips[1]["address"]).query)
    assert left == {"q": ["نفت"], "state": ["none"], "order": ["relevance"]}


def test_the_count_says_when_there_are_more_than_it_counted(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        make_article(cast.project, f"خبر {number}")
    assert "۴ مقاله" in client.get("/library/count/", {"q": "خبر"}).content.decode()
    for module in ("annotations.queries.library", "annotations.views.library"):
        monkeypatch.setattr(f"{module}.COUNTED", 3)
    assert "بیش از ۳ مقاله" in client.get("/library/count/", {"q": "خبر"}).content.decode()
    assert "بیش از ۳ مقاله" in client.get("/library/").content.decode()
    assert COUNTED == 10_000


def test_articles_that_wait_for_the_index_are_counted(cast: Cast, client: Client) -> None:
    make_article(cast.project, "خبر 1")
    Article.objects.create(text="خبر دیگر")
    alone = client.get("/library/", {"q": "خبر"}).content.decode()
    assert "۱ مقاله در حال نمایه‌شدن" in alone
    assert "db_worker" in alone, "nobody waits for a worker that is not there"
    mark_worker("w")
    assert "db_worker" not in client.get("/library/", {"q": "خبر"}).content.decode()
    assert "نمایه‌شدن" not in client.get("/library/").content.decode()
