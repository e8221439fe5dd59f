"""How far do people agree on one article? One number, by which adjudication begins where they agree least."""

from collections.abc import Sequence
from itertools import combinations

from annotations.agreement.matching import exact_pairs
from annotations.records import AnnotationSetRecord, SpanRecord


def mean_f1(works: Sequence[AnnotationSetRecord]) -> float | None:
    """Returns the mean over all pairs of sets of their spans' exact F1; None for fewer than two sets.

    Two sets that hold no span at all say the same: 1.
    """
    pairs = [pair_f1(one.spans, other.spans) for one, other in combinations(works, 2)]
    return sum(pairs) / len(pairs) if pairs else None


def pair_f1(ours: Sequence[SpanRecord], theirs: Sequence[SpanRecord]) -> float:
    """Returns 2m / (a + b) of the spans with equal label and ranges."""
    if not ours and not theirs:
        return 1.0
    matched = exact_pairs(ours, theirs, key=lambda span: (span.label, span.ranges))
    return 2 * len(matched) / (len(ours) + len(theirs))
