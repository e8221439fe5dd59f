"""Is a long run shared by workers from its beginning, what is searched first, and by those that are left?"""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from annotations.actions.steps import steps
from annotations.jobs import analyses as jobs
from annotations.jobs import lanes
from annotations.models import Analysis, SearchText, StoryMember
from annotations.text.analysed import Analysed, analysed
from annotations.text.apart import NotNormalised
from tests.factories import Cast, make_article, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = 12


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(jobs, "normaliser", analysed)
    monkeypatch.setattr(jobs, "SHARED", 5)
    return make_cast()


def bring_in(cast: Cast, *, after: int = 0) -> Sequence[int]:
    """Stores articles that lack everything."""
    ids = [make_article(cast.project, f"خبر {after + number}").pk for number in range(COUNT)]
    SearchText.objects.filter(pk__in=ids).delete()
    return ids


def work(most: int | None = None) -> None:
    """Runs the worker, for so many tasks or until its queue is empty."""
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0, max_tasks=most)


def queued(**status: str) -> list[list[object]]:
    """Returns what the tasks were given, in the order in which they are taken."""
    rows = DBTaskResult.objects.filter(task_path=jobs.analyse_missing.module_path, **status)
    return [row.args_kwargs["args"] for row in rows.order_by("-priority", "enqueued_at")]


def lanes_of(name: str) -> int:
    return next(step.lanes for step in steps() if step.name == name)


def made() -> tuple[int, int, int]:
    return SearchText.objects.count(), StoryMember.objects.count(), Analysis.objects.count()


def test_a_backlog_is_shared_before_anything_is_made(cast: Cast) -> None:
    bring_in(cast)
    work(1)
    shared = [[0, step.name, lane, step.lanes] for step in steps() for lane in range(step.lanes)]
    assert queued(status="READY") == shared
    work()
    assert made() == (COUNT, COUNT, COUNT)
    assert queued(status="READY") == []


def test_one_worker_makes_what_is_searched_before_it_goes_on(cast: Cast) -> None:
    bring_in(cast)
    work(1 + lanes_of("index"))
    assert made() == (COUNT, 0, 0)
    work(lanes_of("stories"))
    assert made() == (COUNT, COUNT, 0)


def test_while_one_worker_indexes_another_does_not_wait_for_it_on_sqlite(cast: Cast) -> None:
    bring_in(cast)
    work(1)
    index = DBTaskResult.objects.ready().first()
    assert index.args_kwargs["args"][1] == "index"
    index.claim("another")
    work(1)
    indexed, *others = made()
    if connection.vendor == "sqlite":
        assert (indexed, *others) == (0, COUNT // 2, 0)
    else:  # the next lane of the index, in which there may be an article or none
        assert others == [0, 0]


def test_what_comes_in_behind_the_lanes_is_shared_without_a_lane_being_twice_at_one_step(cast: Cast) -> None:
    bring_in(cast)
    work(1 + lanes_of("index"))
    bring_in(cast, after=COUNT)
    work(1)
    waiting = [(step, lane) for _after, step, lane, _lanes in queued(status="READY")]
    assert sorted(waiting) == sorted((step.name, lane) for step in steps() for lane in range(step.lanes))
    work()
    assert made() == (2 * COUNT, 2 * COUNT, 2 * COUNT)


def test_a_lane_goes_once_more_over_what_came_in_where_it_had_passed(cast: Cast) -> None:
    ids = bring_in(cast)
    DBTaskResult.objects.all().delete()
    jobs.analyse_missing.call(ids[-2], "stories", 0, 1)
    assert (StoryMember.objects.count(), queued()) == (1, [[0, "stories", 0, 1]])
    work()
    assert (StoryMember.objects.count(), queued(status="READY")) == (COUNT, [])


def test_a_lane_does_not_go_again_over_what_fails(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_in(cast)
    DBTaskResult.objects.all().delete()
    tried: list[str] = []
    monkeypatch.setattr(jobs, "normaliser", lambda text: analysed(text) if text != "خبر 3" else refuse(tried, text))
    jobs.analyse_missing.enqueue(0, "analysis", 0, 1)
    work()
    assert (Analysis.objects.count(), queued(status="READY")) == (COUNT - 1, [])
    assert len(tried) <= 2  # with its batch, and alone


def test_a_lane_that_gives_way_after_each_batch_ends_though_a_text_fails(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(cast)
    DBTaskResult.objects.all().delete()
    tried: list[str] = []
    monkeypatch.setattr(jobs, "SLICE_SECONDS", -1.0)
    monkeypatch.setattr(jobs, "normaliser", lambda text: analysed(text) if text != "خبر 3" else refuse(tried, text))
    jobs.analyse_missing.enqueue(0, "analysis", 0, 1)
    work(10 * COUNT)
    assert (Analysis.objects.count(), queued(status="READY")) == (COUNT - 1, [])
    assert 1 < len(tried) <= 4  # in each of two passes, with its batch and alone
    assert max(len(args) for args in queued()) == 5


def test_a_lane_of_several_slices_goes_once_more_over_what_came_in_behind_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = bring_in(cast)
    DBTaskResult.objects.all().delete()
    jobs.analyse_missing.call(ids[-1], "stories", 0, 1, True)
    assert queued() == [[0, "stories", 0, 1]]
    jobs.analyse_missing.call(ids[-1], "stories", 0, 1)
    assert len(queued()) == 1  # a pass that made nothing ends


def test_a_lane_that_says_what_it_has_made_is_taken(cast: Cast) -> None:
    jobs.analyse_missing.enqueue(9, "stories", 1, 3, True)
    lanes.part(jobs.analyse_missing, 0, "stories", lanes=3)
    assert [args[2] for args in queued() if args[0] == 0 and args[1:]] == [0, 2]


def refuse(tried: list[str], text: str) -> Analysed:
    tried.append(text)
    raise NotNormalised


@pytest.fixture
def taken() -> DBTaskResult:
    """A lane that a worker took from the queue an hour ago, and never ended."""
    jobs.analyse_missing.enqueue(7, "stories", 1, 2)
    row = DBTaskResult.objects.get()
    row.claim("a")
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(hours=1))
    return row


def test_a_lane_that_its_worker_left_is_taken_up_where_it_stood(taken: DBTaskResult) -> None:
    assert not jobs.is_at_work()
    jobs.take_up_abandoned()
    assert queued(status="READY") == [[7, "stories", 1, 2]]
    assert jobs.is_at_work()


def test_a_worker_takes_up_what_another_left(taken: DBTaskResult) -> None:
    work()
    taken.refresh_from_db()
    assert taken.status == TaskResultStatus.SUCCESSFUL
    assert len(taken.worker_ids) == 2


def test_a_lane_that_lives_is_left_to_its_worker(taken: DBTaskResult) -> None:
    DBTaskResult.objects.update(started_at=timezone.now())
    jobs.take_up_abandoned()
    assert (queued(status="READY"), jobs.is_at_work()) == ([], True)


def test_what_workers_die_of_again_and_again_is_left(taken: DBTaskResult) -> None:
    DBTaskResult.objects.update(worker_ids=["a"] * lanes.MOST_DEATHS)
    jobs.take_up_abandoned()
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED
    assert not jobs.is_at_work()


def test_a_lane_that_is_at_another_step_is_not_in_the_way(cast: Cast) -> None:
    jobs.analyse_missing.enqueue(9, "stories", 1, 3)
    jobs.analyse_missing.enqueue(9, "analysis", 2, 3)
    lanes.part(jobs.analyse_missing, 0, "stories", lanes=3)
    assert [args for args in queued() if args[0] == 0 and args[1:]] == [[0, "stories", 0, 3], [0, "stories", 2, 3]]
