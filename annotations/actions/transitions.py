"""How does the work on a set move on? By a transition of annotations/states.py, checked, performed and written down."""

from dataclasses import replace

from django.utils import timezone

from annotations import policy
from annotations.actions.article_agreement import keep_agreement
from annotations.actions.notices import tell_of_move
from annotations.actions.slots import count_taken, require_free_slot
from annotations.actions.turns import write_turn
from annotations.actions.webhooks import send_move
from annotations.errors import NewsroomError, gettext_noop
from annotations.models import AnnotationSet, SetKind, SetStatus, SkipReason, StatusChange, User
from annotations.models.fields import new_uid
from annotations.queries.transitions import was_taken_away
from annotations.states import FINISHED, HOLDING, TRANSITIONS, Actor, State, Transition

LONGEST_NOTE = 4000
FRESH = ("status", "submitted_at", "updated_at")


class NotYoursToMove(NewsroomError):
    """Raised when the person may see a set but not perform this transition of it."""

    def __init__(self) -> None:
        super().__init__(
            code="not_yours_to_move",
            message=gettext_noop("Your role doesn't let you do this with this work."),
            hint=gettext_noop("Ask the project's manager."),
        )


class NotMovable(NewsroomError):
    """Raised when a set is in a state that the transition does not start from."""

    def __init__(self, *, status: str) -> None:
        super().__init__(
            code="not_movable",
            message=gettext_noop("This can't be done now: the work's status is «{status}»."),
            hint=gettext_noop("Reload the page: somebody may have moved it on."),
            data={"status": status},
        )


class NoteNeeded(NewsroomError):
    """Raised when a transition needs a reason and none was given, or one that is too long."""

    def __init__(self) -> None:
        super().__init__(
            code="note_needed",
            message=gettext_noop("Say why, in at most {longest} characters."),
            data={"longest": LONGEST_NOTE},
        )


class ChangeIdTaken(NewsroomError):
    """Raised when the id of a transition was given to another one of the same set."""

    def __init__(self) -> None:
        super().__init__(
            code="change_id_taken", message=gettext_noop("Another change of this work has this id."),
            hint=gettext_noop("Give each change a new id."),
        )  # fmt: skip


class ReasonUnknown(NewsroomError):
    """Raised when a reason is given that is none of the list, or for a transition that takes none."""

    def __init__(self, *, reason: str) -> None:
        super().__init__(
            code="reason_unknown",
            message=gettext_noop("«{reason}» is no reason for this."),
            hint=gettext_noop("Possible: {known}."),
            data={"reason": reason, "known": ", ".join(SkipReason.values)},
        )


def move(
    annotation_set: AnnotationSet,
    key: str,
    *,
    by: User | None,
    note: str = "",
    reason: str = "",
    batch: str | None = None,
    uid: str | None = None,
    to: State | None = None,
) -> StatusChange:
    """Performs one transition and returns its record; `annotation_set` is brought up to date.

    Without `by` the program itself acts. `reason` is one of SkipReason, for work that is given back. What is sent
    again under the same `uid` is not done again, whatever came after it. `to` is where a step back leads, the state it
    came from, instead of where such a transition leads by itself. Raises NotYoursToMove, NotMovable, NoteNeeded,
    ReasonUnknown or NoFreeSlot; KeyError for an unknown key.
    """
    transition = TRANSITIONS[key] if to is None else replace(TRANSITIONS[key], target=to)
    note = note.strip()
    with write_turn():
        locked = lock(annotation_set.pk)
        if uid is not None and (known := StatusChange.objects.filter(annotation_set=locked, uid=uid).first()):
            return _repeated(known, transition, annotation_set, by=by)
        _check(transition, locked, by=by)
        _check_words(transition, note=note, reason=reason)
        if transition.target in HOLDING and locked.status not in HOLDING:
            require_free_slot(locked.project, locked.article_id)
        change = write_change(locked, transition, by=by, note=note, reason=reason, batch=batch, uid=uid)
    annotation_set.refresh_from_db(fields=FRESH)
    return change


def _repeated(
    known: StatusChange, transition: Transition, annotation_set: AnnotationSet, *, by: User | None
) -> StatusChange:
    """Returns what was done the first time. Raises ChangeIdTaken where it was something else."""
    if (known.transition, known.actor_id) != (transition.key, by and by.pk):
        raise ChangeIdTaken
    annotation_set.refresh_from_db(fields=FRESH)
    return known


def lock(pk: int) -> AnnotationSet:
    """Returns a set with its project, locked for this transaction."""
    return AnnotationSet.objects.select_for_update(of=("self",)).select_related("project").get(pk=pk)


def _check(transition: Transition, locked: AnnotationSet, *, by: User | None) -> None:
    actors = {Actor.SYSTEM} if by is None else policy.actors_of(by, locked)
    if not actors.intersection(transition.actors) or transition.gold != (locked.kind == SetKind.GOLD):
        raise NotYoursToMove
    if locked.status not in transition.sources:
        raise NotMovable(status=locked.get_status_display())
    if transition.key == "resume" and Actor.MANAGER not in actors and was_taken_away(locked):
        raise NotYoursToMove


def _check_words(transition: Transition, *, note: str, reason: str) -> None:
    if reason and (transition.key != "skip" or reason not in SkipReason.values):
        raise ReasonUnknown(reason=reason)
    said = note or (reason and reason != SkipReason.OTHER)
    if len(note) > LONGEST_NOTE or (transition.needs_note and not said):
        raise NoteNeeded


def write_change(
    locked: AnnotationSet,
    transition: Transition,
    *,
    by: User | None,
    note: str = "",
    reason: str = "",
    batch: str | None = None,
    uid: str | None = None,
) -> StatusChange:
    """Writes a transition that has been checked, of a set that this transaction has locked."""
    now = timezone.now()
    source, locked.status, locked.updated_at = State(locked.status), SetStatus(transition.target), now
    fields = ["status", "updated_at"]
    if transition.target is State.SUBMITTED and transition.key == "submit":
        locked.submitted_at = now
        fields.append("submitted_at")
    locked.save(update_fields=fields)
    if (source in HOLDING) != (transition.target in HOLDING):
        count_taken(locked.project_id, [locked.article_id])
    if locked.kind == SetKind.ANNOTATOR and (source in FINISHED) != (transition.target in FINISHED):
        keep_agreement(locked.project, [locked.article_id])
    change = StatusChange.objects.create(
        annotation_set=locked, transition=transition.key, source=source, target=transition.target, actor=by,
        note=note, reason=reason, batch=batch, uid=uid or new_uid(), at=now,
    )  # fmt: skip
    tell_of_move(change)
    send_move(change)
    return change
