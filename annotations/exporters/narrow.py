"""What of a record is written? The labels that were asked for, without the parts that were not wanted."""

from typing import Any

import msgspec

from annotations.records import AnnotationSetRecord, Record, SpanRecord, labels_of

PARTS = ("attributes", "entities", "relations", "labels", "sections", "meta")


def narrowed(record: Record, *, only: frozenset[str], without: frozenset[str]) -> Record:
    """Returns the record with the labels of `only` (all, where it is empty), and none of the parts `without`.

    A relation goes with a span that it stands on.
    """
    sets = tuple(_set(work, only, without) for work in record.annotation_sets)
    used = {label for work in sets for label in labels_of(work)}
    linked = {span.entity for work in sets for span in work.spans}
    topics = {label.topic for work in sets for label in work.labels}
    topics |= {end.removeprefix("topic:") for work in sets for end in _ends(work) if end.startswith("topic:")}
    bare: dict[str, Any] = {"sections": ()} if "sections" in without else {}
    if "meta" in without:
        bare |= {"source": None, "url": "", "author": "", "published_at": None, "meta": {}}
    return msgspec.structs.replace(
        record,
        annotation_sets=sets,
        labels=tuple(label for label in record.labels if label.key in used),
        entities=tuple(entity for entity in record.entities if entity.key in linked),
        topics=tuple(topic for topic in record.topics if topic.key in topics),
        **bare,
    )


def _ends(work: AnnotationSetRecord) -> set[str]:
    return {end for one in work.relations for end in (one.head, one.via, one.tail) if end is not None}


def _set(work: AnnotationSetRecord, only: frozenset[str], without: frozenset[str]) -> AnnotationSetRecord:
    spans = tuple(_span(span, without) for span in work.spans if not only or span.label in only)
    gone = {span.id for span in work.spans} - {span.id for span in spans}
    relations = tuple(
        msgspec.structs.replace(one, attributes={}) if "attributes" in without else one
        for one in work.relations
        if (not only or one.label in only) and not gone & {one.head, one.via, one.tail}
    )
    labels = tuple(label for label in work.labels if not only or label.label in only)
    return msgspec.structs.replace(
        work,
        spans=spans,
        relations=() if "relations" in without else relations,
        labels=() if "labels" in without else labels,
    )


def _span(span: SpanRecord, without: frozenset[str]) -> SpanRecord:
    attributes = {} if "attributes" in without else span.attributes
    return msgspec.structs.replace(span, attributes=attributes, entity=None if "entities" in without else span.entity)
