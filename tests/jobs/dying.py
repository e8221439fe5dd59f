"""A program for tests: workers that get a signal at a statement to the database, one after the other.

Django is loaded once; each worker is a fork of its own. `python -m tests.jobs.dying JOB CHUNK KILL[,KILL…]`: the first
worker gets SIGKILL before its KILL[0]th statement or commit, SIGTERM where that is negative, and so on; then workers
run until the job has ended.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import django

BOUND_SECONDS = 90


def main(pk: int, chunk: int, kills: list[int]) -> None:
    django.setup()
    from django.db import connection
    from django.db.models import F

    from annotations.actions import imports
    from annotations.jobs.analyses import queue_missing
    from annotations.models import Job, JobState

    imports.BATCH = chunk
    imports.articles_stored.disconnect(queue_missing)
    until = time.monotonic() + BOUND_SECONDS
    while time.monotonic() < until:
        job = Job.objects.get(pk=pk)
        connection.close()
        if job.is_ended:
            return
        killed = in_a_fork(lambda: work(kills[0] if kills else 0))
        if kills and (killed or (kills[0] < 0 and Job.objects.get(pk=pk).done > job.done)):
            print("killed at statement", kills.pop(0), "after", Job.objects.get(pk=pk).state, flush=True)
            # Nobody waits here until it is clear that the runner is dead: its last sign of life becomes an old one.
            Job.objects.filter(pk=pk, state=JobState.RUNNING).update(heartbeat=F("heartbeat") - timedelta(hours=1))
        connection.close()
    sys.exit("the job has not ended")


def in_a_fork(work: Callable[[], None]) -> bool:
    """Runs something in a process of its own; returns whether a signal ended it."""
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


class Death:
    """A signal to this process before so many statements and commits; none where it is 0, SIGTERM where negative."""

    def __init__(self, at: int) -> None:
        self.signal, self.left, self.is_near = signal.SIGTERM if at < 0 else signal.SIGKILL, abs(at), False

    def count(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), self.signal)

    @contextmanager
    def near(self) -> Iterator[None]:
        """Counts statements until the block ends, and commits from the first such block on."""
        from django.db import connection
        from django.db.backends.base.base import BaseDatabaseWrapper

        commit = BaseDatabaseWrapper._commit

        def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            self.count()
            return execute(sql, params, many, context)

        def committed(wrapper: Any) -> Any:
            self.count()
            return commit(wrapper)

        if not self.is_near:
            BaseDatabaseWrapper._commit, self.is_near = committed, True
        with connection.execute_wrapper(counted):
            yield


def work(kill_at: int) -> None:
    from django.core.management import call_command
    from django.db import connection

    from annotations.jobs import runner

    death = Death(kill_at)
    run_slice = runner.run_slice

    def dying_slice(*args: Any, **options: Any) -> str:
        with death.near():
            return run_slice(*args, **options)

    runner.run_slice = dying_slice
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
    connection.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), [int(number) for number in sys.argv[3].split(",") if number])
