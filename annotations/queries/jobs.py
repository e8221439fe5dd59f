"""How far is a job, how fast, what went wrong in it, and is there a worker to run it?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from annotations import policy
from annotations.models import Job, JobProblem, JobState, User, WorkerMark
from annotations.models.jobs import UNFINISHED

PAGE = 25
PROBLEMS = 50
# So long a worker that lives may take to come for a job.
PATIENCE = timedelta(seconds=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A job's progress: `percent` of what there is to do, `rate` in records a second, `remaining` in seconds.

    `state` is the job's, except that a job whose runner has fallen silent is `interrupted` already, and that one which
    lets others pass for a moment still runs.
    """

    state: str
    percent: int | None
    rate: float | None
    remaining: float | None
    lacks_worker: bool


def progress(job: Job, *, is_worker: bool | None = None) -> Progress:
    """Works out a job's progress at this moment; for many of them whether a worker is there is asked once, before."""
    now = timezone.now()
    state = job.state
    if state == JobState.RUNNING and job.heartbeat and job.heartbeat < now - _silence():
        state = JobState.INTERRUPTED
    elif state == JobState.WAITING and job.started_at and job.heartbeat and job.heartbeat > now - PATIENCE:
        state = JobState.RUNNING
    percent = min(int(100 * job.done / job.total), 100) if job.total else None
    rate = remaining = None
    if state == JobState.RUNNING and job.pace and job.heartbeat:
        elapsed = job.heartbeat.timestamp() - job.pace["since"]
        done = job.done - job.pace["done"]
        if elapsed > 0 and done > 0:
            rate = (job.count("records") - job.pace["records"]) / elapsed
            remaining = max((job.total or job.done) - job.done, 0) * elapsed / done
    waits = state in (JobState.WAITING, JobState.INTERRUPTED)
    long = (job.heartbeat or job.created_at) < now - PATIENCE
    return Progress(
        state=state, percent=percent, rate=rate, remaining=remaining,
        lacks_worker=waits and long and not job.by_hand and not (is_worker_there() if is_worker is None else is_worker),
    )  # fmt: skip


def is_worker_there() -> bool:
    """Whether a worker has lately said that it lives."""
    return WorkerMark.objects.filter(seen_at__gt=timezone.now() - _silence()).exists()


def _silence() -> timedelta:
    return timedelta(seconds=settings.JOB_STALE_SECONDS)


def unfinished_count(user: User) -> int:
    """How many of the person's own jobs run or wait."""
    return Job.objects.filter(by=user, state__in=UNFINISHED).count()


@dataclass(frozen=True, slots=True, kw_only=True)
class JobsPage:
    """Jobs newest first; `older` is the id to go on below, None where the list ends."""

    jobs: list[Job]
    older: int | None


def jobs_page(user: User, *, project: str = "", before: int | None = None) -> JobsPage:
    """Reads a page of the jobs that a person may see."""
    rows = policy.visible_jobs(user).select_related("project", "by").prefetch_related("files", "release")
    if project:
        rows = rows.filter(project__slug=project)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return JobsPage(jobs=found[:PAGE], older=found[PAGE - 1].pk if len(found) > PAGE else None)


def problem_kinds(job: Job) -> list[dict[str, Any]]:
    """Returns the kinds of problems with their counts, failures first, the most frequent first."""
    kinds = job.result.get("kinds", {}).values()
    return sorted(kinds, key=lambda kind: (kind["severity"] != "failure", -kind["count"], kind["code"]))


def problems_page(job: Job, *, code: str = "", after: int = 0) -> tuple[list[JobProblem], int | None]:
    """Returns problems in the order of the file, and the id to go on after, None where the list ends."""
    rows = job.problems.filter(pk__gt=after).order_by("pk")
    if code:
        rows = rows.filter(code=code)
    found = list(rows[: PROBLEMS + 1])
    return found[:PROBLEMS], found[PROBLEMS - 1].pk if len(found) > PROBLEMS else None


def all_problems(job: Job) -> Iterator[JobProblem]:
    """Streams the problems in the order of the file."""
    return job.problems.order_by("pk").iterator(chunk_size=500)
