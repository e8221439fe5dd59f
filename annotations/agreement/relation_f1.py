"""How alike are two people's relations? F1 on equal ends.

Two relations match where label and all ends are equal; an end that is a span is equal to one with its label and
ranges, whatever the ids. Placeable are those whose spans both people marked, so that «missed the span» and «saw the
spans, not the relation» can be told apart.
"""

from collections import Counter
from collections.abc import Iterable

from annotations.agreement.tally import Column, Counts, Tally
from annotations.records import AnnotationSetRecord, RelationRecord

Signature = tuple[object, ...]
MATCHED, PLACEABLE = "relations matched", "relations placeable"


def signatures(work: AnnotationSetRecord) -> list[Signature]:
    """Returns each relation of a set as label, head, via and tail, spans by what they are instead of by id."""
    spans: dict[str | None, object] = {span.id: (span.label, span.ranges) for span in work.spans}

    def signature(relation: RelationRecord) -> Signature:
        return (relation.label, *(spans.get(end, end) for end in (relation.head, relation.via, relation.tail)))

    return [signature(relation) for relation in work.relations]


def count(ours: AnnotationSetRecord, theirs: AnnotationSetRecord, *, scope: object) -> Counts:
    """Counts the relations of a pair of people on one article, those that match and those both could have drawn."""
    counts: Counts = Counter()
    mine, other = Counter(signatures(ours)), Counter(signatures(theirs))
    marked = [{(span.label, span.ranges) for span in work.spans} for work in (ours, theirs)]
    for signature, number in (mine + other).items():
        counts["relations", scope, signature[0]] += number
        if all(end in marked[0] and end in marked[1] for end in signature[1:] if isinstance(end, tuple)):
            counts[PLACEABLE, scope, signature[0]] += number
    for signature, number in (mine & other).items():
        counts[MATCHED, scope, signature[0]] += number
    return counts


def f1(tally: Tally, *, scopes: Iterable[object], labels: Iterable[str], on_matched_spans: bool = False) -> Column:
    """Returns micro F1 of relations; with `on_matched_spans` only of those whose spans both people marked."""
    of = PLACEABLE if on_matched_spans else "relations"
    keys = [(scope, label) for scope in scopes for label in labels]
    matched = sum((tally.of((MATCHED, *key)) for key in keys), tally.of(None))
    shares: Column = 2 * matched / sum((tally.of((of, *key)) for key in keys), tally.of(None))
    return shares
