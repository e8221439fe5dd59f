"""How does the work on a set move on? By a transition of annotations/states.py, checked, performed and written down."""

from django.utils import timezone

from annotations import policy
from annotations.actions.slots import count_taken
from annotations.actions.turns import write_turn
from annotations.errors import NewsroomError, gettext_noop
from annotations.models import AnnotationSet, SetKind, SetStatus, StatusChange, User
from annotations.states import HOLDING, TRANSITIONS, Actor, State, Transition

LONGEST_NOTE = 4000


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


def move(
    annotation_set: AnnotationSet, key: str, *, by: User | None, note: str = "", batch: str | None = None
) -> StatusChange:
    """Performs one transition and returns its record; `annotation_set` is brought up to date.

    Without `by` the program itself acts. Raises NotYoursToMove, NotMovable or NoteNeeded; KeyError for an unknown key.
    """
    transition = TRANSITIONS[key]
    note = note.strip()
    with write_turn():
        locked = (
            AnnotationSet.objects.select_for_update(of=("self",)).select_related("project").get(pk=annotation_set.pk)
        )
        _check(transition, locked, by=by, note=note)
        change = write_change(locked, transition, by=by, note=note, batch=batch)
    annotation_set.refresh_from_db(fields=["status", "submitted_at", "updated_at"])
    return change


def _check(transition: Transition, locked: AnnotationSet, *, by: User | None, note: str) -> None:
    actors = {Actor.SYSTEM} if by is None else policy.actors_of(by, locked)
    if not actors.intersection(transition.actors) or transition.gold != (locked.kind == SetKind.GOLD):
        raise NotYoursToMove
    if locked.status not in transition.sources:
        raise NotMovable(status=locked.get_status_display())
    if len(note) > LONGEST_NOTE or (transition.needs_note and not note):
        raise NoteNeeded


def write_change(
    locked: AnnotationSet, transition: Transition, *, by: User | None, note: str = "", batch: str | None = None
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
    return StatusChange.objects.create(
        annotation_set=locked, transition=transition.key, source=source, target=transition.target, actor=by,
        note=note, batch=batch, at=now,
    )  # fmt: skip
