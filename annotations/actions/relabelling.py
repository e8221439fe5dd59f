"""How does work follow when a label is merged into another? By operations in every set's history, like any edit.

A chunk at a time: where few annotations bear the label all of them within the transaction that publishes the scheme,
else each chunk in one of its own (annotations/jobs/relabelling.py).
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.db.models import Model, Q, QuerySet

from annotations.actions.article_agreement import keep_agreement
from annotations.actions.operations import rewrite
from annotations.actions.revision_steps import note_step
from annotations.edits import AnyOperation, LabelClear, LabelSet, RelationUpdate, SpanUpdate
from annotations.errors import NewsroomError, gettext_noop
from annotations.models import (
    AnnotationSet,
    ArticleLabel,
    Decision,
    Entity,
    Label,
    Project,
    Relabelling,
    Relation,
    SetKind,
    Span,
    StepKind,
    Uncarried,
)
from annotations.states import FINISHED

RELABELLING = "relabelling"  # the kind of job that writes many annotations
# So many annotations are written by one transaction.
CHUNK = 500
BATCH = 500
# Why a document label keeps its value: the other one stands beside it with another.
CLASH = "clash"
_MODELS: dict[str, type[Model]] = {
    "article": ArticleLabel, "attribution": Relation, "stance": Relation, "relation": Relation,
}  # fmt: skip


class MergeRefused(NewsroomError):
    """Raised when an annotation can't bear the label that its own is merged into; nothing is published then."""

    def __init__(self, *, label: str, into: str, problem: str) -> None:
        super().__init__(
            code="merge_refused",
            message=gettext_noop("«{label}» can't be merged into «{into}»: an annotation does not fit ({problem})."),
            hint=gettext_noop("Look at what the draft would do again: work has come in meanwhile."),
            data={"label": label, "into": into, "problem": problem},
        )


class RelabellingUnderWay(NewsroomError):
    """Raised when the scheme is to change while annotations still follow its last change."""

    def __init__(self) -> None:
        super().__init__(
            code="relabelling_under_way",
            message=gettext_noop("Annotations are still being moved from one label to another in this project."),
            hint=gettext_noop("Wait until that is done, or cancel it under «Jobs»."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An annotation that keeps its label: its set, why, and its words where it has some."""

    set_id: int
    reason: str
    op_id: str = ""
    quote: str = ""


@dataclass(slots=True, kw_only=True)
class Written:
    """What a chunk did: how many annotations it went through, where the next one begins, and what it left alone.

    `after` is the row behind which the next chunk begins, None where there is none.
    """

    done: int = 0
    after: int | None = None
    refused: list[Refused] = field(default_factory=list)


def bearing(label: Label) -> QuerySet[Any]:
    """The annotations of all sets that bear a label."""
    return _model(label)._default_manager.filter(label=label)


def _model(label: Label) -> type[Model]:
    return _MODELS.get(label.kind, Span)


def lock_bearers(labels: Sequence[Label]) -> None:
    """Locks all sets in which something bears one of the labels, in the order in which all lock sets.

    Label by label each would be in order, and all of them not: two who wait for each other.
    """
    held = Q(pk__in=())
    for label in labels:
        held |= Q(pk__in=bearing(label).order_by().values("annotation_set"))
    lock_sets(AnnotationSet.objects.filter(held))


def lock_sets(rows: QuerySet[AnnotationSet]) -> None:
    """Locks sets for this transaction, in the order in which all do."""
    list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk"))


def move_entities(label: Label, target: Label) -> list[int]:
    """Gives the knowledge base's entities of a label the other one; returns which those are."""
    rows = Entity.objects.filter(project=label.project_id, label_key=label.key)
    moved = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.update(label_key=target.key)
    return moved


def move_uncarried(project: Project, key: str, into: str, *, among: Collection[int] | None = None) -> list[int]:
    """Gives what waits for a decision after a correction another label, all of it or those rows; returns which."""
    waiting = Uncarried.objects.filter(annotation_set__project=project, decision=Decision.OPEN, content__label=key)
    found = waiting.order_by("pk").values_list("pk", flat=True)
    moved = [pk for pk in found if among is None or pk in among]
    for pks in batched(moved, BATCH):
        rows = list(waiting.filter(pk__in=pks))
        for row in rows:
            row.content["label"] = into
        Uncarried.objects.bulk_update(rows, ["content"])
    return moved


def merge_at_once(relabelling: Relabelling, merges: Sequence[tuple[Label, Label]]) -> None:
    """Makes what bears the first label of each pair bear the second, in the transaction at hand.

    Raises MergeRefused.
    """
    lock_bearers([label for label, _target in merges])
    touched: set[int] = set()
    for label, target in merges:
        after: int | None = 0
        while after is not None:
            written, sets = _chunk(relabelling, label, target, after=after)
            touched |= sets
            after = written.after
            for one in written.refused:
                raise MergeRefused(label=label.key, into=target.key, problem=one.reason)
    if merges:
        measure(merges[0][0].project, touched)


def merge_chunk(relabelling: Relabelling, label: Label, target: Label, *, after: int) -> Written:
    """Does the same for the annotations behind a row, at most CHUNK; what does not fit any more keeps its label."""
    written, touched = _chunk(relabelling, label, target, after=after)
    measure(label.project, touched)
    return written


def _chunk(relabelling: Relabelling, label: Label, target: Label, *, after: int) -> tuple[Written, set[int]]:
    """Each set is written in its turn, closed ones too: what is handed in stays handed in."""
    rows = bearing(label).filter(pk__gt=after).order_by("pk").values_list("pk", "annotation_set_id")
    found = dict(rows[:CHUNK])
    sets = set(found.values())
    lock_sets(AnnotationSet.objects.filter(pk__in=sets))
    written = Written(done=len(found), after=max(found) if len(found) == CHUNK else None)
    about = {"label": label.key, "into": target.key, "uid": relabelling.uid}
    standing = _standing(target, sets)
    for set_id, things in _said(label, found).items():
        clashing = [said for said in things if _clashes(said, standing.get(set_id, {}))]
        operations = [
            operation
            for said in things
            if said not in clashing
            for operation in _operations(relabelling.uid, set_id, said, label=label, target=target)
        ]
        written.refused += apply(relabelling, set_id, operations, kind=StepKind.MERGE, about=about)
        written.refused += [Refused(set_id=set_id, reason=CLASH, quote=value) for value, _topic in clashing]
    return written, sets


def _said(label: Label, pks: Collection[int]) -> dict[int, list[tuple[Any, ...]]]:
    """What these annotations say, by set, as they stand now: their sets are locked."""
    columns = ("value", "topic__key") if _model(label) is ArticleLabel else ("uid",)
    rows = bearing(label).filter(pk__in=pks).order_by("annotation_set_id", "pk")
    by_set: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for set_id, *said in rows.values_list("annotation_set_id", *columns):
        by_set[set_id].append(tuple(said))
    return by_set


def _standing(target: Label, sets: Collection[int]) -> dict[int, dict[str | None, str]]:
    """What sets say by a document label already, of each topic; nothing for labels that are given more than once."""
    found: dict[int, dict[str | None, str]] = defaultdict(dict)
    if _model(target) is ArticleLabel:
        rows = bearing(target).filter(annotation_set__in=sets)
        for set_id, topic, value in rows.values_list("annotation_set_id", "topic__key", "value"):
            found[set_id][topic] = value
    return found


def _clashes(said: tuple[Any, ...], standing: Mapping[str | None, str]) -> bool:
    """Whether a document label's value can't go over: somebody has said otherwise by the other label."""
    value, *topic = said
    return bool(topic) and standing.get(topic[0], value) != value


def apply(
    relabelling: Relabelling, set_id: int, operations: Sequence[AnyOperation], *, kind: StepKind, about: dict[str, Any]
) -> list[Refused]:
    """Writes operations into a set, as one step of its history; returns what was refused.

    Raises what `rewrite` does; nobody may change the scheme for somebody whose account is gone.
    """
    by = relabelling.by
    if by is None:
        raise AnnotationSet.DoesNotExist
    outcome = rewrite(set_id, operations, by=by)
    note_step(set_id, outcome, kind, by=by, about=about)
    return [
        Refused(set_id=set_id, reason=result.reason or "", op_id=result.op_id or "")
        for result in outcome.results
        if result.status == "rejected"
    ]


def measure(project: Project, set_ids: Iterable[int]) -> None:
    """Keeps agreement on the articles whose finished sets now say something else."""
    finished = AnnotationSet.objects.filter(kind=SetKind.ANNOTATOR, status__in=FINISHED)
    articles: set[int] = set()
    for ids in batched(set_ids, BATCH):
        articles.update(finished.filter(pk__in=ids).values_list("article", flat=True))
    for article_ids in batched(sorted(articles), BATCH):
        keep_agreement(project, article_ids)


def _operations(
    step: str, set_id: int, said: tuple[Any, ...], *, label: Label, target: Label
) -> list[AnyOperation]:  # fmt: skip
    """The operations for one annotation; their ids follow from the step, the set and the thing."""

    def named(thing: str) -> str:
        return str(uuid.uuid5(uuid.UUID(step), f"{set_id}:{thing}"))

    if _model(label) is ArticleLabel:
        value, topic = said
        return [
            LabelSet(op_id=named(f"set:{label.key}:{topic}"), label=target.key, value=value, topic=topic),
            LabelClear(op_id=named(f"clear:{label.key}:{topic}"), label=label.key, topic=topic),
        ]
    update = SpanUpdate if _model(label) is Span else RelationUpdate
    return [update(op_id=named(said[0]), id=said[0], label=target.key)]
