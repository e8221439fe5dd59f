"""`manage.py db_worker`: the worker of django-tasks-db, which says that it lives, looks after jobs that nobody runs and
sweeps up work that nobody goes on with.

The name is the library's own: whoever starts a worker as its documentation says gets this one.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import unwrap
from types import FrameType
from typing import Any

from django.conf import settings
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import retry

from annotations.actions.jobs import forget_worker, mark_worker
from annotations.actions.timeouts import sweep_all
from annotations.actions.turns import write_turn
from annotations.jobs import deliveries, runner
from annotations.jobs.analyses import take_up_abandoned
from annotations.jobs.lanes import TaskRow
from annotations.jobs.pulse import Pulse

TIDIED_EVERY = 3600.0  # seconds


@contextmanager
def claiming(using: str | None = None) -> Iterator[None]:
    """Opens the transaction in which a task is taken from the queue: in turn, like all who write."""
    with write_turn():
        yield


def in_turn(write: Callable[..., None], row: TaskRow) -> Callable[..., None]:
    """Returns a task's method that writes when it is its turn: SQLite's own wait would sleep past many turns of others.

    Each try has a turn of its own. The library's tries would share one, whose transaction the first failure ends, and
    sleep while others wait for it.
    """
    once = unwrap(write)

    def written(*given: Any) -> None:
        with write_turn():
            once(row, *given)

    tried: Callable[..., None] = retry()(written)
    return tried


class Worker(db_worker.Worker):
    """Takes tasks from the queue. Told to end, it lets a job stop after the chunk it is at."""

    # By the clock that only goes forward; a worker that has just begun has not tidied yet.
    tidied_at: float | None = None

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Receives the signal to end."""
        runner.Stop.asked = True
        super().shutdown(signum, frame)

    def run(self) -> None:
        """Works until it is told to end, under a mark that says that it lives."""
        self._sign_of_life()
        try:
            with Pulse(self._sign_of_life, seconds=settings.JOB_STALE_SECONDS / 3):
                super().run()
        finally:
            forget_worker(self.worker_id)

    def run_task(self, db_task_result: TaskRow) -> None:
        """Runs a task, and marks it as ended."""
        db_task_result.set_successful = in_turn(DBTaskResult.set_successful, db_task_result)
        db_task_result.set_failed = in_turn(DBTaskResult.set_failed, db_task_result)
        super().run_task(db_task_result)

    def _sign_of_life(self) -> None:
        mark_worker(self.worker_id)
        runner.look_after()
        sweep_all()
        deliveries.look_after()
        take_up_abandoned()
        self.tidy_now_and_then()

    def tidy_now_and_then(self) -> None:
        """Forgets what nobody needs any more, also where a worker runs for months."""
        now = time.monotonic()
        if self.tidied_at is None or now - self.tidied_at >= TIDIED_EVERY:
            self.tidied_at = now
            runner.tidy()
            deliveries.tidy()


class Command(db_worker.Command):
    """Runs the worker above in place of the library's."""

    def handle(self, **options: Any) -> None:
        """Runs the worker: the library's command has no other way to be given one, or to claim in turn."""
        db_worker.Worker = Worker  # type: ignore[misc] # mypy lets no class be replaced
        db_worker.exclusive_transaction = claiming  # type: ignore[attr-defined] # imported there to be used
        super().handle(**options)
