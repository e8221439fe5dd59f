"""How are ranges that lie apart written in few digits? As the distances from edge to edge, half the weight in JSON."""

from collections.abc import Iterable
from itertools import accumulate, batched

from annotations.text.ink import Range


def steps(ranges: Iterable[Range]) -> list[int]:
    """Returns ranges, in order, as the distances from edge to edge."""
    made: list[int] = []
    at = 0
    for start, end in ranges:
        made += start - at, end - start
        at = end
    return made


def ranges_of(made: Iterable[int]) -> list[Range]:
    """Returns the ranges that `steps` wrote."""
    return list(batched(accumulate(made), 2, strict=True))
