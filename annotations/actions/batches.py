"""How is one step taken with many sets, and taken back? Its changes share a batch; what went on since is left alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from annotations import policy
from annotations.actions.slots import count_taken, hold_places
from annotations.actions.transitions import NotYoursToMove, move
from annotations.actions.turns import write_turn
from annotations.errors import NewsroomError
from annotations.models import AnnotationSet, PriorityStep, Project, ProjectArticle, SetStatus, StatusChange, User
from annotations.models.clock import next_number
from annotations.models.fields import new_uid
from annotations.states import TRANSITIONS, State


@dataclass(slots=True)
class Batch:
    """What a step did: the sets it moved, and why others stayed where they were."""

    uid: str = field(default_factory=new_uid)
    moved: list[int] = field(default_factory=list)
    refused: list[tuple[AnnotationSet, NewsroomError]] = field(default_factory=list)


@dataclass(slots=True)
class Undone:
    """What was taken back, and how many sets or places were left alone because they were changed since."""

    moved: int = 0
    left: int = 0


def move_all(sets: Iterable[AnnotationSet], key: str, *, by: User, note: str = "") -> Batch:
    """Performs the same transition on each set that allows it. The sets must have come through the policy."""
    batch = Batch()
    for work in sets:
        try:
            move(work, key, by=by, note=note, batch=batch.uid)
        except NewsroomError as error:
            batch.refused.append((work, error))
        else:
            batch.moved.append(work.pk)
    return batch


def undo_batch(project: Project, uid: str, *, by: User) -> Undone:
    """Takes a step back, set by set: by the transition that leads back, and what was only assigned is as it never was.

    Raises NotYoursToMove for one who does not manage the project.
    """
    if not policy.can_assign(by, project):
        raise NotYoursToMove
    undone = Undone()
    _undo_priorities(project, uid, undone)
    changes = StatusChange.objects.filter(batch=uid, annotation_set__project=project)
    for change in changes.select_related("annotation_set").order_by("pk"):
        if _take_back(change, by=by):
            undone.moved += 1
        else:
            undone.left += 1
    return undone


def _take_back(change: StatusChange, *, by: User) -> bool:
    if change.transition == "assign":
        return _forget(change)
    back = TRANSITIONS[change.transition].back
    latest = StatusChange.objects.filter(annotation_set=change.annotation_set_id).order_by("-pk").first()
    if back is None or latest != change:
        return False
    try:
        # Where it came from: what was assigned and taken away untouched is not in progress.
        move(change.annotation_set, back, by=by, to=State(change.source))
    except NewsroomError:
        return False
    return True


def _undo_priorities(project: Project, uid: str, undone: Undone) -> None:
    """Gives articles the priorities they had before a step, where they still have the step's."""
    with write_turn():
        step = PriorityStep.objects.select_for_update().filter(project=project, uid=uid, undone_at=None).first()
        if step is None:
            return
        changed = _changed(step)
        hold_places(project.pk, ProjectArticle.objects.filter(pk__in=changed).values_list("article", flat=True))
        # A later step may have given an article the same priority again.
        later = PriorityStep.objects.filter(project=project, pk__gt=step.pk, undone_at=None).only("before")
        since = {pk for other in later.iterator(chunk_size=100) for pk in changed & _changed(other)}
        for priority, places in step.before:
            rows = ProjectArticle.objects.filter(pk__in=set(places) - since, priority=step.after)
            moved = rows.update(priority=priority)
            undone.moved += moved
            undone.left += len(places) - moved
        step.undone_at = timezone.now()
        step.save(update_fields=["undone_at"])


def _changed(step: PriorityStep) -> set[int]:
    """The places to which a step gave another priority."""
    return {pk for _priority, places in step.before for pk in places}


def _forget(change: StatusChange) -> bool:
    """Removes a set that nobody has touched since it was assigned; returns whether it was so."""
    with write_turn():
        rows = AnnotationSet.objects.filter(pk=change.annotation_set_id)
        # Locked by itself first: what somebody writes to it meanwhile is seen only by a statement after the wait.
        list(rows.select_for_update().values_list("pk"))
        kept = {"comments": None, "visits": None, "dismissals": None}
        untouched = rows.filter(status=SetStatus.ASSIGNED, version=0, **kept).first()
        if untouched is None:
            return False
        place = untouched.project_id, untouched.article_id
        untouched.delete()
        # Whoever pulls what changed may hold the set.
        ProjectArticle.objects.filter(project=place[0], article=place[1]).update(removal=next_number())
        count_taken(place[0], [place[1]])
        return True
