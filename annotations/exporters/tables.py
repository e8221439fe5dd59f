"""Which rows do records make? Articles, spans, relations and article labels, each a flat table joined by ids."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from annotations.exporters.spool import Spool
from annotations.exporters.views import View, views
from annotations.records import Record

_SET = ("article", "annotation_set", "kind", "annotator", "status")
NUMBERS = ("start", "end")
COLUMNS: dict[str, tuple[str, ...]] = {
    "articles": (
        "id", "text_sha256", "language", "source", "domain", "url", "author", "published_at", "supersedes", "headline",
        "text", "meta",
    ),
    "spans": (*_SET, "id", "label", "start", "end", "ranges", "quote", "entity", "attributes"),
    "relations": (
        *_SET, "id", "label", "head", "via", "tail", "head_quote", "via_quote", "tail_quote", "attributes",
    ),
    "labels": (*_SET, "label", "topic", "value"),
}  # fmt: skip
Row = tuple[str | int | None, ...]


def spooled(records: Iterable[Record], spool: Spool) -> None:
    """Puts the rows of all records into a spool, by table."""
    for record in records:
        spool.put("articles", [_article(record)])
        for view in views(record):
            spool.put("spans", _spans(view))
            spool.put("relations", _relations(view))
            spool.put("labels", _labels(view))


def _article(record: Record) -> Row:
    source, domain = (record.source.name, record.source.domain) if record.source else (None, None)
    headline = next((record.text[part.start : part.end] for part in record.sections if part.kind == "headline"), None)
    return (
        record.id, record.text_sha256, record.language, source, domain, record.url, record.author,
        record.published_at, record.supersedes, headline, record.text, _json(record.meta),
    )  # fmt: skip


def _spans(view: View) -> Iterator[Row]:
    for span in view.spans:
        ranges = ";".join(f"{start}-{end}" for start, end in span.ranges)
        yield (
            *_set(view), span.id, span.label, span.ranges[0][0], span.ranges[-1][1], ranges, span.quote, span.entity,
            _json(span.attributes),
        )  # fmt: skip


def _relations(view: View) -> Iterator[Row]:
    quotes = {span.id: span.quote for span in view.spans}
    for one in view.relations:
        ends = (one.head, one.via, one.tail)
        yield (
            *_set(view), one.id, one.label, *ends, *(quotes.get(end or "") for end in ends), _json(one.attributes),
        )  # fmt: skip


def _labels(view: View) -> Iterator[Row]:
    for one in view.work.labels if view.work else ():
        yield (*_set(view), one.label, one.topic, one.value)


def _set(view: View) -> Row:
    work = view.work
    return (view.record.id, *((work.id, work.kind, work.annotator, work.status) if work else (None,) * 4))


def _json(value: dict[str, Any]) -> str:
    return msgspec.json.encode(value, order="deterministic").decode()
