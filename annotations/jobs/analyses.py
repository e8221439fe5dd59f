"""When are texts analysed? After an import without being asked, and at once where somebody waits; by the worker.

The tasks lie in the database's queue. Where a worker dies, what it did stands, and what is missing is found again.
"""

import logging
import time
from datetime import timedelta
from typing import Any, Literal

from django.db import connections
from django.tasks import Task, TaskResultStatus, task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from annotations.actions.analyses import analyse
from annotations.actions.steps import Step, is_any_missing, steps
from annotations.actions.turns import write_turn
from annotations.models import Analysis, Article, SearchText, StoryMember
from annotations.text.apart import NormaliserApart, NotNormalised

logger = logging.getLogger(__name__)
# After this long a task lets those pass that somebody waits for, and a signal to stop.
SLICE_SECONDS = 4.0
# So many workers can share a long run.
LANES = 4
AT_WORK = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
# So many failures in a row are not the texts' fault.
MOST_FAILURES = 3
# A task that runs longer has lost its worker.
DEAD_AFTER = timedelta(minutes=2)
TRY_AGAIN_AFTER = timedelta(minutes=10)
KEPT_FOR = timedelta(days=1)

normaliser = NormaliserApart()


@task(priority=-10)
def analyse_missing(after: int = 0, first: str = "", lane: int = 0, lanes: int = 1) -> int:
    """Makes what is missing, step by step, for a slice of time, and queues the rest; returns how many were made.

    `first` names the step to go on with, `after` the id of the article to go on from in it: one that fails is left
    for another day. What is not done in a slice goes on in several lanes, so that several workers share it.
    """
    made = failures = 0
    until = time.monotonic() + SLICE_SECONDS
    for step in _from(first):
        for batch in step.batches(after=after, lane=lane, lanes=lanes):
            try:
                made += step.make(batch)
                failures = 0
            except NotNormalised:
                logger.exception("Step %s failed at the articles %s", step.name, batch)
                failures += 1
                if failures == MOST_FAILURES:
                    raise
            if time.monotonic() > until:
                _go_on(batch[-1], step.name, lane=lane, lanes=lanes)
                return made
        after = 0
    _drop_old_results()
    return made


def _go_on(after: int, first: str, *, lane: int, lanes: int) -> None:
    """Queues the rest of a lane; what is not parted yet in lanes, but for those that are at work already."""
    if lanes > 1:
        analyse_missing.enqueue(after, first, lane, lanes)
        return
    at_work = DBTaskResult.objects.filter(task_path=analyse_missing.module_path, status__in=AT_WORK)
    taken = {args[2] for row in at_work if len(args := row.args_kwargs["args"]) == 4}
    for one in set(range(LANES)) - taken:
        analyse_missing.enqueue(after, first, one, LANES)


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
    return DBTaskResult.objects.filter(task_path=analyse_missing.module_path, status__in=AT_WORK).exists()


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


def _stands(result: DBTaskResult) -> bool:
    """Whether a task that was queued before need not be queued again."""
    now = timezone.now()
    if result.status == TaskResultStatus.RUNNING:
        return now - result.started_at < DEAD_AFTER
    if result.status == TaskResultStatus.FAILED:
        return now - result.finished_at < TRY_AGAIN_AFTER
    return result.status == TaskResultStatus.READY


def _results(task: Task, *args: int) -> Any:
    """Returns the queue's rows of a task with these arguments."""
    return DBTaskResult.objects.filter(task_path=task.module_path, args_kwargs={"args": list(args), "kwargs": {}})


def _drop_old_results() -> None:
    """Forgets tasks that ended a day ago: nothing reads them any more."""
    ours = [analyse_missing.module_path, analyse_article.module_path]
    ended = DBTaskResult.objects.finished().filter(task_path__in=ours)
    ended.filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()
