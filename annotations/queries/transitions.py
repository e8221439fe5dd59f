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


def was_taken_away(annotation_set: AnnotationSet) -> bool:
    """Whether it was a manager who gave the work back to the queue: then its annotator can't resume it."""
    change = last_change(annotation_set)
    return change is not None and change.transition == "take_away"


def moves(user: User, annotation_set: AnnotationSet) -> list[Transition]:
    """Returns the transitions that the person may perform now, in the table's order."""
    actors = policy.actors_of(user, annotation_set)
    found = allowed(annotation_set.status, actors=actors, gold=annotation_set.kind == SetKind.GOLD)
    if annotation_set.status == SetStatus.GIVEN_BACK and Actor.MANAGER not in actors and was_taken_away(annotation_set):
        return [transition for transition in found if transition.key != "resume"]
    return found


def last_key() -> Subquery:
    """The key of the last transition of the set of an outer query."""
    rows = StatusChange.objects.filter(annotation_set=OuterRef("pk")).order_by("-id")
    return Subquery(rows.values("transition")[:1])
