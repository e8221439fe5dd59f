"""What becomes of work that nobody goes on with? After the project's time-out it goes back to the queue."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from annotations.actions.transitions import lock, write_change
from annotations.actions.turns import write_turn
from annotations.models import AnnotationSet, Project, SetKind, Visit
from annotations.models.annotation_sets import OPEN_STATUSES
from annotations.states import TRANSITIONS

# At a time: whoever asks for the next article waits for so much at most, and so does the worker's next sign of life.
MOST = 100


def sweep_all(*, most: int | None = MOST) -> int:
    """Gives back what has been left lying, so much of each project; returns how many sets."""
    return sum(sweep(project, most=most) for project in Project.objects.filter(timeout_hours__isnull=False))


def sweep(project: Project, *, most: int | None = MOST) -> int:
    """Gives back what has been left lying in a project; returns how many sets."""
    if project.timeout_hours is None:
        return 0
    left = left_lying(project)
    return sum(_expire(project, pk) for pk in left.order_by("pk").values_list("pk", flat=True)[:most])


def left_lying(project: Project) -> QuerySet[AnnotationSet]:
    """The open sets of a project that nobody has edited, moved or looked at since the time-out.

    Work that came in without an account to go on with it is left where it is: nobody could take it up again.
    """
    since = timezone.now() - timedelta(hours=project.timeout_hours or 0)
    looked_at = Visit.objects.filter(annotation_set=OuterRef("pk"), user=OuterRef("annotator"), updated_at__gte=since)
    rows = AnnotationSet.objects.filter(
        project=project, kind=SetKind.ANNOTATOR, annotator__isnull=False, status__in=OPEN_STATUSES,
        updated_at__lt=since,
    )
    return rows.exclude(Exists(looked_at))


def _expire(project: Project, pk: int) -> bool:
    """Gives one set back unless somebody went on with it while the others were given back."""
    with write_turn():
        try:
            locked = lock(pk)
        except AnnotationSet.DoesNotExist:  # an assignment was taken back meanwhile
            return False
        if not left_lying(project).filter(pk=pk).exists():
            return False
        write_change(locked, TRANSITIONS["expire"], by=None)
        return True
