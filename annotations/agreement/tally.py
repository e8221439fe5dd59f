"""How sure is a figure? Counts that add up over articles, and beside them those of resampled corpora.

The intervals are percentiles of a Poisson bootstrap over articles: in each resampled corpus an article counts as often
as a Poisson variable of mean 1 says, drawn from the article's own id. So articles may come in any order, in any number
of batches, in constant memory, and the same corpus has the same interval. (Chamandy, Muralidharan, Najmi and Naidu,
«Estimating uncertainty for massive data streams», 2012; Efron and Tibshirani, «Introduction to the bootstrap», 1993.)
"""

import math
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

REPLICATES = 200
LEVEL = 0.95
# What is counted, then the scope it is counted under, then what it is told apart by.
Key = tuple[Any, ...]
Counts = Counter[Key]
Column = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measure's value with its 95 % interval; None where nothing was there to be measured."""

    value: float | None
    low: float | None = None
    high: float | None = None


class Tally:
    """Sums by key: the corpus itself at place 0, then each resampled corpus."""

    def __init__(self, *, replicates: int = REPLICATES) -> None:
        self.replicates = replicates
        self.articles = 0
        self.sums: dict[Key, Column] = {}

    def add(self, counts: Mapping[Key, float], *, article: str) -> None:
        """Adds what was counted in one article; `article` is its id, from which its weights are drawn."""
        self.articles += 1
        weights = self._weights(article)
        for key, count in counts.items():
            if key in self.sums:
                self.sums[key] += count * weights
            else:
                self.sums[key] = count * weights

    def _weights(self, article: str) -> Column:
        drawn = np.random.default_rng(zlib.crc32(article.encode())).poisson(1.0, self.replicates)
        return np.concatenate(([1.0], drawn))

    def of(self, key: Key | None) -> Column:
        """Returns the sums of a key: zeros where it never came, and for None."""
        found = None if key is None else self.sums.get(key)
        return np.zeros(self.replicates + 1) if found is None else found

    def figure(self, measure: Callable[["Tally"], Column]) -> Figure:
        """Returns what a measure makes of the sums; it works on whole columns and says NaN where it has no value."""
        with np.errstate(divide="ignore", invalid="ignore"):
            values = np.asarray(measure(self), dtype=float)
        if not values.size or math.isnan(values[0]):
            return Figure(value=None)
        resampled = values[1:][~np.isnan(values[1:])]
        # One article's resampled corpora hold it once or more often: that is no certainty, and no interval.
        if self.articles < 2 or not resampled.size:
            return Figure(value=float(values[0]))
        tail = 50 * (1 - LEVEL)
        low, high = np.percentile(resampled, [tail, 100 - tail])
        return Figure(value=float(values[0]), low=float(low), high=float(high))
