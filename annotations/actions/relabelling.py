"""How does work follow when a label is merged into another? By operations in every set's history, like any edit."""

import uuid
from collections.abc import Iterator
from itertools import batched, groupby
from operator import itemgetter
from typing import Any

from annotations.actions.article_agreement import keep_agreement
from annotations.actions.operations import Outcome, rewrite
from annotations.edits import AnyOperation, LabelClear, LabelSet, RelationUpdate, SpanUpdate
from annotations.errors import NewsroomError, gettext_noop
from annotations.models import AnnotationSet, ArticleLabel, Entity, Label, Relation, SetKind, Span, User
from annotations.states import FINISHED

BATCH = 500


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
    that names the step. What is agreed on their articles is measured again. Must run inside the transaction that
    publishes the scheme.
    """
    done, touched = 0, []
    for set_id, operations in _by_set(label, target, salt=salt):
        outcome = rewrite(set_id, operations, by=by)
        _check(outcome, label, target)
        done += len(operations)
        touched.append(set_id)
    _measure(label, touched)
    Entity.objects.filter(project=label.project_id, label_key=label.key).update(label_key=target.key)
    return done


def _measure(label: Label, set_ids: list[int]) -> None:
    """Keeps agreement on the articles whose finished sets now say something else."""
    finished = AnnotationSet.objects.filter(kind=SetKind.ANNOTATOR, status__in=FINISHED)
    articles: set[int] = set()
    for ids in batched(set_ids, BATCH):
        articles.update(finished.filter(pk__in=ids).values_list("article", flat=True))
    for article_ids in batched(sorted(articles), BATCH):
        keep_agreement(label.project, article_ids)


def _check(outcome: Outcome, label: Label, target: Label) -> None:
    refused = next((result for result in outcome.results if result.status == "rejected"), None)
    if refused is not None:
        raise MergeRefused(label=label.key, into=target.key, problem=str(refused.reason))


def _by_set(label: Label, target: Label, *, salt: str) -> Iterator[tuple[int, list[AnyOperation]]]:
    """The operations of one set after the other, in the order of the sets.

    All rows are asked for at once, and sorted before the first comes: set by set, SQLite looked through all that
    bears the label each time.
    """
    model: Any = {"article": ArticleLabel, "attribution": Relation, "stance": Relation, "relation": Relation}.get(
        label.kind, Span
    )
    columns = ("value", "topic__key") if model is ArticleLabel else ("uid",)
    rows = model.objects.filter(label=label).order_by("annotation_set", "pk")
    found = rows.values_list("annotation_set_id", *columns).iterator(chunk_size=2000)
    for set_id, own in groupby(found, key=itemgetter(0)):
        name = f"{salt}:{set_id}"
        yield set_id, [operation for row in own for operation in _operations(model, row[1:], label, target, name)]


def _operations(
    model: Any, row: tuple[Any, ...], label: Label, target: Label, name: str
) -> Iterator[AnyOperation]:  # fmt: skip
    if model is ArticleLabel:
        value, topic = row
        yield LabelSet(op_id=_op_id(name, f"set:{topic}"), label=target.key, value=value, topic=topic)
        yield LabelClear(op_id=_op_id(name, f"clear:{topic}"), label=label.key, topic=topic)
    else:
        update = SpanUpdate if model is Span else RelationUpdate
        yield update(op_id=_op_id(name, row[0]), id=row[0], label=target.key)


def _op_id(name: str, thing: str) -> str:
    """The id of one operation: a UUID that follows from the step, the set and the thing."""
    step, _, set_id = name.partition(":")
    return str(uuid.uuid5(uuid.UUID(step), f"{set_id}:{thing}"))
