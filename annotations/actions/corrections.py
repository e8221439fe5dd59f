"""What becomes of an annotation that did not come along to a corrected article? A person takes it or leaves it."""

from django.utils import timezone

from annotations import edits, policy
from annotations.actions.operations import NotYours, apply_operations
from annotations.actions.turns import write_turn
from annotations.errors import NewsroomError, gettext_noop
from annotations.kinds.base import SLOTS
from annotations.models import AnnotationSet, Decision, Span, Uncarried, User
from annotations.models.fields import new_uid
from annotations.queries.texts import article_text
from annotations.records import quote_of


class NotTakenOver(NewsroomError):
    """Raised where an annotation can't stand at the place that was proposed for it."""

    def __init__(self, *, reason: str) -> None:
        super().__init__(
            code="not_taken_over",
            message=gettext_noop("It could not be taken over ({reason})."),
            hint=gettext_noop("Mark it anew in the text, and leave this one out."),
            data={"reason": reason},
        )


def take_over(row: Uncarried, *, by: User) -> None:
    """Makes the span at its proposed place, with the relations that waited for it. Raises NotTakenOver, NotYours.

    It keeps its label, be that archived meanwhile.
    """
    work = row.annotation_set
    ranges = tuple((start, end) for start, end in row.proposed or ())
    if row.is_relation or not ranges:
        raise NotTakenOver(reason="no place")
    with write_turn():
        content = row.content
        text = article_text(work.article_id, work.article.text_sha256)
        create = edits.SpanCreate(
            op_id=new_uid(), id=content["id"], label=content["label"], ranges=ranges, quote=quote_of(text, ranges),
            attributes=content["attributes"], entity=content["entity"],
        )  # fmt: skip
        if refused := _refusal(work, create, by=by):
            raise NotTakenOver(reason=refused)
        _decide(row, Decision.ACCEPTED, by=by)
        _take_relations_over(work, by=by)


def _take_relations_over(work: AnnotationSet, *, by: User) -> None:
    """Makes those relations all ends of which stand in the set by now; what is refused waits for a decision."""
    spans = set(Span.objects.filter(annotation_set=work).values_list("uid", flat=True))
    for row in Uncarried.objects.filter(annotation_set=work, is_relation=True, decision=Decision.OPEN):
        ends = {slot: row.content[slot] for slot in SLOTS}
        if all(end in spans for end in ends.values() if end and not _is_no_span(end)):
            create = edits.RelationCreate(
                op_id=new_uid(), id=row.content["id"], label=row.content["label"],
                attributes=row.content["attributes"], **ends,
            )  # fmt: skip
            if not _refusal(work, create, by=by):
                _decide(row, Decision.ACCEPTED, by=by)


def _is_no_span(end: str) -> bool:
    return end in ("article", "implicit") or end.startswith("topic:")


def _refusal(work: AnnotationSet, create: edits.SpanCreate | edits.RelationCreate, *, by: User) -> str:
    """Applies an operation; returns why it was rejected, nothing where it was not."""
    outcome = apply_operations(
        work.pk, [create], by=by, text_sha256=work.article.text_sha256, kept=frozenset({create.label})
    )
    (result,) = outcome.results
    return result.reason or ""


def leave_out(row: Uncarried, *, by: User) -> None:
    """Notes that an annotation is not to come along, and with a span the relations on it. Raises NotYours."""
    work = row.annotation_set
    if not policy.may_edit(by, work):
        raise NotYours
    with write_turn():
        _decide(row, Decision.DROPPED, by=by)
        if not (row.is_relation or row.is_document_label):
            for relation in Uncarried.objects.filter(annotation_set=work, is_relation=True, decision=Decision.OPEN):
                if row.content["id"] in (relation.content[slot] for slot in SLOTS):
                    _decide(relation, Decision.DROPPED, by=by)


def _decide(row: Uncarried, decision: Decision, *, by: User) -> None:
    Uncarried.objects.filter(pk=row.pk).update(decision=decision, decided_by=by, decided_at=timezone.now())
