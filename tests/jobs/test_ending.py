"""Is a task marked as ended though the database fails once, and does nobody wait meanwhile?"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.tasks import TaskResultStatus
from django_tasks_db import utils
from django_tasks_db.models import DBTaskResult

from annotations.jobs import analyses as jobs
from annotations.management.commands import db_worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether a transaction was open, for each time that somebody slept before another try."""
    found: list[bool] = []
    monkeypatch.setattr(utils, "time", SimpleNamespace(sleep=lambda _: found.append(connection.in_atomic_block)))
    return found


@pytest.fixture
def task() -> DBTaskResult:
    jobs.analyse_missing.enqueue(0, "analysis", 0, 1)
    return DBTaskResult.objects.get()


def test_a_write_that_fails_once_is_tried_again_in_another_turn(task: DBTaskResult, slept: list[bool]) -> None:
    failed: list[str] = []

    def fail_once(execute: Any, sql: str, *given: Any) -> Any:
        if "return_value" in sql and sql.startswith("UPDATE") and not failed:
            failed.append(sql)
            raise OperationalError("database is locked")
        return execute(sql, *given)

    with connection.execute_wrapper(fail_once):
        call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
    task.refresh_from_db()
    assert (task.status, task.traceback) == (TaskResultStatus.SUCCESSFUL, "")
    assert (len(failed), slept) == (1, [False])


def test_a_worker_that_runs_for_long_tidies_once_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, tidied = SimpleNamespace(now=0.0), []
    monkeypatch.setattr(db_worker, "time", SimpleNamespace(monotonic=lambda: clock.now))
    monkeypatch.setattr(db_worker.runner, "tidy", lambda: tidied.append(("jobs", clock.now)))
    monkeypatch.setattr(db_worker.deliveries, "tidy", lambda: tidied.append(("deliveries", clock.now)))
    worker = db_worker.Worker(
        queue_names=["default"], interval=1, batch=True, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id="w", excluded_queue_names=[],
    )  # fmt: skip
    for clock.now in (0.0, 600.0, 3599.0, 3600.0, 4000.0, 7200.0):
        worker._sign_of_life()
    assert tidied == [(what, at) for at in (0.0, 3600.0, 7200.0) for what in ("jobs", "deliveries")]


@pytest.mark.parametrize(
    ("end", "given", "status"),
    [
        (DBTaskResult.set_successful, None, TaskResultStatus.SUCCESSFUL),
        (DBTaskResult.set_failed, ValueError(), TaskResultStatus.FAILED),
    ],
)
def test_a_turn_that_does_not_begin_is_waited_for_again(
    task: DBTaskResult, slept: list[bool], monkeypatch: pytest.MonkeyPatch, end: Any, given: object, status: str
) -> None:
    begin = db_worker.write_turn

    @contextmanager
    def locked() -> Iterator[None]:
        if not slept:
            raise OperationalError("database is locked")
        with begin():
            yield

    monkeypatch.setattr(db_worker, "write_turn", locked)
    db_worker.in_turn(end, task)(given)
    task.refresh_from_db()
    assert (task.status, slept) == (status, [False])
