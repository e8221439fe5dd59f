"""Whose turn is it? On SQLite one at a time: threads and processes queue instead of polling the file."""

import fcntl
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from itertools import count

from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections, models, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper as Sqlite

_turn = threading.Lock()
# What is claimed on SQLite is spread over so many files: who works on other rows need not wait.
CLAIMS = 16
# SQLite's level at which, with a write-ahead log, only checkpoints wait for the disk.
NORMAL = 1
# Every so many derived turns the log is written back after the turn: mostly before it is so long that a commit of
# whoever has the turn would do it (settings.py).
BETWEEN = 4
_derived = count(1)
_claims = [threading.Lock() for _ in range(CLAIMS)]


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
    database = connections[DEFAULT_DB_ALIAS]
    on_disk = isinstance(database, Sqlite) and not database.in_atomic_block and not database.is_in_memory_db()
    with _alone(f"{database.settings_dict['NAME']}-turn", _turn) if on_disk else nullcontext(), transaction.atomic():
        yield


@contextmanager
def derived_turn() -> Iterator[None]:
    """Opens a transaction like `write_turn`, for what can be made again: its end does not wait for the disk.

    After a power cut the last of it may be missing, and is found to be; whatever people write later takes it along.
    Within another transaction it ends with that one, as safely as that does.
    """
    if connection.in_atomic_block:
        with write_turn():
            yield
        return
    with _hasty_sqlite() if connection.vendor == "sqlite" else nullcontext(), write_turn():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL synchronous_commit = off")
        yield


@contextmanager
def _hasty_sqlite() -> Iterator[None]:
    """Lets commits of this connection return before they are on the disk; their order is kept.

    What waits for the disk is writing the log back into the database: that is done when others may write, mostly. What
    they wrote meanwhile is left for the next turn that finds the log long: else it would grow as long as they do.
    """
    with connection.cursor() as cursor:
        level = cursor.execute("PRAGMA synchronous").fetchone()[0]
        cursor.execute(f"PRAGMA synchronous = {min(level, NORMAL)}")
        try:
            yield
            if next(_derived) % BETWEEN == 0:
                with suppress(OperationalError):  # who goes through rows of this connection still reads the log
                    cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        finally:
            cursor.execute(f"PRAGMA synchronous = {level}")


@contextmanager
def claimed[M: models.Model](rows: models.QuerySet[M], *, keys: Iterable[int]) -> Iterator[list[M]]:
    """Gives rows to this process alone until the block ends; those that another process has are not among them.

    For work that takes a while. On PostgreSQL the rows are locked, though not against references to them. On SQLite a
    transaction would stop all who write, so the processes that claim rows of like `keys` queue at files of their own.
    """
    with ExitStack() as held:
        if connection.vendor != "sqlite":
            held.enter_context(transaction.atomic())
            rows = rows.select_for_update(of=("self",), no_key=True, skip_locked=True)
        else:
            for at in sorted({key % CLAIMS for key in keys}):  # all in one order: nobody waits in a circle
                held.enter_context(_alone(f"{connection.settings_dict['NAME']}-claim-{at}", _claims[at]))
        yield list(rows.order_by("pk"))
