"""How does an annotation set with all it holds become a record? One row a set, what it holds gathered by kind."""

import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce
from msgspec import UNSET
from msgspec.json import Decoder

from annotations.models import AnnotationSet, ArticleLabel, Provenance, Relation, SetKind, Span
from annotations.queries.catalogue import Catalogue
from annotations.queries.gathered import as_text, gathered
from annotations.queries.rows import RELATION_COLUMNS, relation_record
from annotations.records import (
    AnnotationSetRecord,
    ArticleLabelRecord,
    ProvenanceRecord,
    Range,
    RelationRecord,
    SpanRecord,
    quote_of,
)

# What is gathered begins with what it is sorted by, and that is never null. Of two spans that begin together the
# longer comes first: hence the end is negative.
SPAN = ("start", -F("end"), "uid", "label_id", as_text("fragments"), as_text("attributes"), "entity_id")
SpanRow = tuple[int, int, str, int, str | None, str, int | None]
RELATION = (*RELATION_COLUMNS[:-1], as_text(RELATION_COLUMNS[-1]))
LABEL = ("label__key", Coalesce("topic__key", Value("")), "value")
ORIGIN = ("uid", as_text("sources"))
COLUMNS = ("uid", "kind", "pseudonym", "status", "created_at", "updated_at", "submitted_at")
_spans_of = Decoder(list[SpanRow]).decode
_rows_of = Decoder(list[tuple[Any, ...]]).decode


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


def set_record(row: tuple[Any, ...], text: str, catalogue: Catalogue) -> AnnotationSetRecord:
    """Builds the record of a set on a text. Raises KeyError for a label or entity that the catalogue does not have."""
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
        _relations(relations) if relations else (),
        _labels(labels) if labels else (),
        _provenance(origins) if origins and kind == SetKind.GOLD else UNSET,
    )


def _spans(rows: str, text: str, catalogue: Catalogue) -> tuple[SpanRecord, ...]:
    keys, entities = catalogue.label_keys, catalogue.entity_keys
    spans = []
    # Sorted here: a set at a time is less work than the database's sort of a whole batch.
    for start, minus_end, uid, label, fragments, attributes, entity in sorted(_spans_of(rows)):
        if fragments is None:
            ranges: tuple[Range, ...] = ((start, -minus_end),)
            quote = text[start:-minus_end]
        else:
            ranges = tuple(map(tuple, json.loads(fragments)))
            quote = quote_of(text, ranges)
        entity_key = None if entity is None else entities[entity]
        spans.append(SpanRecord(uid, keys[label], ranges, quote, object_of(attributes), entity_key))
    return tuple(spans)


def _relations(rows: str) -> tuple[RelationRecord, ...]:
    return tuple(relation_record((*row[:-1], object_of(row[-1]))) for row in sorted(_rows_of(rows)))


def _labels(rows: str) -> tuple[ArticleLabelRecord, ...]:
    return tuple(ArticleLabelRecord(key, topic or None, value) for key, topic, value in sorted(_rows_of(rows)))


def _provenance(rows: str) -> tuple[ProvenanceRecord, ...]:
    found = sorted(_rows_of(rows))
    return tuple(ProvenanceRecord(uid, tuple(map(tuple, json.loads(sources)))) for uid, sources in found)


@lru_cache(maxsize=4096)
def object_of(text: str) -> dict[str, Any]:
    """Reads an object of the database's JSON; shared between records, which are frozen."""
    found: dict[str, Any] = json.loads(text)
    return found


def rfc3339(moment: datetime) -> str:
    """Returns a time in UTC as RFC 3339, for instance `2023-09-17T08:30:00Z`."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
