"""How long does a piece of work take: by the clock, and in processor time of this program and its PostgreSQL?"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROUNDS = 9


class Taken(NamedTuple):
    """Medians in milliseconds: by the clock, and of the two processors' time in this process and in the database's."""

    wall: float
    own: float
    database: float

    @property
    def computed(self) -> float:
        """What the work needs of a processor, whatever else the machine does."""
        return self.own + self.database


def taken(work: Callable[[], object], *, rounds: int = 5) -> Taken:
    """Measures a piece of work so many times; SQLite computes in this process."""
    pid = backend()
    seen = []
    for _ in range(rounds):
        wall, own, database = time.perf_counter(), time.process_time(), on_processor(pid)
        work()
        seen.append(
            (time.perf_counter() - wall, time.process_time() - own, on_processor(pid) - database)
        )  # fmt: skip
    return Taken(*(statistics.median(column) * 1000 for column in zip(*seen, strict=True)))


def median_ms(work: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """Returns the median time of a piece of work by the clock, in milliseconds."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def backend() -> int | None:
    """Returns the process of this connection's server; None on SQLite, which has none."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def on_processor(pid: int | None) -> float:
    """Returns the seconds that the process of the connection has had of a processor; 0 where there is none to ask."""
    statistics_of = Path(f"/proc/{pid}/schedstat")
    if pid is None or not statistics_of.exists():
        return 0.0
    return int(statistics_of.read_text().split()[0]) / 1e9
