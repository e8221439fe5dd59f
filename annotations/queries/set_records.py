"""How does an annotation set with all it holds become a record? One row a set, what it holds gathered by kind."""

import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db.models import F, QuerySet
from msgspec import UNSET

from annotations.models import AnnotationSet, ArticleLabel, Provenance, Relation, SetKind, Span
from annotations.queries.catalogue import Catalogue
from annotations.queries.gathered import as_text, gathered, rows_of
from annotations.queries.rows import relation_record
from annotations.records import (
    AnnotationSetRecord,
    ArticleLabelRecord,
    ProvenanceRecord,
    Range,
    RelationRecord,
    SpanRecord,
    quote_of,
)

# Labels, entities and topics are gathered as ids, which the catalogue knows: a batch that joins them takes PostgreSQL
# half as long to plan as to read. Spans begin with what they are sorted by, and that is never null. Of two that begin
# together the longer comes first: hence the end is negative.
SPAN = ("start", -F("end"), "uid", "label_id", as_text("fragments"), as_text("attributes"), "entity_id")
RELATION = (
    "uid", "label_id",
    "head_kind", "head_span__uid", "head_topic_id",
    "via_kind", "via_span__uid", "via_topic_id",
    "tail_kind", "tail_span__uid", "tail_topic_id",
    as_text("attributes"),
)  # fmt: skip
LABEL = ("label_id", "topic_id", "value")
ORIGIN = ("uid", as_text("sources"))
COLUMNS = ("uid", "kind", "pseudonym", "status", "created_at", "updated_at", "submitted_at")
# The columns of a set itself take as much memory as a Persian text of so many code points.
OWN_COLUMNS = 300


def set_rows(sets: QuerySet[AnnotationSet]) -> QuerySet[AnnotationSet, tuple[Any, ...]]:
    """Returns of each set the id of its article and what `set_record` takes; for their order see `in_order`."""
    return sets.order_by().values_list(
        "article_id",
        *COLUMNS,
        gathered(Span, "annotation_set", *SPAN),
        gathered(Relation, "annotation_set", *RELATION),
        gathered(ArticleLabel, "annotation_set", *LABEL),
        gathered(Provenance, "gold", *ORIGIN),
    )


def in_order(row: tuple[Any, ...]) -> tuple[str, str]:
    """Tells the order of an article's sets in a record: databases order the letters of pseudonyms each in their way."""
    _article, _uid, kind, pseudonym, *_rest = row
    return kind, pseudonym


def size_of(row: tuple[Any, ...]) -> int:
    """Returns of about how many code points a set is: what was gathered of it, and its own columns."""
    *_columns, spans, relations, labels, origins = row
    return OWN_COLUMNS + sum(len(rows) for rows in (spans, relations, labels, origins) if rows)


def set_record(row: tuple[Any, ...], text: str, catalogue: Catalogue) -> AnnotationSetRecord:
    """Builds the record of a set on a text. Raises KeyError for what the catalogue does not have."""
    (_article, uid, kind, pseudonym, status, created_at, updated_at, submitted_at, spans, relations, labels,
     origins) = row  # fmt: skip
    return AnnotationSetRecord(
        uid,
        kind,
        pseudonym or None,
        status,
        rfc3339(created_at),
        rfc3339(updated_at),
        submitted_at and rfc3339(submitted_at),
        _spans(spans, text, catalogue) if spans else (),
        _relations(relations, catalogue) if relations else (),
        _labels(labels, catalogue) if labels else (),
        _provenance(origins) if origins and kind == SetKind.GOLD else UNSET,
    )


def _spans(rows: str, text: str, catalogue: Catalogue) -> tuple[SpanRecord, ...]:
    keys, entities = catalogue.label_keys, catalogue.entity_keys
    spans = []
    # Sorted here: a set at a time is less work than the database's sort of a whole batch.
    for start, minus_end, uid, label, fragments, attributes, entity in sorted(rows_of(rows)):
        if fragments is None:
            ranges: tuple[Range, ...] = ((start, -minus_end),)
            quote = text[start:-minus_end]
        else:
            ranges = tuple(map(tuple, json.loads(fragments)))
            quote = quote_of(text, ranges)
        entity_key = None if entity is None else entities[entity]
        spans.append(SpanRecord(uid, keys[label], ranges, quote, object_of(attributes), entity_key))
    return tuple(spans)


def _relations(rows: str, catalogue: Catalogue) -> tuple[RelationRecord, ...]:
    relations = []
    for uid, label, *ends, attributes in sorted(rows_of(rows)):
        ends[2::3] = [topic and catalogue.topic_keys[topic] for topic in ends[2::3]]
        relations.append(relation_record((uid, catalogue.label_keys[label], *ends, object_of(attributes))))
    return tuple(relations)


def _labels(rows: str, catalogue: Catalogue) -> tuple[ArticleLabelRecord, ...]:
    named = sorted(
        (catalogue.label_keys[label], catalogue.topic_keys[topic] if topic else "", value)
        for label, topic, value in rows_of(rows)
    )
    return tuple(ArticleLabelRecord(label, topic or None, value) for label, topic, value in named)


def _provenance(rows: str) -> tuple[ProvenanceRecord, ...]:
    found = sorted(rows_of(rows))
    return tuple(ProvenanceRecord(uid, tuple(map(tuple, json.loads(sources)))) for uid, sources in found)


@lru_cache(maxsize=4096)
def object_of(text: str) -> dict[str, Any]:
    """Reads an object of the database's JSON; shared between records, which are frozen."""
    found: dict[str, Any] = json.loads(text)
    return found


def rfc3339(moment: datetime) -> str:
    """Returns a time in UTC as RFC 3339, for instance `2023-09-17T08:30:00Z`."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
