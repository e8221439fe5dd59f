"""The list of what one was told, and the bell in the bar."""

import re
from typing import Any

import pytest
from django.test import Client

from annotations.actions import jobs
from annotations.actions.comments import delete_comment, write_comment
from annotations.actions.import_jobs import draft_import
from annotations.actions.transitions import move
from annotations.models import AnnotationSet, Comment, Job, Notification
from tests.factories import Cast, make_cast, make_set, uid

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def work(cast: Cast) -> AnnotationSet:
    work = make_set(cast)
    move(work, "submit", by=cast.annotator)
    move(work, "return", by=cast.reviewer, note="مرز <b> را ببین")
    return work


def client_of(name: str) -> Client:
    client = Client()
    assert client.login(username=name, password=name)
    return client


def rung(html: str) -> str:
    found = re.search(r'id="bell".*?</a>', html, re.DOTALL)
    assert found
    return "".join(re.findall(r"<b>(.*?)</b>", found[0]))


def test_the_bell_counts_what_is_unread_in_the_languages_digits(cast: Cast, work: AnnotationSet) -> None:
    client = client_of("annotator")
    assert (rung(client.get("/").content.decode()), rung(client.get("/notifications/bell/").content.decode())) == (
        "۱", "۱",
    )  # fmt: skip
    client.post("/notifications/read/")
    assert rung(client.get("/").content.decode()) == ""


def test_the_bell_stops_counting_at_a_hundred(cast: Cast, work: AnnotationSet) -> None:
    Notification.objects.bulk_create(
        Notification(user=cast.annotator, kind="returned", annotation_set=work) for _copy in range(120)
    )
    assert rung(client_of("annotator").get("/").content.decode()) == "۹۹+"


def test_a_line_says_who_what_and_why_and_escapes_it(cast: Cast, work: AnnotationSet) -> None:
    html = client_of("annotator").get("/notifications/").content.decode()
    assert "<bdi>reviewer</bdi>" in html
    assert work.article.headline in html
    assert "مرز &lt;b&gt; را ببین" in html


def test_going_there_is_reading_it(cast: Cast, work: AnnotationSet) -> None:
    client, told = client_of("annotator"), Notification.objects.get()
    assert client.get(f"/notifications/{told.pk}/").headers["Location"] == f"/sets/{work.pk}/"
    told.refresh_from_db()
    assert told.read_at is not None
    assert client.get("/notifications/?unread").context["notices"] == []


def test_who_looks_at_the_ended_job_need_not_be_told(cast: Cast) -> None:
    job = draft_import(cast.project, by=cast.manager)
    Job.objects.filter(pk=job.pk).update(state="waiting")
    held = jobs.claim(job.pk)
    assert held is not None
    jobs.let_go(held, "done")
    client_of("admin").get(f"/jobs/{job.pk}/")
    assert Notification.objects.filter(user=cast.manager, read_at=None).exists()
    assert rung(client_of("manager").get(f"/jobs/{job.pk}/").content.decode()) == ""


def test_words_that_were_taken_back_are_gone_here_too(cast: Cast, work: AnnotationSet) -> None:
    comment: Comment = write_comment(work, by=cast.annotator, uid=uid(), text="@reviewer پنهان")[0]
    client = client_of("reviewer")
    assert "پنهان" in client.get("/notifications/").content.decode()
    delete_comment(comment, by=cast.annotator)
    page = client.get("/notifications/").content.decode()
    assert "پنهان" not in page
    assert work.pseudonym in page


def test_the_list_costs_no_more_for_more_lines(
    cast: Cast, work: AnnotationSet, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        write_comment(make_set(cast, f"خبر {number}\n\nمتن"), by=cast.annotator, uid=uid(), text="@reviewer")
    client = client_of("reviewer")
    with django_assert_max_num_queries(9):
        assert len(client.get("/notifications/").context["notices"]) == 20
