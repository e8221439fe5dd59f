"""What does an annotation set hold at one moment? A state in memory that operations are applied to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from msgspec import UNSET
from msgspec.structs import replace

from annotations import edits
from annotations.edits import AnyOperation
from annotations.records import ArticleLabelRecord, RelationRecord, SpanRecord


class Current(Protocol):
    """What judging an operation asks of the present state, in memory or in the database."""

    def span(self, uid: str) -> SpanRecord | None:
        """Returns a span by id."""

    def relation(self, uid: str) -> RelationRecord | None:
        """Returns a relation by id."""

    def relations_on(self, uid: str) -> list[RelationRecord]:
        """Returns the relations that have the span as an end."""

    def article_label(self, label: str, topic: str | None) -> ArticleLabelRecord | None:
        """Returns the value of a document label."""

    def may_drop_entity(self, key: str) -> bool:
        """Tells whether whoever edits may take an entity away."""


def _given(operation: AnyOperation, *fields: str) -> dict[str, object]:
    values = ((name, getattr(operation, name)) for name in fields)
    return {name: value for name, value in values if value is not UNSET}


@dataclass(slots=True)
class SetState:
    """Spans, relations and document labels by their identity."""

    spans: dict[str, SpanRecord] = field(default_factory=dict)
    relations: dict[str, RelationRecord] = field(default_factory=dict)
    labels: dict[tuple[str, str | None], ArticleLabelRecord] = field(default_factory=dict)

    def span(self, uid: str) -> SpanRecord | None:
        """Returns a span by id."""
        return self.spans.get(uid)

    def relation(self, uid: str) -> RelationRecord | None:
        """Returns a relation by id."""
        return self.relations.get(uid)

    def relations_on(self, uid: str) -> list[RelationRecord]:
        """Returns the relations that have the span as an end."""
        return [r for r in self.relations.values() if uid in (r.head, r.via, r.tail)]

    def article_label(self, label: str, topic: str | None) -> ArticleLabelRecord | None:
        """Returns the value of a document label."""
        return self.labels.get((label, topic))

    def may_drop_entity(self, key: str) -> bool:
        """Tells whether an entity may be taken away: nobody else is known here."""
        return True

    def copy(self) -> "SetState":
        """Returns the same state, to go on from on its own; what it holds is frozen."""
        return SetState(dict(self.spans), dict(self.relations), dict(self.labels))

    def apply(self, operation: AnyOperation) -> None:
        """Applies an operation that has been judged; entities are the project's: a set holds only their keys."""
        match operation:
            case edits.SpanCreate() | edits.SpanUpdate():
                self.spans[operation.id] = span_after(operation, before=self.spans.get(operation.id))
            case edits.SpanDelete():
                del self.spans[operation.id]
            case edits.RelationCreate() | edits.RelationUpdate():
                self.relations[operation.id] = relation_after(operation, before=self.relations.get(operation.id))
            case edits.RelationDelete():
                del self.relations[operation.id]
            case edits.LabelSet():
                self.labels[operation.label, operation.topic] = ArticleLabelRecord(
                    label=operation.label, topic=operation.topic, value=operation.value
                )
            case edits.LabelClear():
                del self.labels[operation.label, operation.topic]

    def keep(self, operation: AnyOperation, after: SpanRecord | RelationRecord | None) -> None:
        """Applies an operation whose judge has told what it leaves."""
        if isinstance(after, SpanRecord):
            self.spans[after.id] = after
        elif isinstance(after, RelationRecord):
            self.relations[after.id] = after
        else:
            self.apply(operation)


def span_after(operation: edits.SpanCreate | edits.SpanUpdate, *, before: SpanRecord | None) -> SpanRecord:
    """Returns the span as it stands once the operation is applied. Raises LookupError for an update of none."""
    if isinstance(operation, edits.SpanCreate):
        return SpanRecord(
            operation.id, operation.label, operation.ranges, operation.quote, operation.attributes, operation.entity
        )
    if before is None:
        raise LookupError(operation.id)
    return replace(before, **_given(operation, "label", "ranges", "quote", "attributes", "entity"))


def relation_after(
    operation: edits.RelationCreate | edits.RelationUpdate, *, before: RelationRecord | None
) -> RelationRecord:
    """Returns the relation as it stands once the operation is applied. Raises LookupError for an update of none."""
    if isinstance(operation, edits.RelationCreate):
        return RelationRecord(
            operation.id, operation.label, operation.head, operation.via, operation.tail, operation.attributes
        )
    if before is None:
        raise LookupError(operation.id)
    return replace(before, **_given(operation, "label", "head", "via", "tail", "attributes"))


def replay(operations: Iterable[AnyOperation]) -> SetState:
    """Rebuilds the state from a history of accepted operations."""
    state = SetState()
    for operation in operations:
        state.apply(operation)
    return state
