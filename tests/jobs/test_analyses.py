"""Are texts analysed without being asked, once, by the engine of today, and whatever becomes of a worker?"""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from annotations.actions import analyses
from annotations.actions.steps import steps
from annotations.jobs import analyses as jobs
from annotations.models import Analysis, Article
from annotations.queries.analyses import unanalysed
from annotations.text import normalise
from annotations.text.analysed import Analysed, analysed
from annotations.text.apart import NormaliserApart, NotNormalised
from annotations.text.offsets import OffsetMap
from tests.factories import Cast, make_article, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "تیتر خبر\n\nرسانههای 🙂 گزارش دادند."


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Normalises here: hazm is loaded once for all tests. The child has a test of its own."""
    monkeypatch.setattr(jobs, "normaliser", analysed)


@pytest.fixture
def new_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another version of the engine is in use."""
    normalise.engine.cache_clear()
    monkeypatch.setattr(normalise, "REVISION", 999)
    yield
    normalise.engine.cache_clear()


def work() -> None:
    """Runs the worker until its queue is empty."""
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)


def waiting() -> int:
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY).count()


def refuse(text: str) -> Analysed:
    raise NotNormalised


def test_a_new_article_is_analysed_by_the_worker_without_being_asked(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = NormaliserApart()
    monkeypatch.setattr(jobs, "normaliser", apart)
    article = make_article(cast.project, TEXT)
    work()
    apart.close()
    made = Analysis.objects.get(text_sha256=article.text_sha256)
    assert made.normalised == "تیتر خبر\n\nرسانه‌های 🙂 گزارش دادند."
    start = made.normalised.index("رسانه‌های")
    back = OffsetMap.from_sections(made.alignment).inverse.map_range(start, start + len("رسانه‌های"))
    assert TEXT[slice(*back)] == "رسانههای"
    assert list(unanalysed()) == []


def test_many_imports_queue_one_task(cast: Cast) -> None:
    for number in range(5):
        make_article(cast.project, f"{TEXT} {number}")
    assert waiting() == 1
    work()
    assert Analysis.objects.count() == 5


def test_a_task_gives_way_after_a_slice_of_time_and_goes_on_later(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "SLICE_SECONDS", -1.0)
    for number in range(3):
        make_article(cast.project, f"{TEXT} {number}")
    jobs.analyse_missing.call(0, "analysis")
    assert Analysis.objects.count() == 1
    work()
    assert Analysis.objects.count() == 3


def test_articles_with_one_text_share_its_analysis(cast: Cast) -> None:
    make_article(cast.project, TEXT)
    Article.objects.create(text=TEXT)
    work()
    assert Analysis.objects.count() == 1
    assert list(unanalysed()) == []


def test_an_article_that_is_asked_for_twice_waits_once_and_comes_first(cast: Cast) -> None:
    make_article(cast.project, "دیگری")
    article = make_article(cast.project, TEXT)
    assert [jobs.ask_for(article), jobs.ask_for(article)] == ["preparing", "preparing"]
    assert waiting() == 2
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0, max_tasks=1)
    assert Analysis.objects.get().text_sha256 == article.text_sha256


def test_what_a_dead_worker_was_at_is_queued_again(cast: Cast) -> None:
    article = make_article(cast.project, TEXT)
    jobs.ask_for(article)
    taken = DBTaskResult.objects.filter(task_path=jobs.analyse_article.module_path)
    taken.update(status=TaskResultStatus.RUNNING, started_at=timezone.now())
    jobs.ask_for(article)
    assert taken.count() == 1
    taken.update(started_at=timezone.now() - timedelta(hours=1))
    jobs.ask_for(article)
    assert taken.filter(status=TaskResultStatus.READY).count() == 1


def test_a_text_that_fails_is_not_tried_at_every_question(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    article = make_article(cast.project, TEXT)
    monkeypatch.setattr(jobs, "normaliser", refuse)
    jobs.ask_for(article)
    work()
    assert jobs.ask_for(article) == "failed"
    tried = DBTaskResult.objects.filter(task_path=jobs.analyse_article.module_path)
    tried.update(finished_at=timezone.now() - timedelta(hours=1))
    assert jobs.ask_for(article) == "preparing"


def test_a_text_that_fails_does_not_hold_up_the_others(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("یک", "بد", "سه"):
        make_article(cast.project, text)
    monkeypatch.setattr(jobs, "normaliser", lambda text: refuse(text) if text == "بد" else analysed(text))
    jobs.analyse_missing.call()
    assert Analysis.objects.count() == 2


def test_an_engine_that_fails_at_everything_ends_the_task(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    for number in range(9):
        make_article(cast.project, f"{TEXT} {number}")
    monkeypatch.setattr(jobs, "normaliser", lambda text: tried.append(text) or refuse(text))
    with pytest.raises(NotNormalised):
        jobs.analyse_missing.call()
    assert len(tried) == jobs.MOST_FAILURES


@pytest.mark.usefixtures("new_engine")
def test_another_engine_makes_everything_anew_after_a_migrate(cast: Cast) -> None:
    article = make_article(cast.project, TEXT)
    Analysis.objects.create(text_sha256=article.text_sha256, engine="hazm-0.1-1", normalised="", alignment=[0])
    DBTaskResult.objects.all().delete()
    call_command("migrate", verbosity=0)
    work()
    assert Analysis.objects.get().engine.endswith("-999")


def test_a_migrate_queues_nothing_where_nothing_is_missing(cast: Cast) -> None:
    make_article(cast.project, TEXT)
    work()
    call_command("migrate", verbosity=0)
    assert waiting() == 0


def test_a_crash_in_the_middle_leaves_nothing_half_written(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    article = make_article(cast.project, TEXT)
    Analysis.objects.create(text_sha256=article.text_sha256, engine="hazm-0.1-1", normalised="", alignment=[0])
    with monkeypatch.context() as patch:
        patch.setattr("django.db.models.query.QuerySet.delete", _fails)
        with pytest.raises(DatabaseError):
            analyses.analyse(article.pk)
    assert [row.engine for row in Analysis.objects.all()] == ["hazm-0.1-1"]
    assert analyses.analyse(article.pk)
    assert not analyses.analyse(article.pk)


def _fails(rows: Any) -> None:
    raise DatabaseError("the disk is full")


def test_two_workers_never_normalise_the_same_text(cast: Cast) -> None:
    article = make_article(cast.project, TEXT)
    inside, leave = threading.Event(), threading.Event()
    calls: list[str] = []

    def slow(text: str) -> Analysed:
        calls.append(text)
        inside.set()
        leave.wait(20)
        return analysed(text)

    made: list[bool] = []

    def run() -> None:
        try:
            made.append(analyses.analyse(article.pk, normalise=slow))
        finally:
            connection.close()

    first, second = threading.Thread(target=run), threading.Thread(target=run)
    first.start()
    assert inside.wait(20)
    second.start()
    if connection.vendor == "postgresql":
        second.join(20)  # it does not wait: the row is taken
        assert made == [False]
    leave.set()
    first.join(20)
    second.join(20)
    assert sorted(made) == [False, True]
    assert (len(calls), Analysis.objects.count()) == (1, 1)


def test_tasks_that_ended_long_ago_are_forgotten(cast: Cast) -> None:
    make_article(cast.project, TEXT)
    work()
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=2))
    make_article(cast.project, f"{TEXT} دو")
    work()
    assert DBTaskResult.objects.count() == 1


def test_the_command_does_without_a_worker(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    make_article(cast.project, TEXT)
    call_command("analyse")
    call_command("analyse")
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in said] == ["1", "0"]
    assert Analysis.objects.count() == 1


def test_the_doctor_finds_an_alignment_of_other_texts(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    article = make_article(cast.project, TEXT)
    call_command("analyse")
    call_command("doctor")
    Analysis.objects.update(alignment=[article.length - 1])
    with pytest.raises(CommandError, match="1 problems"):
        call_command("doctor")
    Analysis.objects.update(alignment=[1, 2])
    with pytest.raises(CommandError, match="1 problems"):
        call_command("doctor")
    assert "alignment" in capsys.readouterr().err


def test_what_a_slice_leaves_goes_on_in_lanes_that_make_each_text_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(jobs, "SLICE_SECONDS", -1.0)
    monkeypatch.setattr(jobs, "normaliser", lambda text: seen.append(text) or analysed(text))
    for number in range(12):
        make_article(cast.project, f"{TEXT} {number}")
    jobs.analyse_missing.call()
    given = [row.args_kwargs["args"] for row in DBTaskResult.objects.all()]
    for step in steps()[1:]:
        assert {tuple(args[2:]) for args in given if step.name in args} == {(n, step.lanes) for n in range(step.lanes)}
    work()
    assert len(seen) == len(set(seen)) == Analysis.objects.count() == 12


def test_lanes_are_queued_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "SLICE_SECONDS", -1.0)
    for number in range(6):
        make_article(cast.project, f"{TEXT} {number}")
    jobs.analyse_missing.call()
    before = waiting()
    jobs.analyse_missing.call()
    assert waiting() == before
