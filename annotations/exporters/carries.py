"""What of a record can a format hold at all? The names of it, and the report of what it holds nothing of."""

from collections.abc import Iterable, Iterator

from annotations.exporters.losses import Loss, Losses
from annotations.records import AnnotationSetRecord, Record, RelationRecord, SpanRecord

# In the order of the table in docs/formats.md. `characters`: spans that begin or end inside a token; `ends`: relations
# with a middle, or with an end that is no span.
IN_ORDER = (
    "spans", "characters", "nested", "discontinuous", "attributes", "entities", "relations", "ends", "labels", "sets",
    "meta",
)  # fmt: skip
FEATURES = frozenset(IN_ORDER)


def reported(records: Iterable[Record], lost: frozenset[str], losses: Losses) -> Iterator[Record]:
    """Yields the records, and reports of each what a format holds nothing of: `lost`."""
    for record in records:
        for work in record.annotation_sets:
            for loss in _lost(record, work, lost):
                losses.add(loss)
        yield record


def _lost(record: Record, work: AnnotationSetRecord, lost: frozenset[str]) -> Iterator[Loss]:
    if "spans" in lost:
        for span in work.spans:
            yield Loss("spans", record.id, work.id, span.id, span.label, span.quote, [list(one) for one in span.ranges])
    if "relations" in lost:
        for relation in work.relations:
            ends = [relation.head, relation.via, relation.tail]
            yield Loss("relations", record.id, work.id, relation.id, relation.label, was=ends)
    if "attributes" in lost:
        kept: list[SpanRecord | RelationRecord] = [*work.spans, *(() if "relations" in lost else work.relations)]
        for one in kept:
            if one.attributes:
                quote = one.quote if isinstance(one, SpanRecord) else None
                given = (record.id, work.id, one.id, one.label, quote)
                yield Loss("attributes", *given, was=one.attributes, count=len(one.attributes))
    if "entities" in lost:
        for span in work.spans:
            if span.entity:
                yield Loss("entities", record.id, work.id, span.id, span.label, span.quote, was=span.entity)
    if "labels" in lost:
        for label in work.labels:
            yield Loss("labels", record.id, work.id, None, label.label, was=[label.topic, label.value])
