"""The page of releases: what its filter says reaches count, list, preview and the release; who shall build it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from annotations.models import Article, Job, Release
from tests.factories import EMOJI_TEXT, Cast, make_article, make_cast, make_set, perform, span_op

pytestmark = pytest.mark.django_db
PAGE = "/projects/test/releases/"
CUT = {"name": "1.0", "formats": "jsonl", "way": "none", "train": "80", "dev": "10", "test": "10", "seed": "1"}


@pytest.fixture
def cast() -> Cast:
    """Two articles that are worked on: one of 17 September 2023 that names a person, one of the day after."""
    cast = make_cast()
    named, other = make_set(cast, EMOJI_TEXT), make_set(cast, "نرخ ارز\n\nبازار آرام بود.")
    perform(named, span_op(EMOJI_TEXT, "کیم جونگ اون"))
    make_article(cast.project, "بی‌کار\n\nکسی روی این خبر کار نکرده است.")
    for work, day in ((named, 17), (other, 18)):
        Article.objects.filter(pk=work.article_id).update(published_at=datetime(2023, 9, day, 12, tzinfo=UTC))
    return cast


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.manager)
    return client


def seen(client: Client, **filter: str) -> tuple[int, list[str], str]:
    """Returns what the count says, the headlines that are listed, and the address of the download."""
    count = client.get(f"{PAGE}count/", filter).context
    listed = client.get(f"{PAGE}articles/", filter).context["page"].articles
    address = client.get(f"{PAGE}preview/", filter | {"format": "jsonl"}).context["address"]
    return count["articles"], [one.article.headline for one in listed], address


@pytest.mark.parametrize(
    ("filter", "says", "words"),
    [
        ({"label": "PER"}, "label=PER", "شخص"),
        ({"q": "کیم"}, "q=%DA%A9", "کیم"),
        ({"published_to": "۱۴۰۲/۰۶/۲۶"}, "published_to=2023-09-18", "۱۴۰۲/۰۶/۲۶"),
        ({"published_from": "2023-09-17", "published_to": "2023-09-17"}, "published_from=2023-09-17", "۱۴۰۲/۰۶/۲۶"),
    ],
)
def test_count_list_and_download_follow_the_filter_which_is_said(
    client: Client, filter: dict[str, str], says: str, words: str
) -> None:
    headline = EMOJI_TEXT.partition("\n")[0]
    count, listed, address = seen(client, **filter)
    assert (count, listed) == (1, [headline])
    assert says in address
    chips = client.get(f"{PAGE}count/", filter).context["chips"]
    assert [chip["name"] for chip in chips] == list(filter)
    assert chips[0]["said"] == words


def test_each_tick_of_the_filter_goes_by_itself(client: Client) -> None:
    filter = {"kind": ["annotator", "gold"], "current": "on"}
    html = client.get(f"{PAGE}count/", filter).content.decode()
    for name, value in (("kind", "annotator"), ("kind", "gold"), ("current", "")):
        assert f'data-clears="{name}" data-value="{value}"' in html


def test_a_day_that_is_none_is_said_and_narrows_nothing(client: Client) -> None:
    answer = client.get(f"{PAGE}count/", {"published_from": "دیروز"})
    assert answer.context["articles"] == 2
    assert "«دیروز»" in answer.content.decode()
    answer = client.post(PAGE, CUT | {"published_from": "دیروز"})
    assert (answer.status_code, Release.objects.count()) == (422, 0)


def cut(client: Client, **more: str) -> Any:
    response = client.post(PAGE, CUT | more)
    assert response.status_code == 302, response.context["form"].errors
    return Release.objects.get()


def test_a_release_keeps_the_filter_that_was_filled_in(client: Client) -> None:
    release = cut(client, label="PER", q="کیم", published_to="1402/06/26")
    assert release.filter == {"label": "PER", "q": "کیم", "published_to": "2023-09-18"}


def test_a_release_that_nobody_builds_says_so_and_where_it_can_be_run(client: Client) -> None:
    release = cut(client)
    run = f'href="/jobs/{release.job_id}/#run"'
    assert run not in client.get(PAGE).content.decode(), "a worker may be on its way"
    Job.objects.filter(pk=release.job_id).update(created_at=timezone.now() - timedelta(hours=1))
    assert run in client.get(PAGE).content.decode()
    assert f": <bdi>{release.name}</bdi></a>" in client.get("/jobs/").content.decode()
