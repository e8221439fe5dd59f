"""Whose turn is it to write? On SQLite one at a time: threads and processes queue instead of polling the file."""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import connection, transaction

_turn = threading.Lock()


@contextmanager
def _alone(path: str) -> Iterator[None]:
    """Waits for the other threads of this process, then in the kernel's queue for the other processes."""
    with _turn, open(path, "ab") as file:  # closing it gives the lock back
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
    with _alone(f"{name}-turn") if on_disk else nullcontext(), transaction.atomic():
        yield
