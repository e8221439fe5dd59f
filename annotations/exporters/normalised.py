"""How does a record look in the engine's normalised text? The same record, every offset mapped to the other text."""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from annotations.exporters.losses import Loss, Losses, ranges_said
from annotations.records import AnnotationSetRecord, Range, Record, Section, SpanRecord, quote_of
from annotations.text.freeze import text_sha256
from annotations.text.normalise import Normalised
from annotations.text.offsets import OffsetMap


def normalised_records(
    records: Iterable[Record], losses: Losses, *, view: Callable[[Record], Normalised]
) -> Iterator[Record]:
    """Yields the records with the text that `view` gives; a span that has nothing left there goes with its relations.

    `meta.published_sha256` names the text as it was published.
    """
    for record in records:
        made = view(record)
        yield msgspec.structs.replace(
            record,
            text=made.text,
            text_sha256=text_sha256(made.text),
            sections=tuple(
                Section(part.kind, *place)
                for part in record.sections
                if (place := made.map.map_range(part.start, part.end)) and place[0] < place[1]
            ),
            annotation_sets=tuple(_set(record, work, made, losses) for work in record.annotation_sets),
            meta=record.meta | {"published_sha256": record.text_sha256},
        )


def _set(record: Record, work: AnnotationSetRecord, made: Normalised, losses: Losses) -> AnnotationSetRecord:
    spans: list[SpanRecord] = []
    gone: set[str | None] = set()
    for span in work.spans:
        ranges = _mapped(span.ranges, made.map)
        said = (record.id, work.id, span.id, span.label, span.quote, ranges_said(span.ranges))
        if not ranges:
            gone.add(span.id)
            losses.add(Loss("vanished", *said))
            continue
        if _mapped(ranges, made.map.inverse) != span.ranges:
            losses.add(Loss("bent", *said, ranges_said(ranges)))
        spans.append(msgspec.structs.replace(span, ranges=ranges, quote=quote_of(made.text, ranges)))
    kept = []
    for relation in work.relations:
        ends = [relation.head, relation.via, relation.tail]
        if gone & set(ends):
            losses.add(Loss("relations", record.id, work.id, relation.id, relation.label, was=ends))
        else:
            kept.append(relation)
    return msgspec.structs.replace(work, spans=tuple(spans), relations=tuple(kept))


def _mapped(ranges: Iterable[Range], map: OffsetMap) -> tuple[Range, ...]:
    """Returns the ranges in the other text, in order; pieces that meet there become one."""
    found: list[Range] = []
    for start, end in (map.map_range(*piece) for piece in ranges):
        if start < end and found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return tuple(found)
