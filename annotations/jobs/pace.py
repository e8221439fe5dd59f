"""How many articles are taken at once? More after each that went quickly, fewer after one that took long."""

import time
from collections.abc import Iterator
from itertools import islice

# Who waits for an article, and a signal to stop, wait no longer than a batch takes.
QUICK_SECONDS = 0.5
# A batch has at most so many times as many articles as the one before it: they need not be alike.
FASTER = 8


class Pace:
    """Takes ids in batches: `first` to begin with, `most` at the most."""

    def __init__(self, *, first: int, most: int) -> None:
        self.size, self.most = first, most
        self.began: float | None = None

    def take(self, ids: Iterator[int]) -> tuple[int, ...]:
        """Returns the next batch, empty at the end; what the one before it took is what passed since."""
        now = time.monotonic()
        if self.began is not None:
            self.size = max(min(self._next(now - self.began), self.most), 1)
        self.began = now
        return tuple(islice(ids, self.size))

    def _next(self, seconds: float) -> int:
        """Returns how many would take as long as may be, judged by a batch that took so long."""
        if seconds >= QUICK_SECONDS:
            return self.size // 2
        return int(self.size * min(QUICK_SECONDS / seconds, FASTER)) if seconds else self.size * FASTER

    def stumble(self) -> None:
        """Takes one at a time next, after a batch in which something failed."""
        self.size, self.began = 1, None
