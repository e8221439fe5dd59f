"""How does a row of spans or relations become a record? Plain tuples in, frozen values out."""

from typing import Any

from annotations.records import RelationRecord, SpanRecord, quote_of

SPAN_COLUMNS = ("uid", "label__key", "start", "end", "fragments", "attributes", "entity__key")
RELATION_COLUMNS = (
    "uid", "label__key",
    "head_kind", "head_span__uid", "head_topic__key",
    "via_kind", "via_span__uid", "via_topic__key",
    "tail_kind", "tail_span__uid", "tail_topic__key",
    "attributes",
)  # fmt: skip


def span_record(row: tuple[Any, ...], text: str) -> SpanRecord:
    """Builds a span from SPAN_COLUMNS; the quote is sliced from the text."""
    uid, label, start, end, fragments, attributes, entity = row
    ranges = ((start, end),) if fragments is None else tuple((a, b) for a, b in fragments)
    return SpanRecord(uid, label, ranges, quote_of(text, ranges), attributes, entity)


def relation_record(row: tuple[Any, ...]) -> RelationRecord:
    """Builds a relation from RELATION_COLUMNS."""
    uid, label, *ends, attributes = row
    head, via, tail = (_end(*ends[at : at + 3]) for at in (0, 3, 6))
    return RelationRecord(uid, label, head, via or None, tail, attributes)


def _end(kind: str, span: str | None, topic: str | None) -> str:
    """Only a middle may be nothing."""
    if kind == "span" and span is not None:
        return span
    if kind == "topic":
        return f"topic:{topic}"
    return kind
