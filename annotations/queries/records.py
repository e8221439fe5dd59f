"""How do rows become records? The one read path that exports, measures and suggesters share.

A batch of articles is read at a time, each table once, in plain tuples: a model instance for each of a
million spans would cost more than all the rest. Memory holds one batch, whatever the corpus' size.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db.models import ExpressionWrapper, F, QuerySet, TextField

from annotations.exporters.narrow import narrowed
from annotations.models import ArticleLabel, Relation, Span
from annotations.queries.catalogue import Catalogue
from annotations.queries.rows import RELATION_COLUMNS, relation_record
from annotations.queries.selection import Selection
from annotations.queries.snapshots import snapshot
from annotations.records import (
    AnnotationSetRecord,
    ArticleLabelRecord,
    Record,
    RelationRecord,
    Section,
    SourceRecord,
    SpanRecord,
    quote_of,
)

BATCH = 100

ARTICLE_COLUMNS = (
    "id", "article_id", "article__uid", "article__text_sha256", "article__text", "article__language",
    "article__sections", "article__source__name", "article__source__domain", "article__url", "article__author",
    "article__published_at", "article__supersedes__uid", "article__meta",
)  # fmt: skip
SET_COLUMNS = ("id", "article_id", "uid", "kind", "pseudonym", "status", "created_at", "updated_at", "submitted_at")


def stream_records(selection: Selection, *, after: int = 0) -> Iterator[Record]:
    """Yields the records of a selection in the order its articles came in.

    `after` is the id of a ProjectArticle: a stream that broke off goes on behind it.
    """
    catalogue = Catalogue.of(selection.project)
    left = selection.limit
    while left != 0:
        size = BATCH if left is None else min(BATCH, left)
        # A batch is read as of one moment, and the moment ends before anybody waits for the reader of the stream.
        with snapshot():
            places = list(selection.articles().filter(id__gt=after).values_list(*ARTICLE_COLUMNS)[:size])
            if not places:
                return
            try:
                records = list(_batch(places, selection, catalogue))
            except KeyError:  # a label, entity or topic that was made since the stream began
                catalogue = Catalogue.of(selection.project)
                records = list(_batch(places, selection, catalogue))
        if selection.only or selection.without:
            only, without = frozenset(selection.only), frozenset(selection.without)
            records = [narrowed(record, only=only, without=without) for record in records]
        yield from records
        after = places[-1][0]
        left = None if left is None else left - len(places)


def _batch(places: list[tuple[Any, ...]], selection: Selection, catalogue: Catalogue) -> Iterator[Record]:
    article_ids = [place[1] for place in places]
    sets = _grouped(
        selection.sets().filter(article__in=article_ids).order_by("kind", "pseudonym").values_list(*SET_COLUMNS),
        at=1,
    )
    set_ids = [row[0] for rows in sets.values() for row in rows]
    spans = _grouped(_span_rows(set_ids), at=0)
    relations = _grouped(
        Relation.objects.filter(annotation_set__in=set_ids)
        .order_by("uid")
        .values_list("annotation_set_id", *RELATION_COLUMNS, "label_id"),
        at=0,
    )
    labels = _grouped(
        ArticleLabel.objects.filter(annotation_set__in=set_ids)
        .order_by("label__key", F("topic__key").asc(nulls_first=True))
        .values_list("annotation_set_id", "label__key", "topic__key", "value"),
        at=0,
    )
    for place in places:
        text = place[4]
        yield _record(
            place,
            tuple(
                _set_record(row, text, catalogue, spans[row[0]], relations[row[0]], labels[row[0]])
                for row in sets[place[1]]
            ),
            catalogue,
        )


def _span_rows(set_ids: list[int]) -> QuerySet[Span, tuple[Any, ...]]:
    """Spans of the sets, in no order. JSON comes as text: most of it is `{}` or has been seen before."""
    return (
        Span.objects.filter(annotation_set__in=set_ids)
        .order_by()
        .values_list(
            "annotation_set_id", "uid", "label_id", "start", "end",
            _as_text("fragments"), _as_text("attributes"), "entity_id",
        )
    )  # fmt: skip


def _as_text(column: str) -> ExpressionWrapper:
    """A JSON column as the text the database gives, without Django's reading of it."""
    return ExpressionWrapper(F(column), output_field=TextField())


def _grouped(rows: Any, *, at: int) -> defaultdict[int, list[tuple[Any, ...]]]:
    groups: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        groups[row[at]].append(row)
    return groups


@lru_cache(maxsize=4096)
def _attributes(text: str) -> dict[str, Any]:
    """Reads stored attributes; shared between spans, for records are frozen."""
    return json.loads(text)


def _text_order(row: tuple[Any, ...]) -> tuple[int, int, str]:
    """By start, the longer first, then by id."""
    return row[3], -row[4], row[1]


def _spans(rows: list[tuple[Any, ...]], text: str, catalogue: Catalogue) -> Iterator[SpanRecord]:
    keys, entities = catalogue.label_keys, catalogue.entity_keys
    # Sorted here: a set at a time is less work than the database's sort of a whole batch.
    rows.sort(key=_text_order)
    for _set, uid, label, start, end, fragments, attributes, entity in rows:
        if fragments is None:
            ranges: Any = ((start, end),)
            quote = text[start:end]
        else:
            ranges = tuple(map(tuple, json.loads(fragments)))
            quote = quote_of(text, ranges)
        yield SpanRecord(uid, keys[label], ranges, quote, _attributes(attributes), entity and entities[entity])


def _relations(rows: list[tuple[Any, ...]]) -> Iterator[RelationRecord]:
    for row in rows:
        yield relation_record(row[1:-1])


def _set_record(
    row: tuple[Any, ...],
    text: str,
    catalogue: Catalogue,
    spans: list[tuple[Any, ...]],
    relations: list[tuple[Any, ...]],
    labels: list[tuple[Any, ...]],
) -> AnnotationSetRecord:
    _id, _article, uid, kind, pseudonym, status, created_at, updated_at, submitted_at = row
    return AnnotationSetRecord(
        uid,
        kind,
        pseudonym or None,
        status,
        rfc3339(created_at),
        rfc3339(updated_at),
        submitted_at and rfc3339(submitted_at),
        tuple(_spans(spans, text, catalogue)),
        tuple(_relations(relations)),
        tuple(ArticleLabelRecord(key, topic, value) for _set, key, topic, value in labels),
    )


def rfc3339(moment: datetime) -> str:
    """Returns a time in UTC as RFC 3339, for instance `2023-09-17T08:30:00Z`."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _record(place: tuple[Any, ...], sets: tuple[AnnotationSetRecord, ...], catalogue: Catalogue) -> Record:
    (_id, _article, uid, sha256, text, language, sections, source, domain, url, author, published_at, supersedes,
     meta) = place  # fmt: skip
    return Record(
        id=uid,
        text_sha256=sha256,
        text=text,
        language=language,
        sections=tuple(Section(part["kind"], part["start"], part["end"]) for part in sections),
        source=SourceRecord(source, domain) if source else None,
        url=url,
        author=author,
        published_at=published_at and rfc3339(published_at),
        supersedes=supersedes,
        labels=catalogue.titles(sets),
        entities=catalogue.entities_of(sets),
        topics=catalogue.topics_of(sets),
        annotation_sets=sets,
        meta=meta,
    )
