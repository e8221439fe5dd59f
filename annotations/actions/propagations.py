"""How does one label get to the same words in all open articles, and back? A set at a time, each in one transaction.

Every operation's id follows from the step, its turn, the set and the place: a request that is sent again, a server that
was killed and two tabs at once lead to the same rows. What others have changed since is left alone and counted.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from annotations import policy
from annotations.actions.operations import apply_operations
from annotations.actions.revision_steps import note_step
from annotations.actions.turns import write_turn
from annotations.edits import AnyOperation, SpanCreate, SpanDelete, SpanUpdate
from annotations.errors import NewsroomError, gettext_noop
from annotations.models import AnnotationSet, Project, Propagation, Revision, StepKind, User
from annotations.queries.annotation_sets import relations_of, spans_of
from annotations.queries.occurrences import Model, kinds_of, places_in, sets_with
from annotations.records import SpanRecord

CHUNK = 20
MOST_KEPT = 50
SPREADABLE = ("entity", "cue", "expression")


class NotPropagable(NewsroomError):
    """Raised when a label or an entity can't be put on words everywhere."""

    def __init__(self, *, what: str) -> None:
        super().__init__(
            code="not_propagable",
            message=gettext_noop("«{what}» can't be put on the same words everywhere: the project has no such thing."),
            data={"what": what},
        )


class PropagationIdTaken(NewsroomError):
    """Raised when somebody else has made a step with the same id."""

    def __init__(self) -> None:
        super().__init__(code="id_taken", message=gettext_noop("There is something with this id already."))


def begin_propagation(
    project: Project, *, by: User, uid: str, origin: int, words: str, whole: bool, label: str,
    attributes: dict[str, Any] | None = None, entity: str | None = None, skip: Iterable[int] = (),
) -> Propagation:  # fmt: skip
    """Notes a step, once; `advance_propagation` carries it out. Raises NotPropagable and PropagationIdTaken."""
    if kinds_of(project).get(label) not in SPREADABLE:
        raise NotPropagable(what=label)
    if entity and not project.entities.filter(key=entity).exists():
        raise NotPropagable(what=entity)
    with write_turn():
        step, _made = Propagation.objects.get_or_create(
            uid=uid,
            defaults={
                "project": project, "created_by": by, "words": words, "whole": whole, "label_key": label,
                "attributes": attributes or {}, "entity_key": entity or "", "skipped": [origin, *skip],
            },
        )  # fmt: skip
    if step.created_by_id != by.pk or step.project_id != project.pk:
        raise PropagationIdTaken
    return step


def advance_propagation(step: Propagation, *, by: User, done: bool) -> Propagation:
    """Goes on until the step is done, or taken back, in at most 20 further sets; `ended` tells when nothing is left."""
    for _set in range(CHUNK):
        step = _one_set(step.pk, by=by, done=done)
        if step.ended:
            break
    return step


def _one_set(pk: int, *, by: User, done: bool) -> Propagation:
    with write_turn():
        step = Propagation.objects.select_for_update().get(pk=pk, created_by=by)
        if step.done != done:
            step.turn, step.reached, step.ended, step.report = step.turn + 1, 0, False, {}
        if step.ended:
            return step
        work = _next(step, by=by)
        if work is None:
            step.ended = True
        else:
            _Turn(step, work, by=by).run()
            step.reached = work.pk
        step.save()
    return step


def _next(step: Propagation, *, by: User) -> AnnotationSet | None:
    """The next set of the turn: the first turn looks for them, the others go where it was."""
    if step.turn == 0:
        rows = sets_with(step.project_id, step.words, to=by, origin=step.skipped[0], after=step.reached)
        return rows.exclude(pk__in=step.skipped).first()
    rows = policy.attended_sets(by).filter(pk__in=step.touched, pk__gt=step.reached)
    return rows.select_related("article").order_by("pk").first()


class _Turn:
    """What one turn of a step does in one set."""

    def __init__(self, step: Propagation, work: AnnotationSet, *, by: User) -> None:
        self.step, self.work, self.by = step, work, by
        self.model = Model(words=step.words, whole=step.whole, label=step.label_key, entity=step.entity_key or None)
        self.places = places_in(work.article.text, spans_of(work), kinds_of(work.project_id), self.model)
        self.kept = 0

    def run(self) -> None:
        """Makes the operations, applies them and adds to the report."""
        operations = self._forth() if self.step.done else self._back()
        open_ = self.work.is_open and policy.may_edit(self.by, self.work)
        results = []
        if operations and open_:
            outcome = apply_operations(self.work.pk, operations, by=self.by, text_sha256=self.work.article.text_sha256)
            results = outcome.results
            kind = StepKind.SPREAD if self.step.done else StepKind.SPREAD_UNDO
            about = {"label": self.step.label_key, "words": self.step.words}
            note_step(self.work.pk, outcome, kind, by=self.by, about=about)
        spans = sum(result.status != "rejected" for result in results)
        self._report(spans, kept=self.kept + len(operations) - spans, reason="changed" if open_ else "closed")

    def _id(self, *what: object) -> str:
        return str(uuid.uuid5(uuid.UUID(self.step.uid), ":".join(map(str, (self.work.pk, *what)))))

    def _forth(self) -> list[AnyOperation]:
        turn = self.step.turn
        operations: list[AnyOperation] = []
        for place in self.places:
            if place.state == "free":
                operations.append(
                    SpanCreate(
                        op_id=self._id(turn, place.start), id=self._id("span", place.start), label=self.model.label,
                        ranges=((place.start, place.end),), quote=self.model.words,
                        attributes=self.step.attributes, entity=self.model.entity,
                    )
                )  # fmt: skip
            elif place.state == "linkable" and place.span:
                operations.append(
                    SpanUpdate(op_id=self._id(turn, place.span.id), id=place.span.id, entity=self.model.entity)
                )
        return operations

    def _back(self) -> list[AnyOperation]:
        spans = {span.id: span for span in spans_of(self.work)}
        bound = {end for relation in relations_of(self.work) for end in (relation.head, relation.via, relation.tail)}
        turn = self.step.turn
        operations: list[AnyOperation] = []
        for place in self.places:
            made = spans.get(self._id("span", place.start))
            if made and self._as_made(made, (place.start, place.end)) and made.id not in bound:
                operations.append(SpanDelete(op_id=self._id(turn, place.start), id=made.id))
            elif made:
                self.kept += 1
        for uid in self._linked(list(spans)):
            if spans[uid].entity == self.model.entity:
                operations.append(SpanUpdate(op_id=self._id(turn, uid), id=uid, entity=None))
            elif spans[uid].entity is not None:
                self.kept += 1
        return operations

    def _as_made(self, span: SpanRecord, place: tuple[int, int]) -> bool:
        return (span.label, span.ranges, span.attributes, span.entity) == (
            self.model.label, (place,), self.step.attributes, self.model.entity,
        )  # fmt: skip

    def _linked(self, uids: list[str]) -> list[str]:
        """Spans that stood there before and were linked by the turn before this one."""
        by_op = {self._id(self.step.turn - 1, uid): uid for uid in uids}
        rows = Revision.objects.filter(annotation_set=self.work, op_id__in=by_op).order_by("version")
        return [by_op[op_id] for op_id in rows.values_list("op_id", flat=True)]

    def _report(self, spans: int, *, kept: int, reason: str) -> None:
        step, report = self.step, dict(self.step.report)
        if spans and self.work.pk not in step.touched:
            step.touched = [*step.touched, self.work.pk]
        report["spans"] = report.get("spans", 0) + spans
        report["sets"] = report.get("sets", 0) + (spans > 0)
        if kept:
            report["kept"] = report.get("kept", 0) + kept
            places = report.get("kept_in", [])
            entry = {"set": self.work.pk, "headline": self.work.article.headline, "n": kept, "reason": reason}
            report["kept_in"] = [*places, entry][:MOST_KEPT]
        step.report = report
