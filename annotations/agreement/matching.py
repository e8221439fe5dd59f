"""Which span of one person stands for which of another? Pairs of two sets of spans, none used twice."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from annotations.records import Range, SpanRecord

Pair = tuple[SpanRecord, SpanRecord]


def overlap(one: Sequence[Range], other: Sequence[Range]) -> int:
    """Returns how many code points two spans share; the ranges of each stand in order and apart."""
    shared = first = second = 0
    while first < len(one) and second < len(other):
        start = max(one[first][0], other[second][0])
        end = min(one[first][1], other[second][1])
        shared += max(end - start, 0)
        if one[first][1] <= other[second][1]:
            first += 1
        else:
            second += 1
    return shared


def exact_pairs(
    ours: Sequence[SpanRecord], theirs: Sequence[SpanRecord], *, key: Callable[[SpanRecord], Any]
) -> list[Pair]:
    """Returns pairs of spans with the same key, in the order of `ours`."""
    waiting: dict[Any, list[SpanRecord]] = defaultdict(list)
    for span in reversed(theirs):
        waiting[key(span)].append(span)
    return [(span, waiting[key(span)].pop()) for span in ours if waiting.get(key(span))]


def overlapping_pairs(ours: Sequence[SpanRecord], theirs: Sequence[SpanRecord]) -> list[Pair]:
    """Returns pairs of spans that share code points; whichever two share most come first, of equals the earliest."""
    shared = [
        (-overlap(one.ranges, other.ranges), one.ranges, other.ranges, at, opposite)
        for at, opposite in _touching(ours, theirs)
        for one, other in [(ours[at], theirs[opposite])]
    ]
    taken_ours: set[int] = set()
    taken_theirs: set[int] = set()
    pairs = []
    for negative, _one, _other, at, opposite in sorted(shared):
        if negative < 0 and at not in taken_ours and opposite not in taken_theirs:
            taken_ours.add(at)
            taken_theirs.add(opposite)
            pairs.append((ours[at], theirs[opposite]))
    return pairs


def _touching(ours: Sequence[SpanRecord], theirs: Sequence[SpanRecord]) -> Iterator[tuple[int, int]]:
    """Yields the places of spans whose whole extents share code points: a sweep over their beginnings."""
    begins = sorted(
        [(span.ranges[0][0], 0, at) for at, span in enumerate(ours)]
        + [(span.ranges[0][0], 1, at) for at, span in enumerate(theirs)]
    )
    sides = (ours, theirs)
    running: tuple[list[int], list[int]] = ([], [])
    for start, side, at in begins:
        other = 1 - side
        running[other][:] = [opposite for opposite in running[other] if sides[other][opposite].ranges[-1][1] > start]
        yield from ((at, opposite) if side == 0 else (opposite, at) for opposite in running[other])
        running[side].append(at)
