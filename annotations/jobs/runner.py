"""How is a job of any kind run? In chunks, for a slice of time, by whoever holds its lease; then others may pass.

A worker runs it as a task of the queue. The command line and, where there is no worker, a page's own requests run
the same slices. What a runner leaves, by a signal or by dying, is taken up by the next.
"""

import logging
import time
from collections.abc import Callable, Generator
from datetime import timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.models import QuerySet
from django.tasks import TaskResultStatus, task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from annotations.actions import jobs
from annotations.actions.turns import write_turn
from annotations.errors import NewsroomError, gettext_noop
from annotations.jobs.base import Run
from annotations.jobs.kinds import job_kinds
from annotations.jobs.lanes import TaskRow
from annotations.jobs.pulse import Pulse
from annotations.models import Job, JobState

logger = logging.getLogger(__name__)
SLICE_SECONDS = 4.0
# A request that runs a slice is answered after about this long.
REQUEST_SECONDS = 1.5
KEPT_FOR = timedelta(days=1)
MOST_WARM = 8


class Stop:
    """Whether this process was told to end; the worker's signal handler says so."""

    asked = False


# Runs that have let others pass, still at their place: going on with one need not read its file anew.
_warm: dict[int, tuple[Run, Generator[None]]] = {}


@task
def run_job(pk: int) -> str:
    """Runs a job for a slice of time, or to its end where nobody waits; returns the state it is left in."""
    is_over = slice_of(SLICE_SECONDS)
    state = run_slice(pk, leave=lambda: Stop.asked or (is_over() and _is_somebody_waiting()))
    if state == JobState.WAITING:
        queue(pk)
    return state


def run_in_request(pk: int) -> str:
    """Runs one short slice here and now; returns the state the job is left in."""
    return run_slice(pk, leave=slice_of(REQUEST_SECONDS))


def slice_of(seconds: float) -> Callable[[], bool]:
    """Returns what tells, asked after each chunk, whether a slice of so many seconds that begins now is over.

    Up to the first chunk a runner may have read its way back to where the last one was. It goes on for as long again,
    however short its slice: else runners who take turns would read a long file from its beginning for each chunk.
    """
    begun = time.monotonic()
    until: float | None = None

    def is_over() -> bool:
        nonlocal until
        now = time.monotonic()
        if until is None:
            until = begun + max(seconds, 2 * (now - begun))
        return now >= until

    return is_over


def run_slice(pk: int, *, leave: Callable[[], bool], saw: Callable[[Job], None] | None = None) -> str:
    """Claims a job and does chunks until it ends or `leave` says so; "" where it is another's, or has ended.

    `saw` is called with the job after each chunk.
    """
    job = jobs.claim(pk)
    if job is None:
        return ""
    if job.kind not in job_kinds():
        jobs.let_go(
            job, JobState.FAILED, gettext_noop("This version of the program has no job of the kind «{kind}»."),
            kind=job.kind,
        )  # fmt: skip
        return JobState.FAILED
    run, steps = _taken_up(job)
    try:
        with Pulse(lambda: jobs.beat(job), seconds=settings.JOB_STALE_SECONDS / 6):
            state = _step_through(run, steps, leave, saw)
    except BaseException as error:
        steps.close()
        return _broken_off(job, error)
    if state == JobState.WAITING:
        _keep_warm(run, steps)
    else:
        steps.close()
    return state if jobs.let_go(job, state) else ""


def _step_through(
    run: Run, steps: Generator[None], leave: Callable[[], bool], saw: Callable[[Job], None] | None
) -> JobState:
    for _ in steps:
        run.advance()
        if saw is not None:
            saw(run.job)
        if jobs.is_cancelling(run.job):
            return JobState.CANCELLED
        if leave():
            return JobState.WAITING
    run.advance()
    return JobState.DONE


def _broken_off(job: Job, error: BaseException) -> str:
    """Says what became of a job whose chunk was not committed; what is nobody's fault is tried again."""
    if isinstance(error, jobs.LeaseLost):
        logger.warning("Job %s has been taken over", job.pk)
        return ""
    if isinstance(error, NewsroomError):
        jobs.let_go(job, JobState.FAILED, error.message, **error.data)
        return JobState.FAILED
    if isinstance(error, Exception) and not isinstance(error, OperationalError | InterfaceError):
        logger.exception("Job %s failed", job.pk, exc_info=error)
        jobs.let_go(
            job, JobState.FAILED,
            gettext_noop("Something unforeseen went wrong ({problem}); what was stored before stands."),
            problem=type(error).__name__,
        )  # fmt: skip
        return JobState.FAILED
    jobs.let_go(job, JobState.INTERRUPTED)
    raise error


def _taken_up(job: Job) -> tuple[Run, Generator[None]]:
    """Returns the run that has let others pass, if nobody went on with it since; else a new one."""
    run, steps = _warm.pop(job.pk, (None, None))
    if run is not None and steps is not None and run.job.cursor == job.cursor and run.job.params == job.params:
        run.job = job
        return run, steps
    run = Run(job)
    return run, job_kinds()[job.kind].steps(run)


def _keep_warm(run: Run, steps: Generator[None]) -> None:
    while len(_warm) >= MOST_WARM:
        _warm.pop(next(iter(_warm)))[1].close()
    _warm[run.job.pk] = (run, steps)


def start(job: Job) -> None:
    """Makes a job ready and queues it, both or neither. Raises NotResumable."""
    with write_turn():
        jobs.make_ready(job)
        queue(job.pk)


def resume(job: Job) -> None:
    """Queues what broke off, to go on after its last chunk. Raises NotResumable, of a draft, too."""
    if job.state == JobState.DRAFT:
        raise jobs.NotResumable
    start(job)


def queue(pk: int) -> None:
    """Queues a job for the workers, unless it waits there already."""
    with write_turn():
        if not _is_queued(pk):
            run_job.enqueue(pk)


def look_after() -> None:
    """Sees to it that what a dead runner has left, or a dead worker has taken from the queue, is queued again."""
    for pk in jobs.notice_dead():
        if not _is_queued(pk):
            queue(pk)


def _is_queued(pk: int) -> bool:
    return _tasks().filter(status=TaskResultStatus.READY, args_kwargs={"args": [pk], "kwargs": {}}).exists()


def tidy() -> None:
    """Forgets what nobody needs any more: old files, drafts, ended tasks."""
    jobs.tidy()
    _tasks().filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()


def _tasks() -> QuerySet[TaskRow]:
    return DBTaskResult.objects.filter(task_path=run_job.module_path)


def _is_somebody_waiting() -> bool:
    return DBTaskResult.objects.ready().filter(priority__gte=run_job.priority).exists()
