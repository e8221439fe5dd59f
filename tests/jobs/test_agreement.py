"""Is agreement measured at once or as a job, gone on with by another runner, and never by two at once?"""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from annotations.actions import jobs
from annotations.jobs import agreement as job_kind
from annotations.jobs import runner
from annotations.models import AgreementReport, AnnotationSet, Job, SetStatus
from annotations.queries.agreement import fingerprint, last_report, project_agreement
from tests.factories import Cast, make_article, make_cast, perform, span_op
from tests.jobs.test_runner import after_chunks

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_without_analyses")]
ARTICLES = 6


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    for number in range(ARTICLES):
        hand_in(cast, f"خبر {number}: کیم جونگ اون در تهران به تاس گفت.", differ=number % 2 == 0)
    return cast


@pytest.fixture(autouse=True)
def _cold() -> Iterator[None]:
    yield
    runner._warm.clear()


def hand_in(cast: Cast, text: str, *, differ: bool) -> list[AnnotationSet]:
    """Two sets on a new article, both handed in; they differ in the label of one span of three, if at all."""
    article, works = make_article(cast.project, text), []
    for person, label in ((cast.annotator, "LOC"), (cast.annotator2, "FAC" if differ else "LOC")):
        work = AnnotationSet.objects.create(
            project=cast.project, article=article, annotator=person, pseudonym=person.username
        )
        perform(work, span_op(text, "کیم جونگ اون"), span_op(text, "تهران", label), span_op(text, "تاس", "ORG"))
        works.append(work)
    pks = [work.pk for work in works]
    AnnotationSet.objects.filter(pk__in=pks).update(status=SetStatus.SUBMITTED, submitted_at="2026-01-01T00:00:00Z")
    return works


def test_a_small_project_is_measured_while_one_waits(cast: Cast) -> None:
    job = job_kind.measure(cast.project, by=cast.reviewer)
    report = last_report(cast.project)
    assert (job.state, job.done, job.total, report.job) == ("done", ARTICLES, ARTICLES, job)
    # 3 of 6 articles have 2 equal spans of 3, the others 3 of 3: 2 · 15 / (18 + 18).
    assert report.result["exact"]["value"] == pytest.approx(15 / 18)
    assert report.fingerprint == fingerprint(cast.project)


def test_a_large_one_waits_for_a_worker_and_a_second_wish_is_the_same_job(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_kind, "AT_ONCE", ARTICLES - 1)
    job = job_kind.measure(cast.project, by=cast.reviewer)
    assert (job.state, last_report(cast.project)) == ("waiting", None)
    assert job_kind.measure(cast.project, by=cast.manager) == job
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
    assert last_report(cast.project).result["articles"] == ARTICLES


def in_chunks_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_kind, "CHUNK_SECONDS", -1.0)
    monkeypatch.setattr(job_kind, "AT_ONCE", 0)


def test_another_process_goes_on_with_the_count_and_counts_no_article_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_chunks_of_one(monkeypatch)
    job = job_kind.measure(cast.project, by=cast.reviewer)
    counted = []
    for _ in range(ARTICLES):
        assert runner.run_slice(job.pk, leave=after_chunks(1)) == "waiting"
        runner._warm.clear()  # as if each slice ran in a process of its own
        counted.append(Job.objects.get(pk=job.pk).done)
    assert counted == list(range(1, ARTICLES + 1))
    assert runner.run_slice(job.pk, leave=lambda: False) == "done"
    expected = project_agreement(cast.project).report()
    result = last_report(cast.project).result
    assert (result["exact"]["value"], result["exact"]["low"]) == (expected.exact.value, expected.exact.low)
    assert result["articles"] == expected.articles
    assert bytes(AgreementReport.objects.get().state) == b""


def test_a_cancelled_measuring_leaves_the_last_figures_and_can_go_on(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = job_kind.measure(cast.project, by=cast.reviewer)
    in_chunks_of_one(monkeypatch)
    job = job_kind.measure(cast.project, by=cast.reviewer)
    runner.run_slice(job.pk, leave=after_chunks(2))
    jobs.cancel(job)
    assert last_report(cast.project).job == first
    runner._warm.clear()
    runner.resume(Job.objects.get(pk=job.pk))
    assert runner.run_slice(job.pk, leave=lambda: False) == "done"
    assert (last_report(cast.project).job, last_report(cast.project).result["articles"]) == (job, ARTICLES)


@pytest.mark.parametrize("same_process", [True, False])
def test_a_given_up_count_goes_with_the_next_measuring_and_its_job_can_still_be_taken_up(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, same_process: bool
) -> None:
    in_chunks_of_one(monkeypatch)
    given_up = job_kind.measure(cast.project, by=cast.reviewer)
    runner.run_slice(given_up.pk, leave=after_chunks(2))
    jobs.cancel(given_up)
    job = job_kind.measure(cast.project, by=cast.reviewer)
    assert job != given_up
    assert not AgreementReport.objects.exists()
    if not same_process:
        runner._warm.clear()
    runner.resume(Job.objects.get(pk=given_up.pk))
    assert runner.run_slice(given_up.pk, leave=lambda: False) == "done"
    assert last_report(cast.project).result["articles"] == ARTICLES


def test_one_whose_process_died_in_the_request_is_run_by_the_next_wish(cast: Cast) -> None:
    job = job_kind.draft_measuring(cast.project, by=cast.reviewer)
    jobs.make_ready(job, by_hand=True)
    jobs.claim(job.pk)
    Job.objects.filter(pk=job.pk).update(heartbeat="2026-01-01T00:00:00Z")
    assert job_kind.measure(cast.project, by=cast.manager) == job
    assert last_report(cast.project).job == job


@pytest.mark.parametrize("change", ["new", "edited", "reopened"])
def test_the_fingerprint_says_that_finished_sets_have_changed(cast: Cast, change: str) -> None:
    before = fingerprint(cast.project)
    work = AnnotationSet.objects.first()
    if change == "new":
        hand_in(cast, "خبر تازه: کیم جونگ اون در تهران به تاس گفت.", differ=False)
    elif change == "edited":
        AnnotationSet.objects.filter(pk=work.pk).update(version=work.version + 1)
    else:
        AnnotationSet.objects.filter(pk=work.pk).update(status=SetStatus.RETURNED)
    assert fingerprint(cast.project) != before


def test_only_the_newest_report_keeps_examples(cast: Cast) -> None:
    for _ in range(2):
        job_kind.measure(cast.project, by=cast.reviewer)
    newest, older = AgreementReport.objects.order_by("-pk")
    assert newest.examples
    assert (older.examples, older.result["articles"]) == ([], ARTICLES)


def test_the_job_finds_what_the_command_line_prints(cast: Cast) -> None:
    job_kind.measure(cast.project, by=cast.reviewer)
    said = StringIO()
    call_command("agreement", "test", stdout=said)
    value: Any = last_report(cast.project).result["exact"]["value"]
    assert f"{value:.3f}" in said.getvalue()
