"""How is a job run once and only once? Whoever runs it holds a lease, and each chunk commits its data with its cursor.

A chunk's transaction writes the cursor only where the job still carries the lease: a runner that was taken for dead
and wakes up writes nothing, and one that is killed has committed whole chunks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from annotations.actions.notices import tell_of_job
from annotations.actions.turns import write_turn
from annotations.actions.webhooks import send_job
from annotations.errors import NewsroomError, gettext_noop
from annotations.models import Job, JobFile, JobProblem, JobState, WorkerMark
from annotations.models.fields import new_uid
from annotations.models.jobs import ENDED, UNFINISHED

# So often a runner may die over the same chunk before it is the chunk's fault.
MOST_ATTEMPTS = 3
# A longer pause is no part of the pace.
PAUSE = timedelta(seconds=10)
MOST_PROBLEMS = 100_000
DRAFTS_KEPT = timedelta(days=1)
FILES_KEPT = timedelta(days=7)


class LeaseLost(NewsroomError):
    """Raised where another runner has taken the job over; the transaction it is raised in must not commit."""

    def __init__(self) -> None:
        super().__init__(code="lease_lost", message=gettext_noop("The job has been taken over by another runner."))


class NotResumable(NewsroomError):
    """Raised where there is nothing to go on with."""

    def __init__(self) -> None:
        super().__init__(
            code="job_not_resumable",
            message=gettext_noop("This job runs already, is done, or its files are gone."),
            hint=gettext_noop("Start a new one."),
        )


class NotCancellable(NewsroomError):
    """Raised where a job has ended before it could be cancelled."""

    def __init__(self) -> None:
        super().__init__(code="job_ended", message=gettext_noop("The job has ended already."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a chunk leaves: where the next one begins, how far that is, and what became of the records.

    `counts` are added to the job's, and to those of the file with the place `file`.
    """

    cursor: dict[str, Any]
    done: int
    counts: dict[str, int] = field(default_factory=dict)
    problems: Sequence[JobProblem] = ()
    file: JobFile | None = None
    result: dict[str, Any] = field(default_factory=dict)


def stale_before() -> Any:
    """Returns the moment before which a last sign of life means death."""
    return timezone.now() - timedelta(seconds=settings.JOB_STALE_SECONDS)


def claim(pk: int) -> Job | None:
    """Gives a job that waits, or whose runner is dead, to the caller; None where there is nothing to run."""
    with write_turn():
        job = Job.objects.select_for_update(of=("self",)).filter(pk=pk, state__in=UNFINISHED).first()
        now = timezone.now()
        if job is None or (job.state == JobState.RUNNING and job.heartbeat > stale_before()):
            return None
        if job.cancel_asked:
            _end(job, JobState.CANCELLED)
            return None
        if job.attempts >= MOST_ATTEMPTS:
            _end(
                job, JobState.FAILED,
                gettext_noop("It broke off {attempts} times at the same place; what was stored before stands."),
                attempts=job.attempts,
            )  # fmt: skip
            return None
        if job.heartbeat is None or now - job.heartbeat > PAUSE:
            job.pace = {"since": now.timestamp(), "done": job.done, "records": job.count("records")}
        job.state, job.lease, job.heartbeat = JobState.RUNNING, new_uid(), now
        job.attempts, job.started_at, job.message = job.attempts + 1, job.started_at or now, ""
        job.save(update_fields=["state", "lease", "heartbeat", "attempts", "started_at", "pace", "message"])
        return job


def keep(job: Job, step: Step) -> None:
    """Writes how far a job has come, in the transaction of the chunk that got it there. Raises LeaseLost."""
    counts = _sum(job.counts, step.counts)
    result = job.result | step.result
    held = Job.objects.filter(pk=job.pk, lease=job.lease, state=JobState.RUNNING)
    if not held.update(
        cursor=step.cursor, done=step.done, counts=counts, result=result, heartbeat=timezone.now(), attempts=0
    ):
        raise LeaseLost
    if step.file is not None:
        JobFile.objects.filter(pk=step.file.pk).update(counts=_sum(step.file.counts, step.counts))
    noted = job.count("failed") + job.count("remarks")
    JobProblem.objects.bulk_create(step.problems[: max(MOST_PROBLEMS - noted, 0)])


def advance(job: Job, step: Step) -> None:
    """Tells the objects in memory what `keep` has written, once its transaction is committed."""
    job.cursor, job.done, job.result = step.cursor, step.done, job.result | step.result
    job.counts = _sum(job.counts, step.counts)
    if step.file is not None:
        step.file.counts = _sum(step.file.counts, step.counts)


def _sum(counts: dict[str, int], more: dict[str, int]) -> dict[str, int]:
    return {name: counts.get(name, 0) + more.get(name, 0) for name in {**counts, **more}}


def beat(job: Job) -> None:
    """Says that the runner lives, though its chunk takes a while."""
    with write_turn():
        Job.objects.filter(pk=job.pk, lease=job.lease, state=JobState.RUNNING).update(heartbeat=timezone.now())


def is_cancelling(job: Job) -> bool:
    """Whether somebody has asked that the job end after this chunk."""
    return Job.objects.filter(pk=job.pk, cancel_asked=True).exists()


def let_go(job: Job, state: str, message: str = "", **filling: Any) -> bool:
    """Ends the caller's hold on a job and leaves it in a state; False where another has taken it over."""
    with write_turn():
        held = Job.objects.select_for_update(of=("self",)).filter(pk=job.pk, lease=job.lease, state=JobState.RUNNING)
        found = held.first()
        if found is None:
            return False
        if state in ENDED:
            _end(found, state, message, **filling)
        else:
            # A runner that leaves by itself has not died over the chunk.
            attempts = found.attempts if state == JobState.INTERRUPTED else 0
            held.update(state=state, lease="", message=message, error=filling, attempts=attempts)
    return True


def _end(job: Job, state: str, message: str = "", **filling: Any) -> None:
    job.state, job.lease, job.message, job.error = state, "", message, filling
    job.cancel_asked, job.finished_at = False, timezone.now()
    job.save(update_fields=["state", "lease", "message", "error", "cancel_asked", "finished_at"])
    tell_of_job(job)
    send_job(job)
    if state == JobState.DONE:
        transaction.on_commit(lambda: drop_files([job]))


def cancel(job: Job) -> None:
    """Ends a job: at once where nobody runs it, else after the chunk it is at. Raises NotCancellable."""
    with write_turn():
        found = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
        if found.is_ended:
            raise NotCancellable
        if found.state == JobState.RUNNING and found.heartbeat > stale_before():
            Job.objects.filter(pk=found.pk).update(cancel_asked=True)
        else:
            _end(found, JobState.CANCELLED)


def discard(job: Job) -> None:
    """Ends a draft, and drops its files. Raises NotCancellable of what has begun."""
    with write_turn():
        found = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
        if found.state != JobState.DRAFT:
            raise NotCancellable
        _end(found, JobState.CANCELLED)
    drop_files([job])


def make_ready(job: Job, *, by_hand: bool = False) -> None:
    """Puts a draft, or what was cancelled, failed or interrupted, back among what waits. Raises NotResumable.

    A job that is run `by_hand` waits for no worker: whoever calls this runs it.
    """
    with write_turn():
        found = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
        if found.state not in (JobState.DRAFT, JobState.CANCELLED, JobState.FAILED, JobState.INTERRUPTED):
            raise NotResumable
        if found.files.filter(file="", path="").exists():
            raise NotResumable
        Job.objects.filter(pk=found.pk).update(
            state=JobState.WAITING, cancel_asked=False, attempts=0, message="", error={}, finished_at=None,
            by_hand=by_hand,
        )  # fmt: skip


def notice_dead() -> list[int]:
    """Marks what a dead runner was at as interrupted, and returns the ids of all jobs that wait for a worker."""
    dead = Job.objects.filter(Q(heartbeat__lt=stale_before()) | Q(heartbeat=None), state=JobState.RUNNING)
    if dead.exists():
        with write_turn():
            for job in dead.filter(cancel_asked=True):
                _end(job, JobState.CANCELLED)
            dead.update(state=JobState.INTERRUPTED, lease="")
    return list(waiting().values_list("pk", flat=True))


def waiting() -> QuerySet[Job]:
    """Jobs that a worker should take; what a person runs by hand is theirs to take up again."""
    return Job.objects.filter(state__in=[JobState.WAITING, JobState.INTERRUPTED], by_hand=False)


def mark_worker(worker: str) -> None:
    """Notes that a worker lives."""
    with write_turn():
        WorkerMark.objects.update_or_create(worker=worker, defaults={"seen_at": timezone.now()})


def forget_worker(worker: str) -> None:
    """Notes that a worker has stopped."""
    with write_turn():
        WorkerMark.objects.filter(worker=worker).delete()


def drop_files(jobs: Iterable[Job]) -> None:
    """Deletes what was uploaded for these jobs; the report of what became of it stays."""
    for file in JobFile.objects.filter(job__in=list(jobs)).exclude(file=""):
        file.file.delete(save=False)
        JobFile.objects.filter(pk=file.pk).update(file="")


def drop_with_row(sender: type[JobFile], instance: JobFile, **_signal: Any) -> None:
    """Deletes what was uploaded once its row is gone for good, be it with its project; receives `post_delete`."""
    if name := instance.file.name:
        transaction.on_commit(partial(instance.file.storage.delete, name))


def tidy() -> None:
    """Deletes drafts that nobody began, and the files of jobs that nobody took up again."""
    now = timezone.now()
    WorkerMark.objects.filter(seen_at__lt=now - FILES_KEPT).delete()
    forgotten = Job.objects.filter(state=JobState.DRAFT, created_at__lt=now - DRAFTS_KEPT)
    drop_files(forgotten)
    forgotten.delete()
    ended = Job.objects.filter(state__in=ENDED, files__in=JobFile.objects.exclude(file=""))
    drop_files(ended.filter(finished_at__lt=now - FILES_KEPT).distinct())
