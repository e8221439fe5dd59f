"""Whose turn is it? On SQLite one at a time: threads and processes queue instead of polling the file."""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import IO

from django.db import connection, models, transaction

_turn = threading.Lock()
_claim = threading.Lock()


@contextmanager
def _alone(path: str, lock: threading.Lock) -> Iterator[None]:
    """Waits for the other threads of this process, then in the kernel's queue for the other processes."""
    with lock, open(path, "ab") as file:  # closing it gives the lock back
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def write_turn() -> Iterator[None]:
    """Opens a transaction that writes; on SQLite when the writers before it are done.

    SQLite's own wait sleeps for ever longer intervals, up to 100 ms: with eight clients at once it made
    the slowest saves take seconds.
    """
    name = connection.settings_dict["NAME"] if connection.vendor == "sqlite" and not connection.in_atomic_block else ""
    on_disk = name and not connection.is_in_memory_db()
    with _alone(f"{name}-turn", _turn) if on_disk else nullcontext(), transaction.atomic():
        yield


@contextmanager
def claimed[M: models.Model](rows: models.QuerySet[M]) -> Iterator[M | None]:
    """Gives the one row to this process alone until the block ends; None where another process has it.

    For work that takes a while. On PostgreSQL the row is locked, though not against references to it. On SQLite a
    transaction would stop all who write, so processes claim the byte of a file whose place is the row's id; the
    threads of one process, which share such a claim, take turns.
    """
    if connection.vendor != "sqlite":
        with transaction.atomic():
            yield rows.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
    else:
        with _claim, open(f"{connection.settings_dict['NAME']}-claim", "ab") as file:
            row = rows.first()
            yield row if row is not None and _is_ours(file, row.pk) else None


def _is_ours(file: IO[bytes], place: int) -> bool:
    """Locks one byte until the file is closed; returns whether no other process holds it."""
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
    except (BlockingIOError, PermissionError):  # POSIX allows either
        return False
    return True
