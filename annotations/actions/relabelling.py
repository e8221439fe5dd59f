"""How does work follow when a label is merged into another? By operations in every set's history, like any edit."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from annotations.actions.operations import Outcome, rewrite
from annotations.edits import AnyOperation, LabelClear, LabelSet, RelationUpdate, SpanUpdate
from annotations.errors import NewsroomError, gettext_noop
from annotations.models import AnnotationSet, ArticleLabel, Entity, Label, Relation, Span, User


class MergeRefused(NewsroomError):
    """Raised when an annotation can't bear the label that its own is merged into; nothing is published then."""

    def __init__(self, *, label: str, into: str, problem: str) -> None:
        super().__init__(
            code="merge_refused",
            message=gettext_noop("«{label}» can't be merged into «{into}»: an annotation does not fit ({problem})."),
            hint=gettext_noop("Look at what the draft would do again: work has come in meanwhile."),
            data={"label": label, "into": into, "problem": problem},
        )


def merge(label: Label, target: Label, *, salt: str, by: User) -> int:
    """Makes all annotations with one label bear another; returns how many. Raises MergeRefused.

    Each set is written in its turn by operations, closed ones too: what is handed in stays handed in. `salt` is a UUID
    that names the step. Must run inside the transaction that publishes the scheme.
    """
    done = 0
    for set_id, operations in _by_set(label, target, salt=salt):
        outcome = rewrite(set_id, operations, by=by)
        _check(outcome, label, target)
        done += len(operations)
    Entity.objects.filter(project=label.project_id, label_key=label.key).update(label_key=target.key)
    return done


def _check(outcome: Outcome, label: Label, target: Label) -> None:
    refused = next((result for result in outcome.results if result.status == "rejected"), None)
    if refused is not None:
        raise MergeRefused(label=label.key, into=target.key, problem=str(refused.reason))


def _by_set(label: Label, target: Label, *, salt: str) -> Iterator[tuple[int, Sequence[AnyOperation]]]:
    """The operations of one set after the other, in the order of the sets."""
    bearing = AnnotationSet.objects.filter(project=label.project_id).order_by("pk")
    model: Any = Span
    if label.kind == "article":
        model = ArticleLabel
    elif label.kind in ("attribution", "stance", "relation"):
        model = Relation
    rows = model.objects.filter(label=label)
    for set_id in list(bearing.filter(pk__in=rows.values("annotation_set")).values_list("pk", flat=True)):
        own = rows.filter(annotation_set=set_id).order_by("pk")
        yield set_id, [*_operations(own, model, label, target, f"{salt}:{set_id}")]


def _operations(rows: Any, model: Any, label: Label, target: Label, salt: str) -> Iterator[AnyOperation]:
    if model is ArticleLabel:
        for at, (value, topic) in enumerate(rows.values_list("value", "topic__key")):
            yield LabelSet(op_id=_op_id(salt, f"set{at}"), label=target.key, value=value, topic=topic)
            yield LabelClear(op_id=_op_id(salt, f"clear{at}"), label=label.key, topic=topic)
        return
    update = SpanUpdate if model is Span else RelationUpdate
    for uid in rows.values_list("uid", flat=True):
        yield update(op_id=_op_id(salt, uid), id=uid, label=target.key)


def _op_id(salt: str, name: str) -> str:
    """The id of one operation: a UUID that follows from the step and the thing."""
    step, _, rest = salt.partition(":")
    return str(uuid.uuid5(uuid.UUID(step), f"{rest}:{name}"))
