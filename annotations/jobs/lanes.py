"""How do several workers share a long run? In lanes: a lane is a task of its own, for the articles of one remainder.

A task that its worker did not end waits for ever in the queue's table: it is taken up again here.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.tasks import Task, TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from annotations.actions.turns import write_turn

type AnyTask = Task[..., Any]
type TaskRow = DBTaskResult[..., Any]

# A task takes a slice of some seconds: one that runs longer has lost its worker.
DEAD_AFTER = timedelta(minutes=2)
# What so many workers died of is not tried again until something new is queued.
MOST_DEATHS = 3


def rows_of(task: AnyTask) -> QuerySet[TaskRow]:
    """Returns the queue's rows of a task."""
    return DBTaskResult.objects.filter(task_path=task.module_path)


def at_work(task: AnyTask) -> QuerySet[TaskRow]:
    """Returns the rows of a task that wait for a worker, or have one that lives."""
    lives = Q(status=TaskResultStatus.RUNNING, started_at__gt=timezone.now() - DEAD_AFTER)
    return rows_of(task).filter(Q(status=TaskResultStatus.READY) | lives)


def part(task: AnyTask, after: int, step: str, *, lanes: int) -> None:
    """Queues a task for each lane of a step that is not at work yet, from an article on."""
    with write_turn():
        for lane in sorted(set(range(lanes)) - _taken(task, step, lanes=lanes)):
            task.enqueue(after, step, lane, lanes)


def _taken(task: AnyTask, step: str, *, lanes: int) -> set[int]:
    """Returns those of a step's lanes that are at work; args are (after, step, lane, lanes), and more."""
    given = (row.args_kwargs["args"] for row in at_work(task))
    return {args[2] for args in given if len(args) >= 4 and args[1] == step and args[3] == lanes}


def take_up(task: AnyTask) -> None:
    """Queues again, where it stood, what workers died over."""
    dead = rows_of(task).filter(status=TaskResultStatus.RUNNING, started_at__lte=timezone.now() - DEAD_AFTER)
    for row in dead:
        is_hopeless = len(row.worker_ids) >= MOST_DEATHS
        ended = {"status": TaskResultStatus.FAILED, "finished_at": timezone.now()}
        dead.filter(pk=row.pk).update(**ended if is_hopeless else {"status": TaskResultStatus.READY})
