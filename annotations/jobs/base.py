"""What does a kind of job declare, and what is it given to work with?"""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Any

from annotations.actions import jobs
from annotations.actions.jobs import Step
from annotations.models import Job, JobProblem


class Run:
    """A job while it is run; `job` is a new object after each time the runner has let others pass."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._kept: Step | None = None

    def keep(self, step: Step) -> None:
        """Writes how far the job has come; to be called within the transaction of the chunk that got it there."""
        jobs.keep(self.job, step)
        self._kept = step

    def advance(self) -> None:
        """Takes over what was kept, once it is committed."""
        if self._kept is not None:
            jobs.advance(self.job, self._kept)
            self._kept = None


def kinds_with(job: Job, problems: Iterable[JobProblem]) -> dict[str, dict[str, Any]]:
    """Counts problems by kind on top of a job's: a page that looks every second need not go through all of them."""
    kinds: dict[str, dict[str, Any]] = {key: dict(kind) for key, kind in job.result.get("kinds", {}).items()}
    for problem in problems:
        key = f"{problem.severity} {problem.code}"
        kind = kinds.setdefault(key, {"severity": problem.severity, "code": problem.code, "message": problem.message})
        kind["count"] = kind.get("count", 0) + 1
    return kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKind:
    """A kind of long run; the title is a msgid.

    `steps` is a generator over chunks. It starts from `run.job.cursor`; for each chunk it opens a transaction
    (`write_turn`), writes the chunk's data, calls `run.keep` in it, and yields once it is committed. Nothing else is
    asked of it: leases, signs of life, cancelling, giving way and going on are the runner's.
    """

    key: str
    title: str
    steps: Callable[[Run], Generator[None]]
