"""How is one judged operation written? Rows of spans, relations and document labels."""

from collections.abc import Mapping
from typing import Any

from annotations import edits
from annotations.edits import AnyOperation
from annotations.kinds.base import SLOTS
from annotations.kinds.wording import words_hash
from annotations.models import ArticleLabel, EndKind, Relation, Span
from annotations.queries.scheme import ProjectScheme
from annotations.records import Range, RelationRecord, SpanRecord


def extent(ranges: tuple[Range, ...]) -> dict[str, Any]:
    """Returns a span's columns for its ranges: the whole extent, and the fragments if there are several."""
    return {
        "start": ranges[0][0],
        "end": ranges[-1][1],
        "fragments": [list(piece) for piece in ranges] if len(ranges) > 1 else None,
    }


def slot_columns(
    slot: str, end: str | None, *, span_ids: Mapping[str, int], topic_ids: Mapping[str, int]
) -> dict[str, Any]:
    """Returns a relation's columns for one of its ends."""
    kind, span, topic = EndKind.NONE, None, None
    if end in (EndKind.ARTICLE, EndKind.IMPLICIT):
        kind = EndKind(end)
    elif end is not None and end.startswith("topic:"):
        kind, topic = EndKind.TOPIC, topic_ids[end.removeprefix("topic:")]
    elif end is not None:
        kind, span = EndKind.SPAN, span_ids[end]
    return {f"{slot}_kind": kind, f"{slot}_span_id": span, f"{slot}_topic_id": topic}


class RowWriter:
    """Writes the rows of one annotation set, one judged operation at a time."""

    def __init__(self, set_id: int, scheme: ProjectScheme) -> None:
        self.set_id, self.scheme = set_id, scheme

    def write(self, operation: AnyOperation, after: SpanRecord | RelationRecord | None) -> None:
        """Writes what a judged operation leaves."""
        match operation, after:
            case edits.SpanCreate(), SpanRecord():
                Span.objects.create(annotation_set_id=self.set_id, uid=after.id, **self._span(after))
            case edits.SpanUpdate(), SpanRecord():
                Span.objects.filter(annotation_set=self.set_id, uid=after.id).update(**self._span(after))
            case edits.SpanDelete(), _:
                # The raw delete: judge has seen that no relation stands on it, the foreign key checks it again.
                rows = Span.objects.filter(annotation_set=self.set_id, uid=operation.id)
                rows._raw_delete(rows.db)
            case edits.RelationCreate(), RelationRecord():
                Relation.objects.create(annotation_set_id=self.set_id, uid=after.id, **self._relation(after))
            case edits.RelationUpdate(), RelationRecord():
                Relation.objects.filter(annotation_set=self.set_id, uid=after.id).update(**self._relation(after))
            case edits.RelationDelete(), _:
                Relation.objects.filter(annotation_set=self.set_id, uid=operation.id).delete()
            case edits.LabelSet(), _:
                ArticleLabel.objects.update_or_create(
                    **self._article_label(operation), defaults={"value": operation.value}
                )
            case edits.LabelClear(), _:
                ArticleLabel.objects.filter(**self._article_label(operation)).delete()
            case _:
                raise TypeError(f"{operation!r} can't leave {after!r}")

    def _span(self, span: SpanRecord) -> dict[str, Any]:
        return {
            "words": words_hash(self.scheme.labels[span.label], span.attributes, span.quote),
            "label_id": self.scheme.label_id(span.label),
            "attributes": span.attributes,
            "entity_id": self.scheme.entities[span.entity] if span.entity else None,
            **extent(span.ranges),
        }

    def _relation(self, relation: RelationRecord) -> dict[str, Any]:
        ends = {slot: getattr(relation, slot) for slot in SLOTS}
        uids = [end for end in ends.values() if end]
        span_ids = dict(Span.objects.filter(annotation_set=self.set_id, uid__in=uids).values_list("uid", "id"))
        columns: dict[str, Any] = {
            "label_id": self.scheme.label_id(relation.label),
            "attributes": relation.attributes,
        }
        for slot, end in ends.items():
            columns |= slot_columns(slot, end, span_ids=span_ids, topic_ids=self.scheme.topics)
        return columns

    def _article_label(self, operation: edits.LabelSet | edits.LabelClear) -> dict[str, Any]:
        return {
            "annotation_set_id": self.set_id,
            "label_id": self.scheme.label_id(operation.label),
            "topic_id": self.scheme.topics[operation.topic] if operation.topic is not None else None,
        }
