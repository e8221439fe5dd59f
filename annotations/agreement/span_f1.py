"""How alike are two people's spans? F1, exact and partial, over all labels and for each.

F1 = 2m / (a + b), with m matched pairs of a spans on one side and b on the other: the same whichever side is taken for
the key. Exact: label and every range are equal. Partial: the label is equal and the spans share a code point; each span
is used once. Places where neither person marked anything do not count: there is no number of them, and for rare spans
F1 comes close to kappa (Hripcsak and Rothschild, «Agreement, the F-measure, and reliability in information
retrieval», 2005).
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from annotations.agreement.matching import exact_pairs, overlapping_pairs
from annotations.agreement.tally import Column, Counts, Tally
from annotations.records import SpanRecord

EXACT, PARTIAL = "exact", "partial"


def count(ours: Sequence[SpanRecord], theirs: Sequence[SpanRecord], *, scope: object) -> Counts:
    """Counts the spans of a pair of people on one article and the matches among them, by label, under `scope`."""
    counts: Counts = Counter()
    for span in (*ours, *theirs):
        counts["spans", scope, span.label] += 1
    for one, _other in exact_pairs(ours, theirs, key=lambda span: (span.label, span.ranges)):
        counts[EXACT, scope, one.label] += 1
    for label in {span.label for span in ours} & {span.label for span in theirs}:
        pairs = overlapping_pairs([s for s in ours if s.label == label], [s for s in theirs if s.label == label])
        counts[PARTIAL, scope, label] += len(pairs)
    return counts


def f1(tally: Tally, *, kind: str, scopes: Iterable[object], labels: Iterable[str]) -> Column:
    """Returns micro F1 over pairs of people (`scopes`) and labels; NaN where none of them marked anything."""
    keys = [(scope, label) for scope in scopes for label in labels]
    matched = sum((tally.of((kind, *key)) for key in keys), tally.of(None))
    spans = sum((tally.of(("spans", *key)) for key in keys), tally.of(None))
    shares: Column = 2 * matched / spans
    return shares
