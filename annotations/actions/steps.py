"""What is worked out about articles behind the imports, and in which order? A table of steps; one more is one line."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import batched
from typing import Protocol

from django.db import connection

from annotations.actions.analyses import Normaliser, analyse_all
from annotations.actions.search import index_articles
from annotations.actions.stories import place_articles
from annotations.queries.analyses import unanalysed
from annotations.queries.indexed import unindexed
from annotations.queries.stories import unplaced
from annotations.text.analysed import analysed

# So many workers can share what takes most of the time: the end is well shared where the parts are small.
LANES = 16
# Of what takes less time, fewer: taking a part from the queue takes time, too.
FEW_LANES = 2


class Missing(Protocol):
    """Says which articles lack what a step makes."""

    def __call__(self, *, after: int = 0, lane: int = 0, lanes: int = 1) -> Iterator[int]:
        """Yields their ids greater than `after`, in order, a page at a time; of several lanes those of one."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is made of articles: who lacks it, and how it is made for one batch of ids.

    `make` returns how many it made, stores a batch whole or not at all, and leaves what is there already. A batch has
    `first` articles to begin with, and `most` where they are made quickly.

    So many workers share it, in as many `lanes`: one where it hardly works but writes, and one writes at a time.
    """

    name: str
    missing: Missing
    make: Callable[[Sequence[int]], int]
    first: int
    most: int
    lanes: int

    def batches(self) -> Iterable[tuple[int, ...]]:
        """Yields the ids of articles that lack it, a batch at a time."""
        return batched(self.missing(), self.most)


def steps(*, normalise: Normaliser = analysed) -> tuple[Step, ...]:
    """Returns the steps in their order: what is cheap and wanted first comes first."""
    return (
        Step("index", unindexed, index_articles, first=50, most=50, lanes=1 if _one_writes() else LANES),
        Step("stories", unplaced, place_articles, first=100, most=200, lanes=FEW_LANES),
        Step("analysis", unanalysed, partial(analyse_all, normalise=normalise), first=1, most=64, lanes=LANES),
    )


def _one_writes() -> bool:
    return connection.vendor == "sqlite"


def is_any_missing() -> bool:
    """Whether any article lacks anything."""
    return any(next(step.missing(), None) is not None for step in steps())
