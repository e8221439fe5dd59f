"""Where one person says this label, what does the other say? Pairs of spans, whatever their labels, and what is alone.

Spans of one pair of people are matched in this order: equal ranges and label, equal ranges, most code points shared.
The rest stands against nothing.
"""

from collections.abc import Iterator, Sequence

from annotations.agreement.matching import Pair, exact_pairs, overlapping_pairs
from annotations.records import SpanRecord

Case = tuple[SpanRecord | None, SpanRecord | None]


def cases(ours: Sequence[SpanRecord], theirs: Sequence[SpanRecord]) -> Iterator[Case]:
    """Yields each span of both people once: beside the span it was matched with, or beside None."""
    left, right = list(ours), list(theirs)
    for match in (_alike, _same_place, overlapping_pairs):
        found = match(left, right)
        yield from found
        used = {id(span) for pair in found for span in pair}
        left = [span for span in left if id(span) not in used]
        right = [span for span in right if id(span) not in used]
    yield from ((span, None) for span in left)
    yield from ((None, span) for span in right)


def _alike(ours: Sequence[SpanRecord], theirs: Sequence[SpanRecord]) -> list[Pair]:
    return exact_pairs(ours, theirs, key=lambda span: (span.label, span.ranges))


def _same_place(ours: Sequence[SpanRecord], theirs: Sequence[SpanRecord]) -> list[Pair]:
    return exact_pairs(ours, theirs, key=lambda span: span.ranges)
