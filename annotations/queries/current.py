"""What does an annotation set hold of what an operation touches? Read row by row, for an edit touches few."""

from collections.abc import Iterable

from django.db.models import Q

from annotations.edits import AnyOperation, RelationCreate, RelationDelete, RelationUpdate
from annotations.kinds.base import SLOTS
from annotations.models import ArticleLabel, Entity, Relation, Span
from annotations.queries.rows import RELATION_COLUMNS, SPAN_COLUMNS, relation_record, span_record
from annotations.records import ArticleLabelRecord, RelationRecord, SpanRecord


class DatabaseCurrent:
    """The present state of one set in the database; implements annotations.kinds.state.Current."""

    def __init__(self, set_id: int, text: str, *, project_id: int | None = None, person_id: int | None = None) -> None:
        self.set_id, self.text, self.project_id, self.person_id = set_id, text, project_id, person_id
        self._spans: dict[str, SpanRecord | None] = {}
        self._relations: list[RelationRecord] | None = None

    def span(self, uid: str) -> SpanRecord | None:
        """Returns a span by id."""
        if uid not in self._spans:
            row = Span.objects.filter(annotation_set=self.set_id, uid=uid).order_by().values_list(*SPAN_COLUMNS).first()
            self._spans[uid] = span_record(row, self.text) if row else None
        return self._spans[uid]

    def read_spans(self, uids: Iterable[str]) -> None:
        """Reads several spans at once, for those who ask for each of them afterwards."""
        wanted = dict.fromkeys(uids)
        rows = Span.objects.filter(annotation_set=self.set_id, uid__in=wanted).order_by().values_list(*SPAN_COLUMNS)
        found = {row[0]: span_record(row, self.text) for row in rows}
        self._spans |= wanted | found

    def read_relations(self) -> None:
        """Reads all relations at once, for those who ask of many spans what stands on them."""
        rows = Relation.objects.filter(annotation_set=self.set_id).order_by().values_list(*RELATION_COLUMNS)
        self._relations = [relation_record(row) for row in rows]

    def relation(self, uid: str) -> RelationRecord | None:
        """Returns a relation by id."""
        row = Relation.objects.filter(annotation_set=self.set_id, uid=uid).values_list(*RELATION_COLUMNS).first()
        return relation_record(row) if row else None

    def relations_on(self, uid: str) -> list[RelationRecord]:
        """Returns the relations that have the span as an end."""
        if self._relations is not None:
            return [relation for relation in self._relations if uid in (relation.head, relation.via, relation.tail)]
        standing = Q()
        for slot in SLOTS:
            standing |= Q(**{f"{slot}_span__uid": uid})
        rows = Relation.objects.filter(standing, annotation_set=self.set_id).values_list(*RELATION_COLUMNS)
        return [relation_record(row) for row in rows]

    def article_label(self, label: str, topic: str | None) -> ArticleLabelRecord | None:
        """Returns the value of a document label."""
        value = (
            ArticleLabel.objects.filter(annotation_set=self.set_id, label__key=label)
            .filter(topic__key=topic) if topic is not None else
            ArticleLabel.objects.filter(annotation_set=self.set_id, label__key=label, topic=None)
        ).values_list("value", flat=True).first()  # fmt: skip
        return None if value is None else ArticleLabelRecord(label=label, topic=topic, value=value)

    def may_drop_entity(self, key: str) -> bool:
        """Tells whether the person may take an entity away: only who made it may."""
        return Entity.objects.filter(project=self.project_id, key=key, created_by=self.person_id).exists()

    def forget(self, operation: AnyOperation) -> None:
        """Drops what was read of a span or of relations that an operation has just changed."""
        if isinstance(operation, RelationCreate | RelationUpdate | RelationDelete):
            self._relations = None
        self._spans.pop(str(getattr(operation, "id", "")), None)
