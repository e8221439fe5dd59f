"""What becomes of the work on an article when a corrected version comes in? It is carried over as far as it is sure.

Each set of the project on the old version gets a set on the new one, with those annotations whose words are the same;
the rest is listed for a person. The old sets stay as they are. Work that was handed in comes back: the text is another.
What bears an archived label comes along with it: nobody gives it anew.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace

import msgspec
from django.utils import timezone

from annotations import edits
from annotations.actions.import_rows import PreparedSet
from annotations.edits import AnyOperation
from annotations.kinds.base import SLOTS
from annotations.kinds.judge import Bench, Rejected, judge
from annotations.kinds.scheme import Scheme
from annotations.kinds.state import SetState
from annotations.models import AnnotationSet, Article, Outcome, Project, SetKind, SetStatus, Uncarried
from annotations.models.fields import new_uid
from annotations.queries.annotation_sets import labels_of, relations_of, spans_of
from annotations.records import ArticleLabelRecord, RelationRecord, SpanRecord, quote_of
from annotations.text.difference import difference
from annotations.text.offsets import OffsetMap
from annotations.text.reanchor import Fate, reanchor

# Work that was begun, waits or was given back does so on the new version, too.
_STATUS = {status: status for status in (SetStatus.ASSIGNED, SetStatus.IN_PROGRESS, SetStatus.GIVEN_BACK)}


@dataclass(frozen=True, slots=True)
class Work:
    """One set on the old version: its row and what it holds, stored already or on its way in the same batch."""

    row: AnnotationSet
    spans: Collection[SpanRecord]
    relations: Collection[RelationRecord]
    labels: Collection[ArticleLabelRecord]

    @classmethod
    def prepared(cls, work: PreparedSet) -> "Work":
        """Returns a set that the batch at hand brings."""
        state = work.state
        return cls(work.row, state.spans.values(), state.relations.values(), state.labels.values())

    def borne(self) -> frozenset[str]:
        """Returns the labels that something in it bears."""
        labels = {span.label for span in self.spans} | {relation.label for relation in self.relations}
        return frozenset(labels | {label.label for label in self.labels})


def stored_work(project: Project, article: Article) -> Iterator[Work]:
    """Yields the project's sets on an article."""
    for row in AnnotationSet.objects.filter(project=project, article=article):
        row.article = article
        yield Work(row, spans_of(row), relations_of(row), labels_of(row))


def carried_sets(works: Iterable[Work], *, old: Article, new: Article, scheme: Scheme) -> Iterator[PreparedSet]:
    """Yields for each set on the old version the one on the new version."""
    way: OffsetMap | None = None
    for work in works:
        way = way or difference(old.text, new.text)
        state = SetState()
        carrying = _Carrying(Bench(new.text, replace(scheme, kept=work.borne()), state), state)
        for span in work.spans:
            anchored = reanchor(span.ranges, old.text, new.text, way)
            carrying.span(span, anchored.fate, anchored.ranges)
        for relation in work.relations:
            carrying.relation(relation)
        for label in work.labels:
            carrying.document_label(label)
        yield PreparedSet(_row(work.row, new), state, carrying.operations, uncarried=carrying.uncarried)


def _row(work: AnnotationSet, new: Article) -> AnnotationSet:
    now = timezone.now()
    return AnnotationSet(
        uid=new_uid(), project_id=work.project_id, article=new, kind=work.kind, annotator_id=work.annotator_id,
        pseudonym=work.pseudonym, status=_status(work), created_at=now, updated_at=now, version=1,
    )  # fmt: skip


def _status(work: AnnotationSet) -> str:
    """Returns the status on the new version: finished work of an annotator comes back, other finished work is open."""
    finished = SetStatus.RETURNED if work.kind == SetKind.ANNOTATOR else SetStatus.IN_PROGRESS
    return _STATUS.get(SetStatus(work.status), finished)


@dataclass(slots=True)
class _Carrying:
    """One set on its way to the new text."""

    bench: Bench
    state: SetState
    operations: list[AnyOperation] = field(default_factory=list)
    uncarried: list[Uncarried] = field(default_factory=list)

    def take(self, operation: AnyOperation) -> Rejected | None:
        """Judges an operation and keeps what it leaves; returns why it may not be."""
        try:
            self.state.keep(operation, judge(operation, self.bench))
        except Rejected as refusal:
            return refusal
        self.operations.append(operation)
        return None

    def span(self, span: SpanRecord, fate: Fate, ranges: tuple[tuple[int, int], ...]) -> None:
        """Carries a span whose words are the same; lists another with the place that is proposed for it."""
        outcome = Outcome.CHANGED if ranges else Outcome.LOST
        if fate in (Fate.SAME, Fate.MOVED):
            operation = edits.SpanCreate(
                id=span.id, label=span.label, ranges=ranges, quote=quote_of(self.bench.text, ranges),
                attributes=span.attributes, entity=span.entity,
            )  # fmt: skip
            if self.take(operation) is None:
                return
            outcome = Outcome.REFUSED
        proposed = [list(piece) for piece in ranges] or None
        self.uncarried.append(Uncarried(content=msgspec.to_builtins(span), outcome=outcome, proposed=proposed))

    def relation(self, relation: RelationRecord) -> None:
        """Carries a relation all ends of which came along; lists another."""
        ends = {slot: getattr(relation, slot) for slot in SLOTS}
        operation = edits.RelationCreate(id=relation.id, label=relation.label, attributes=relation.attributes, **ends)
        if refusal := self.take(operation):
            outcome = Outcome.END if refusal.code == "end_unknown" else Outcome.REFUSED
            content = msgspec.to_builtins(relation)
            self.uncarried.append(Uncarried(content=content, is_relation=True, outcome=outcome))

    def document_label(self, label: ArticleLabelRecord) -> None:
        """Carries what is said of the whole article; lists a value that the scheme takes no more."""
        if self.take(edits.LabelSet(label=label.label, topic=label.topic, value=label.value)):
            self.uncarried.append(Uncarried(content=msgspec.to_builtins(label), outcome=Outcome.REFUSED))
