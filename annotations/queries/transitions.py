"""How did the work on a set come to where it is, and which ways on are open to a person?"""

from django.db.models import OuterRef, QuerySet, Subquery

from annotations import policy
from annotations.models import AnnotationSet, SetKind, SetStatus, StatusChange, User
from annotations.states import Actor, Transition, allowed


def changes_of(annotation_set: AnnotationSet) -> QuerySet[StatusChange]:
    """The transitions of a set, the latest first; the set itself must have come through the policy."""
    return StatusChange.objects.filter(annotation_set=annotation_set).select_related("actor").order_by("-id")


def last_change(annotation_set: AnnotationSet) -> StatusChange | None:
    """Returns the transition that brought a set to where it is; None for one that came in as it is."""
    return changes_of(annotation_set).first()


def is_by(user: User, key: str, annotation_set: AnnotationSet) -> bool:
    """Whether it was this person, by this transition, who brought a set to where it is."""
    change = last_change(annotation_set)
    return change is not None and change.transition == key and change.actor_id == user.pk


def was_taken_away(annotation_set: AnnotationSet) -> bool:
    """Whether it was a manager who gave the work back to the queue: then its annotator can't resume it."""
    change = last_change(annotation_set)
    return change is not None and change.transition == "take_away"


def moves(actors: set[Actor], annotation_set: AnnotationSet, last: StatusChange | None) -> list[Transition]:
    """Returns the transitions that one of the actors may perform on a set whose `last` one is known."""
    found = allowed(annotation_set.status, actors=actors, gold=annotation_set.kind == SetKind.GOLD)
    taken_away = last is not None and last.transition == "take_away"
    return [way for way in found if way.key != "resume" or Actor.MANAGER in actors or not taken_away]


def moves_of(user: User, annotation_set: AnnotationSet) -> list[Transition]:
    """Returns the transitions that the person may perform now, in the table's order."""
    actors = policy.actors_of(user, annotation_set)
    last = last_change(annotation_set) if annotation_set.status == SetStatus.GIVEN_BACK else None
    return moves(actors, annotation_set, last)


def last_key() -> Subquery:
    """The key of the last transition of the set of an outer query."""
    rows = StatusChange.objects.filter(annotation_set=OuterRef("pk")).order_by("-id")
    return Subquery(rows.values("transition")[:1])
