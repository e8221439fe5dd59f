"""How does one step change many sets, and how is it taken back as one? Through operations, a transaction for each set.

`apply` writes each group with `apply_operations` and, in the same transaction, what stood before. `undo` restores that
by operations of its own wherever it still finds what the edit left, and says what it left alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from annotations import policy
from annotations.actions.operations import Outcome, apply_operations
from annotations.actions.revision_steps import note_step
from annotations.actions.scheme_lock import hold_scheme_of
from annotations.actions.turns import write_turn
from annotations.edits import AnyOperation, operations_to_builtins
from annotations.errors import NewsroomError, gettext_noop
from annotations.kinds.touch import touched
from annotations.kinds.undo import Change, Plain, restoring, restoring_id, standing
from annotations.models import AnnotationSet, BulkEdit, BulkEditPart, Project, StepKind, User
from annotations.queries.current import DatabaseCurrent
from annotations.queries.texts import article_text

MOST_SETS = 1000


class BulkEditTaken(NewsroomError):
    """Raised when somebody else has a bulk edit of this id."""

    def __init__(self) -> None:
        super().__init__(
            code="bulk_edit_taken",
            message=gettext_noop("There is another bulk edit with this id already."),
            hint=gettext_noop("Give each bulk edit a UUID of its own."),
        )


class TooManySets(NewsroomError):
    """Raised when a bulk edit would change more sets than one request should."""

    def __init__(self) -> None:
        super().__init__(
            code="too_many_sets",
            message=gettext_noop("One bulk edit changes {most} sets at most."),
            hint=gettext_noop("Do it in several steps."),
            data={"most": MOST_SETS},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The operations on one set, made on the text of this hash; each with its `op_id`, at most MAX_OPERATIONS."""

    set_id: int
    text_sha256: str
    operations: Sequence[AnyOperation]


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What an undo left as it is: a thing of a set, and why (`changed`, or the reason of a refusal)."""

    set_id: int
    thing: str
    reason: str
    quote: str = ""


@dataclass(slots=True, kw_only=True)
class UndoReport:
    """How many things an undo restored, in how many sets, and what it left alone."""

    restored: int = 0
    sets: int = 0
    left: list[Left] = field(default_factory=list)


def apply(
    project: Project, groups: Sequence[Group], *, by: User, uid: str, about: dict[str, Any] | None = None
) -> BulkEdit:
    """Applies groups of operations to many sets of a project and returns the edit with its parts.

    The same `uid` again goes on where the edit was broken off, and repeats nothing. A set that is closed or not the
    person's to change is refused as a whole, and the others go on. Each set has one group. Raises
    AnnotationSet.DoesNotExist for a set that is not the person's to see, before anything is written; BulkEditTaken;
    TooManySets.
    """
    if len(groups) > MOST_SETS:
        raise TooManySets
    wanted = {group.set_id for group in groups}
    if len(wanted) != len(groups):
        raise ValueError("each set has one group")
    if policy.attended_sets(by).filter(project=project, pk__in=wanted).count() != len(wanted):
        raise AnnotationSet.DoesNotExist
    edit = _begun(project, by=by, uid=uid, about=about or {})
    done = set(edit.parts.values_list("annotation_set", flat=True))
    for group in groups:
        if group.set_id not in done:
            _apply_group(edit, group, by=by)
            done.add(group.set_id)
    return edit


def _begun(project: Project, *, by: User, uid: str, about: dict[str, Any]) -> BulkEdit:
    with write_turn():
        edit, _made = BulkEdit.objects.get_or_create(
            uid=uid, defaults={"project": project, "made_by": by, "about": about}
        )
    if edit.made_by_id != by.pk or edit.project_id != project.pk:
        raise BulkEditTaken
    return edit


def _apply_group(edit: BulkEdit, group: Group, *, by: User) -> None:
    """Writes the operations of one set and the edit's part in it, in one transaction."""
    part = BulkEditPart(bulk_edit=edit, annotation_set_id=group.set_id)
    try:
        with write_turn():
            part.changes, outcome = _changes(group, by=by)
            part.refusals = _refusals(outcome)
            part.save()
            note_step(group.set_id, outcome, StepKind.BULK, by=by, about=edit.about)
    except NewsroomError as refusal:
        said = {"op_id": None, "reason": refusal.code, "field": None, "data": refusal.data}
        with write_turn():
            edit.parts.get_or_create(annotation_set_id=group.set_id, defaults={"refusals": [said]})
    except IntegrityError:
        # The same request was sent twice at once; the other one has written this set, and this one nothing.
        if not edit.parts.filter(annotation_set=group.set_id).exists():
            raise


def _changes(group: Group, *, by: User) -> tuple[list[Change], Outcome]:
    """Applies the operations of a set and returns what is different after them."""
    things = [touched(stored)[0] for stored in operations_to_builtins(group.operations)]
    before = _standing(group, things, by=by)
    outcome = apply_operations(group.set_id, group.operations, by=by, text_sha256=group.text_sha256)
    after = _standing(group, things, by=by)
    changed = [thing for thing in before if before[thing] != after[thing]]
    return [{"thing": thing, "before": before[thing], "after": after[thing]} for thing in changed], outcome


def _standing(group: Group, things: Sequence[str], *, by: User) -> dict[str, Plain]:
    """Returns what stands in each place of a set, which is locked from then on."""
    hold_scheme_of(group.set_id)
    locked, _may_edit = policy.lock_set(by, group.set_id)
    current = DatabaseCurrent(locked.pk, article_text(locked.article_id, locked.text_sha256))
    current.read_spans(thing.removeprefix("span:") for thing in things if thing.startswith("span:"))
    return {thing: standing(current, thing) for thing in things}


def _refusals(outcome: Outcome) -> list[dict[str, Any]]:
    return [
        {"op_id": result.op_id, "reason": result.reason, "field": result.field, "data": result.data}
        for result in outcome.results
        if result.status == "rejected"
    ]


def undo(edit: BulkEdit, *, by: User) -> UndoReport:
    """Restores what stood before the edit, set by set, and reports what has changed meanwhile and was left alone.

    Sets in which it has been undone are passed over, so that an undo that was broken off goes on. The edit must have
    come through the policy.
    """
    report = UndoReport()
    parts = edit.parts.filter(undone_at=None).select_related("annotation_set__article", "bulk_edit").order_by("pk")
    for part in parts.defer("annotation_set__article__text").iterator(chunk_size=100):
        _undo_part(part, report, salt=edit.uid, by=by)
    BulkEdit.objects.filter(pk=edit.pk).update(undone_at=timezone.now())
    return report


def _undo_part(part: BulkEditPart, report: UndoReport, *, salt: str, by: User) -> None:
    sha256 = part.annotation_set.article.text_sha256
    try:
        with write_turn():
            group = Group(set_id=part.annotation_set_id, text_sha256=sha256, operations=())
            now = _standing(group, [change["thing"] for change in part.changes], by=by)
            kept = [change for change in part.changes if now[change["thing"]] == change["after"]]
            operations = restoring(kept, salt=salt)
            outcome = apply_operations(group.set_id, operations, by=by, text_sha256=sha256)
            note_step(group.set_id, outcome, StepKind.BULK_UNDO, by=by, about=part.bulk_edit.about)
            BulkEditPart.objects.filter(pk=part.pk).update(undone_at=timezone.now())
    except (NewsroomError, AnnotationSet.DoesNotExist) as refusal:
        reason = refusal.code if isinstance(refusal, NewsroomError) else "not_found"
        report.left += [_left(part, change, reason) for change in part.changes]
        return
    refused = {result.op_id: result.reason for result in outcome.results if result.status == "rejected"}
    for change in part.changes:
        if change not in kept:
            report.left.append(_left(part, change, "changed"))
        elif why := refused.get(restoring_id(salt, change["thing"])):
            report.left.append(_left(part, change, why))
    report.restored += len(kept) - len(refused)
    report.sets += len(kept) > len(refused)


def _left(part: BulkEditPart, change: Change, reason: str) -> Left:
    stood = change["after"] or change["before"]
    return Left(set_id=part.annotation_set_id, thing=change["thing"], reason=reason, quote=stood.get("quote", ""))
