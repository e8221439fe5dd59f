"""How has a person's own work gone of late, in all their projects together? What their first page says of it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, Sum
from django.utils import timezone

from annotations import policy
from annotations.models import AnnotationSet, Project, SetKind, User
from annotations.queries.dashboard import local_day
from annotations.queries.dashboard_people import Minutes, minutes_of
from annotations.queries.dashboard_progress import Week, week_of
from annotations.queries.days import midnight
from annotations.states import FINISHED

WEEKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPace:
    """Articles handed in, week by week, the present one last; how long each took; the projects they stand in."""

    weeks: list[Week]
    minutes: Minutes
    projects: list[Project]

    @property
    def this_week(self) -> int:
        """How many were handed in since Saturday."""
        return self.weeks[-1].count

    @property
    def total(self) -> int:
        """How many were handed in in all these weeks."""
        return sum(week.count for week in self.weeks)


def load_own_pace(user: User, *, today: date | None = None) -> OwnPace | None:
    """Reads what the person handed in in the last eight weeks; None where that is nothing."""
    last = week_of(today or timezone.localdate())
    first = last - timedelta(weeks=WEEKS - 1)
    rows = AnnotationSet.objects.filter(
        annotator=user, kind=SetKind.ANNOTATOR, status__in=FINISHED, submitted_at__gte=midnight(first),
        project__in=policy.visible_projects(user).order_by().values("pk"),
    ).order_by()  # fmt: skip
    own = Sum("visits__seconds", filter=Q(visits__user=F("annotator")))
    counts: dict[date, int] = {}
    seconds, projects = [], set()
    for project, at, took in rows.annotate(took=own).values_list("project", "submitted_at", "took"):
        if at is None:
            continue
        week = week_of(local_day(at))
        counts[week] = counts.get(week, 0) + 1
        projects.add(project)
        if took:
            seconds.append(took)
    if not counts:
        return None
    weeks = [first + timedelta(weeks=at) for at in range(WEEKS)]
    return OwnPace(
        weeks=[Week(begins=week, count=counts.get(week, 0)) for week in weeks],
        minutes=minutes_of(seconds),
        projects=list(Project.objects.filter(pk__in=projects)),
    )
