"""What would happen if a project were set otherwise? Counted before anything is changed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Greatest
from django.utils import timezone

from annotations.models import (
    AnnotationSet,
    Membership,
    Project,
    ProjectArticle,
    QueueOrder,
    Role,
    SetKind,
    SetStatus,
    Visit,
)
from annotations.models.annotation_sets import OPEN_STATUSES


class Consequence(NamedTuple):
    """What the change of one field does: a key of the table of sentences, and its number."""

    field: str
    key: str
    n: int = 0


def consequences(project: Project, wanted: dict[str, list[Any]]) -> list[Consequence]:
    """Counts what the changes, before and after by field, would do; nothing for those that only name things."""
    found: list[Consequence] = []
    for field, (before, after) in wanted.items():
        counting = _COUNTED.get(field)
        if counting is not None:
            found += [Consequence(field, key, n) for key, n in counting(project, before, after)]
    return found


def offered_orders(project: Project) -> list[QueueOrder]:
    """Returns the orders a queue can have: by uncertainty only where some is known, or that was chosen already."""
    known = ProjectArticle.objects.filter(project=project, uncertainty__isnull=False)
    by_uncertainty = project.queue_order == QueueOrder.UNCERTAINTY or known.exists()
    return [order for order in QueueOrder if order != QueueOrder.UNCERTAINTY or by_uncertainty]


_Counted = list[tuple[str, int]]


def free_slots(project: Project, overlap: int) -> int:
    """Counts the slots that are still to be given out where each article is read by so many."""
    return _free(project, overlap).aggregate(n=Sum(Greatest(overlap - F("taken"), 0)))["n"] or 0


def _free(project: Project, overlap: int) -> QuerySet[ProjectArticle]:
    """Articles that are not read by so many yet; what a newer version supersedes is handed out no more."""
    newer = ProjectArticle.objects.filter(project=project, article__supersedes=OuterRef("article"))
    return ProjectArticle.objects.filter(project=project, taken__lt=overlap).exclude(Exists(newer))


def _overlap(project: Project, before: int, after: int) -> _Counted:
    difference = free_slots(project, after) - free_slots(project, before)
    if after > before:
        return [("slots_new", difference)]
    over = ProjectArticle.objects.filter(project=project, taken__gt=after).count()
    return [("slots_gone", -difference)] + ([("over_full", over)] if over else [])


def _self_assign(project: Project, before: bool, after: bool) -> _Counted:
    annotators = Membership.objects.filter(project=project).exclude(role=Role.MANAGER).count()
    return [("take_themselves" if after else "wait_for_work", annotators)]


def _order(project: Project, before: str, after: str) -> _Counted:
    free = _free(project, project.overlap)
    known = {QueueOrder.DISAGREEMENT: "agreement", QueueOrder.UNCERTAINTY: "uncertainty"}.get(QueueOrder(after))
    said = [("reordered", free.count())]
    if known:
        said.append((f"without_{known}", free.filter(**{known: None}).count()))
    return said


def _timeout(project: Project, before: int | None, after: int | None) -> _Counted:
    if after is None:
        return [("never_expires", _open(project).count())]
    since = timezone.now() - timedelta(hours=after)
    looked_at = Visit.objects.filter(annotation_set=OuterRef("pk"), user=OuterRef("annotator"), updated_at__gte=since)
    return [("expires", _open(project).filter(updated_at__lt=since).exclude(Exists(looked_at)).count())]


def _blind(project: Project, before: bool, after: bool) -> _Counted:
    annotators = Membership.objects.filter(project=project, role=Role.ANNOTATOR).count()
    return [("blind_again" if after else "seen_by_peers", annotators)]


def _apart(project: Project, before: bool, after: bool) -> _Counted:
    """Work handed in that its reviewers have annotated, too, and what of it nobody is left to judge."""
    handed_in = AnnotationSet.objects.filter(project=project, kind=SetKind.ANNOTATOR, status=SetStatus.SUBMITTED)
    judges = Membership.objects.filter(project=project, role__in=[Role.REVIEWER, Role.MANAGER])
    works = AnnotationSet.objects.filter(project=project, kind=SetKind.ANNOTATOR).exclude(status=SetStatus.GIVEN_BACK)
    by_judges = works.filter(article=OuterRef("article"), annotator__in=judges.values("user"))
    touched = handed_in.filter(Exists(by_judges))
    if not after:
        return [("judged_by_authors", touched.count())]
    left = judges.exclude(Exists(works.filter(annotator=OuterRef("user"), article=OuterRef(OuterRef("article")))))
    return [("kept_apart", touched.count()), ("without_judge", handed_in.exclude(Exists(left)).count())]


def _deadline(project: Project, before: str | None, after: str | None) -> _Counted:
    if after is None:
        return [("no_deadline", 0)]
    return [("deadline_past", 0)] if after < timezone.localdate().isoformat() else [("deadline_set", 0)]


def _threshold(project: Project, before: float, after: float) -> _Counted:
    low = ProjectArticle.objects.filter(project=project, agreement__lt=after).count()
    return [("too_low", low)]


def _archived(project: Project, before: bool, after: bool) -> _Counted:
    if not after:
        return [("brought_back", free_slots(project, project.overlap))]
    return [("put_away", free_slots(project, project.overlap)), ("may_be_finished", _open(project).count())]


def _open(project: Project) -> QuerySet[AnnotationSet]:
    return AnnotationSet.objects.filter(Q(status__in=OPEN_STATUSES), project=project, kind=SetKind.ANNOTATOR)


_COUNTED: dict[str, Callable[[Project, Any, Any], _Counted]] = {
    "overlap": _overlap, "self_assign": _self_assign, "queue_order": _order, "timeout_hours": _timeout,
    "blind": _blind, "reviewer_not_author": _apart, "deadline": _deadline, "threshold": _threshold,
    "archived": _archived,
}  # fmt: skip
