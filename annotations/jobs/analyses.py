"""When are texts analysed? After an import without being asked, and at once where somebody waits; by the worker.

The tasks lie in the database's queue. Where a worker dies, what it did stands, and what is missing is found again.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any, Literal

from django.db import connections
from django.db.models import QuerySet
from django.tasks import TaskResultStatus, task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from annotations.actions.analyses import analyse
from annotations.actions.garbage import without_collecting
from annotations.actions.steps import Step, is_any_missing, steps
from annotations.actions.turns import write_turn
from annotations.jobs.lanes import DEAD_AFTER, LANES, AnyTask, TaskRow, at_work, part, rows_of, take_up, taken
from annotations.jobs.pace import Pace
from annotations.models import Analysis, Article, SearchText, StoryMember
from annotations.text.apart import NormaliserApart, NotNormalised

logger = logging.getLogger(__name__)
# After this long a task lets those pass that somebody waits for, and a signal to stop.
SLICE_SECONDS = 4.0
# Where so many articles lack something, workers share them from the beginning.
SHARED = 200
# So many failures in a row are not the texts' fault.
MOST_FAILURES = 3
TRY_AGAIN_AFTER = timedelta(minutes=10)
KEPT_FOR = timedelta(days=1)

normaliser = NormaliserApart()


@task(priority=-10)
def analyse_missing(after: int = 0, first: str = "", lane: int = 0, lanes: int = 1) -> int:
    """Makes what is missing, step by step, for a slice of time, and queues the rest; returns how many were made.

    `first` names the step to go on with, `after` the id of the article to go on from in it: one that fails is left
    for another day. A backlog, and what is not done in a slice, goes on in lanes, so that several workers share it.
    """
    made = 0
    until = time.monotonic() + SLICE_SECONDS
    for step in _from(first):
        if lanes == 1 and _is_backlog(step, after):
            _go_on(after, step.name)
            return made
        maker, pace = _Maker(step), Pace(first=step.first, most=step.most)
        ids = step.missing(after=after, lane=lane, lanes=lanes)
        while batch := pace.take(ids):
            made += maker.make(batch, pace)
            if time.monotonic() > until:
                _go_on(batch[-1], step.name, lane=lane, lanes=lanes)
                return made
        after = 0
        if lanes > 1:
            _hand_on(step, lane, lanes)
            return made
    _drop_old_results()
    return made


def _is_backlog(step: Step, after: int) -> bool:
    return sum(1 for _ in islice(step.missing(after=after), SHARED)) == SHARED


def _hand_on(done: Step, lane: int, lanes: int) -> None:
    """Queues a lane's next step, behind this step of the other lanes: everything is found before any is analysed.

    After the last one the lane begins anew where articles came in when it had left the steps before.
    """
    table = steps()
    missing: Iterator[Step]
    at = [step.name for step in table].index(done.name) + 1
    if at == len(table):
        _drop_old_results()
        missing = (step for step in table[:-1] if next(step.missing(lane=lane, lanes=lanes), None) is not None)
    else:
        missing = iter(table[at:])
    step = next(missing, None)
    with write_turn():
        if step is not None and lane not in taken(analyse_missing, {step.name}, lanes=lanes):
            analyse_missing.enqueue(0, step.name, lane, lanes)


class _Maker:
    """Makes one step's batches; where a batch fails, its articles one by one, so that each fails for itself alone."""

    def __init__(self, step: Step) -> None:
        self.step, self.failures = step, 0

    def make(self, batch: Sequence[int], pace: Pace) -> int:
        """Returns how many were made. Raises NotNormalised where it is not the articles' fault."""
        try:
            with without_collecting():
                made = self.step.make(batch)
        except NotNormalised:
            pace.stumble()
            if len(batch) > 1:
                return sum(self.make([pk], pace) for pk in batch)
            logger.exception("Step %s failed at the article %s", self.step.name, batch[0])
            self.failures += 1
            if self.failures == MOST_FAILURES:
                raise
            return 0
        self.failures = 0
        return made


def _go_on(after: int, first: str, *, lane: int = 0, lanes: int = 1) -> None:
    """Queues the rest of a lane; what is not parted yet in lanes, but for those that are at work already."""
    if lanes > 1:
        with write_turn():
            analyse_missing.enqueue(after, first, lane, lanes)
        return
    # A lane at an earlier step will come to this one.
    names = [step.name for step in steps()]
    part(analyse_missing, after, first, within=names[: names.index(first) + 1], lanes=LANES)


def _from(first: str) -> list[Step]:
    """Returns the steps from the one of this name on; all where no step has it."""
    table = steps(normalise=normaliser)
    names = [step.name for step in table]
    return list(table[names.index(first) if first in names else 0 :])


@task(priority=10)
def analyse_article(article: int) -> bool:
    """Analyses an article that somebody waits for; returns whether that was still to be done."""
    return analyse(article, normalise=normaliser)


def is_at_work() -> bool:
    """Whether something is missing that the worker makes just now or, if there is one, soon."""
    return at_work(analyse_missing).exists()


def queue_missing(**signal: Any) -> None:
    """Queues the analysis of all that is missing, unless that waits already; in the same transaction as the caller."""
    with write_turn():
        if not _results(analyse_missing).filter(status=TaskResultStatus.READY).exists():
            analyse_missing.enqueue()


def queue_after_migrate(*, using: str, **signal: Any) -> None:
    """Queues what another version of the engine, or a worker that died, has left; receives Django's `post_migrate`."""
    tables = {model._meta.db_table for model in (Analysis, Article, SearchText, StoryMember, DBTaskResult)}
    if tables <= set(connections[using].introspection.table_names()) and is_any_missing():
        queue_missing()


def ask_for(article: Article) -> Literal["preparing", "failed"]:
    """Sees to it that an article is analysed soon; says `failed` where that was tried in vain not long ago."""
    with write_turn():
        last = _results(analyse_article, article.pk).order_by("-enqueued_at").first()
        if last is None or not _stands(last):
            analyse_article.enqueue(article.pk)
            return "preparing"
    return "failed" if last.status == TaskResultStatus.FAILED else "preparing"


def _stands(result: TaskRow) -> bool:
    """Whether a task that was queued before need not be queued again."""
    now = timezone.now()
    if result.status == TaskResultStatus.RUNNING:
        return result.started_at is not None and now - result.started_at < DEAD_AFTER
    if result.status == TaskResultStatus.FAILED:
        return result.finished_at is not None and now - result.finished_at < TRY_AGAIN_AFTER
    return result.status == TaskResultStatus.READY


def _results(task: AnyTask, *args: int) -> QuerySet[TaskRow]:
    """Returns the queue's rows of a task with these arguments."""
    return rows_of(task).filter(args_kwargs={"args": list(args), "kwargs": {}})


def take_up_abandoned() -> None:
    """Queues again what a worker was at when it died; articles that somebody waits for are asked for again."""
    take_up(analyse_missing)


def _drop_old_results() -> None:
    """Forgets tasks that ended a day ago: nothing reads them any more."""
    ours = [analyse_missing.module_path, analyse_article.module_path]
    ended = DBTaskResult.objects.finished().filter(task_path__in=ours)
    ended.filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()
