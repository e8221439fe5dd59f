"""The analysis over HTTP: made when it is asked for, kept by caches for good, never for those who may not read."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from annotations.jobs import analyses as jobs
from annotations.models import Article
from annotations.queries.analyses import analysis_tag
from annotations.text.analysed import analysed
from annotations.text.offsets import OffsetMap
from tests.factories import make_article, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "تیتر\n\n🙂 رسانههای گزارش دادند."


@pytest.fixture
def article() -> Article:
    return make_article(make_cast().project, TEXT)


@pytest.fixture
def client() -> Client:
    client = Client()
    client.login(username="annotator", password="annotator")
    return client


@pytest.fixture
def address(article: Article, client: Client) -> str:
    assert client.login(username="annotator", password="annotator")
    return f"/api/v1/articles/{article.pk}/analysis/"


def test_an_article_is_queued_when_it_is_asked_for_and_there_afterwards(
    client: Client, address: str, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "normaliser", analysed)
    answer = client.get(address)
    assert (answer.status_code, answer.json(), answer["Retry-After"]) == (202, {"status": "preparing"}, "1")
    assert answer["Cache-Control"] == "no-store"
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
    answer = client.get(address)
    said = answer.json()
    assert set(said) == {"text_sha256", "engine", "text", "sections"}
    assert said["text_sha256"] == article.text_sha256
    there = OffsetMap.from_sections(said["sections"])
    assert (there.source_length, there.target_length) == (len(TEXT), len(said["text"]))
    start = said["text"].index("رسانه‌های")
    assert TEXT[slice(*there.inverse.map_range(start, start + 9))] == "رسانههای"


def test_caches_keep_it_for_good_only_under_the_engine_s_name(client: Client, address: str, article: Article) -> None:
    call_command("analyse")
    answer = client.get(address)
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer["Vary"]
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    named = client.get(address, {"v": analysis_tag(article.text_sha256)})
    assert named["Cache-Control"] == "private, max-age=31536000, immutable"
    assert client.get(address, {"v": "hazm-0"})["Cache-Control"] == "private, no-cache"


def test_a_text_that_can_t_be_analysed_says_so(client: Client, address: str) -> None:
    client.get(address)
    tried = DBTaskResult.objects.filter(task_path=jobs.analyse_article.module_path)
    tried.update(status="FAILED", finished_at=timezone.now())
    answer = client.get(address)
    assert (answer.status_code, answer.json()["title"]) == (503, "not_analysed")


def test_a_stranger_neither_reads_nor_queues(article: Article) -> None:
    stranger = Client()
    stranger.login(username="outsider", password="outsider")
    before = DBTaskResult.objects.count()
    assert stranger.get(f"/api/v1/articles/{article.pk}/analysis/").status_code == 404
    assert DBTaskResult.objects.count() == before
