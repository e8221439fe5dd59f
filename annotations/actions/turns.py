"""Whose turn is it to write? On SQLite one at a time: threads of a process queue instead of polling the file."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import connection, transaction

_turn = threading.Lock()


@contextmanager
def write_turn() -> Iterator[None]:
    """Opens a transaction that writes; on SQLite after the other threads of this process.

    SQLite's own wait sleeps for ever longer intervals, up to 100 ms: with eight clients at once it made
    the slowest saves take seconds.
    """
    alone = connection.vendor == "sqlite" and not connection.in_atomic_block
    with _turn if alone else nullcontext(), transaction.atomic():
        yield
