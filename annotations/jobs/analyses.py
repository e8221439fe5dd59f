"""When are texts analysed? After an import without being asked, and at once where somebody waits; by the worker.

The tasks lie in the database's queue. Where a worker dies, what it did stands, and what is missing is found again.
"""

import logging
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
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
from annotations.jobs.lanes import DEAD_AFTER, AnyTask, TaskRow, at_work, part, rows_of, take_up
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
def analyse_missing(after: int = 0, first: str = "", lane: int = 0, lanes: int = 1, has_made: bool = False) -> int:
    """Makes what is missing for a slice of time, and queues the rest; returns how many were made.

    Told nothing it goes through the steps: what few articles lack is made here and now, and what many lack is parted
    in lanes, so that several workers share it. `first` names the step that a lane makes, `after` the id of the article
    that it goes on from, `has_made` whether it has made something on the way there.
    """
    until = time.monotonic() + SLICE_SECONDS
    table = {step.name: step for step in steps(normalise=normaliser)}
    if step := table.get(first):
        return _make_lane(step, after, lane=lane, lanes=lanes, has_made=has_made, until=until)
    made = 0
    for step in table.values():
        after = 0
        missing = list(islice(step.missing(), SHARED))
        if len(missing) < SHARED and time.monotonic() < until:
            maker = _Maker(step)
            after = maker.make_all(iter(missing), until)
            made += maker.made
            missing = [pk for pk in missing if pk > after > 0]
        if missing:
            part(_at(step), after, step.name, lanes=step.lanes)
    _drop_old_results()
    return made


def _at(step: Step) -> AnyTask:
    """Returns the task with its place in the queue: the lanes of a step before those of the next."""
    names = [each.name for each in steps()]
    return analyse_missing.using(priority=analyse_missing.priority - 1 - names.index(step.name))


def _make_lane(step: Step, after: int, *, lane: int, lanes: int, has_made: bool, until: float) -> int:
    """Makes a step in one lane; queues the rest, or, of what came in where it had passed, another pass."""
    maker = _Maker(step)
    missing = partial(step.missing, lane=lane, lanes=lanes)
    rest = maker.make_all(missing(after=after), until)
    has_made = has_made or maker.made > 0
    # What failed is left for another day: no pass follows one that made nothing, in however many slices.
    if rest or (has_made and any(pk not in maker.failed for pk in missing())):
        with write_turn():
            _at(step).enqueue(rest, step.name, lane, lanes, *([True] if rest and has_made else []))
    return maker.made


class _Maker:
    """Makes one step's batches; where a batch fails, its articles one by one, so that each fails for itself alone."""

    def __init__(self, step: Step) -> None:
        self.step, self.made = step, 0
        self.failed: set[int] = set()
        self.failures = 0

    def make_all(self, ids: Iterator[int], until: float) -> int:
        """Makes batches until a time, at least one; returns the last id that was tried where that is over, else 0."""
        pace = Pace(first=self.step.first, most=self.step.most)
        while batch := pace.take(ids):
            self.made += self.make(batch, pace)
            if time.monotonic() > until:
                return batch[-1]
        return 0

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
            self.failed.add(batch[0])
            self.failures += 1
            if self.failures == MOST_FAILURES:
                raise
            return 0
        self.failures = 0
        return made


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
