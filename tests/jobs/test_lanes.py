"""Is a long run shared by workers from its beginning, each step by all before the next, and by those that are left?"""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from annotations.jobs import analyses as jobs
from annotations.jobs import lanes
from annotations.models import Analysis, SearchText, StoryMember
from annotations.text.analysed import analysed
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
    rows = DBTaskResult.objects.filter(task_path=jobs.analyse_missing.module_path, **status)
    return [row.args_kwargs["args"] for row in rows.order_by("enqueued_at")]


def test_a_backlog_is_shared_before_anything_is_made(cast: Cast) -> None:
    bring_in(cast)
    work(1)
    assert queued(status="READY") == [[0, "index", lane, jobs.LANES] for lane in range(jobs.LANES)]
    work()
    assert SearchText.objects.count() == StoryMember.objects.count() == Analysis.objects.count() == COUNT
    assert queued(status="READY") == []


def test_every_lane_makes_what_is_searched_before_any_goes_on(cast: Cast) -> None:
    bring_in(cast)
    work(1 + jobs.LANES)
    assert (SearchText.objects.count(), StoryMember.objects.count()) == (COUNT, 0)
    work(jobs.LANES)
    assert (StoryMember.objects.count(), Analysis.objects.count()) == (COUNT, 0)


def test_what_comes_in_behind_a_lane_is_shared_in_its_turn_without_a_lane_being_twice_at_one_step(cast: Cast) -> None:
    bring_in(cast)
    work(1 + jobs.LANES)
    bring_in(cast, after=COUNT)
    work(jobs.LANES + 1)
    waiting = [(step, lane) for _after, step, lane, _lanes in queued(status="READY")]
    assert {step for step, _lane in waiting} == {"analysis", "index"}
    assert len(waiting) == len(set(waiting)) == 2 * jobs.LANES
    work()
    assert SearchText.objects.count() == StoryMember.objects.count() == Analysis.objects.count() == 2 * COUNT


def test_a_lane_begins_anew_for_what_came_in_when_it_had_passed(cast: Cast) -> None:
    ids = bring_in(cast)
    lane = ids[0] % jobs.LANES
    DBTaskResult.objects.all().delete()
    jobs.analyse_missing.call(0, "analysis", lane, jobs.LANES)
    assert queued() == [[0, "index", lane, jobs.LANES]]


@pytest.fixture
def taken() -> DBTaskResult:
    """A lane that a worker took from the queue an hour ago, and never ended."""
    jobs.analyse_missing.enqueue(7, "stories", 3, jobs.LANES)
    row = DBTaskResult.objects.get()
    row.claim("a")
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(hours=1))
    return row


def test_a_lane_that_its_worker_left_is_taken_up_where_it_stood(taken: DBTaskResult) -> None:
    assert not jobs.is_at_work()
    jobs.take_up_abandoned()
    assert queued(status="READY") == [[7, "stories", 3, jobs.LANES]]
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


def test_a_lane_at_a_later_step_is_not_in_the_way_of_an_earlier_one(cast: Cast) -> None:
    jobs.analyse_missing.enqueue(9, "index", 1, jobs.LANES)
    jobs.analyse_missing.enqueue(9, "analysis", 2, jobs.LANES)
    lanes.part(jobs.analyse_missing, 0, "stories", within=["index", "stories"], lanes=jobs.LANES)
    assert [args[2] for args in queued() if args[1] == "stories"] == [0, 2, 3, 4, 5, 6, 7]
