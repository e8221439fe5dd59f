"""How is the next batch read while this one is written out? By a thread with a connection of its own.

PostgreSQL reads in a process of its own, so that both work at once. SQLite works in this one, where nothing is gained;
and what a transaction has written is seen by its own connection only. There a batch is read when it is wanted.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Protocol

from django.db import OperationalError, connection, connections


class Asking(Protocol):
    """Has something read, ahead where that can be; what it returns gives, once it is called, what was read."""

    def __call__[T](self, read: Callable[[], T]) -> Callable[[], T]:
        """Asks for one reading. Only one is under way at a time."""


@contextmanager
def reading_ahead() -> Iterator[Asking]:
    """Lets readings be asked for until the block ends; one under way is waited for, and its connection is closed."""
    with ThreadPoolExecutor(1, "ahead") as thread:
        begun = False

        def ask[T](read: Callable[[], T]) -> Callable[[], T]:
            nonlocal begun
            if connection.vendor == "sqlite" or connection.in_atomic_block:
                return read
            begun, reading = True, thread.submit(read)

            def found() -> T:
                try:
                    return reading.result()
                except OperationalError:  # there may be no second connection to be had
                    return read()

            return found

        try:
            yield ask
        finally:
            if begun:
                thread.submit(connections.close_all)
