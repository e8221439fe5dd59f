"""What does a person do next? Their own work or what the queue has, what waits for review, what projects need."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, cast

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from annotations.models import AnnotationSet, Project, ProjectArticle, Role, SetKind, SetStatus, User
from annotations.models.annotation_sets import OPEN_STATUSES
from annotations.queries.comments import last_words
from annotations.queries.corrections import count_waiting
from annotations.queries.queue import open_sets, waiting_projects
from annotations.queries.transitions import last_change

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Queued(TypedDict):
        undecided: int

    QueuedSet = WithAnnotations[AnnotationSet, _Queued]

QUEUE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectProgress:
    """A project's articles and how many of its sets are in which state."""

    project: Project
    articles: int
    open: int
    submitted: int
    accepted: int
    unassigned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What the home page shows; sets of the queue carry `undecided`, annotations left behind by a correction.

    `said` is why work was returned, or else what was said last. `waiting` are projects whose queue has an article,
    where nothing is begun. `reviewed` are the projects whose sets the person reviews.
    """

    next: AnnotationSet | None
    said: str
    waiting: list[Project]
    queue: "list[QueuedSet]"
    more: int
    submitted: list[AnnotationSet]
    reviewed: list[Project]
    managed: list[ProjectProgress]
    member: bool


def load_home(user: User) -> Home:
    """Reads the person's queue, the sets they may review and the projects they manage."""
    rows = open_sets(user).select_related("article__source", "project").defer("article__text")
    queue = cast("list[QueuedSet]", list(rows[: QUEUE + 1]))
    waiting = len(queue) if len(queue) <= QUEUE else open_sets(user).count()
    roles = dict(user.memberships.values_list("project", "role"))
    reviewed = [pk for pk, role in roles.items() if role in (Role.REVIEWER, Role.MANAGER)]
    following = queue[0] if queue else None
    undecided = count_waiting(queue)
    for work in queue:
        work.undecided = undecided.get(work.pk, 0)
    return Home(
        next=following,
        said=_said_of(following, user),
        queue=queue[1 : QUEUE + 1],
        more=max(waiting - QUEUE - 1, 0),
        waiting=[] if following else waiting_projects(user, most=QUEUE),
        submitted=_submitted(reviewed),
        reviewed=list(Project.objects.filter(pk__in=reviewed)) if reviewed else [],
        managed=_managed([pk for pk, role in roles.items() if role == Role.MANAGER]),
        member=bool(roles) or user.is_superuser,
    )


def _said_of(work: AnnotationSet | None, user: User) -> str:
    """What the annotator of returned work was told: what is to be done, or what was said last."""
    if work is None or work.status != SetStatus.RETURNED:
        return ""
    change, said = last_change(work), last_words([work], to=user).get(work.pk)
    return (change and change.note) or (said and said.text) or ""


def _submitted(projects: list[int]) -> list[AnnotationSet]:
    """Sets handed in, the longest waiting first."""
    rows = AnnotationSet.objects.filter(
        project__in=projects, kind=SetKind.ANNOTATOR, status=SetStatus.SUBMITTED
    ).select_related("article__source", "project", "annotator")
    return list(rows.defer("article__text").order_by("submitted_at")[:QUEUE])


def _managed(projects: list[int]) -> list[ProjectProgress]:
    works = Q(annotation_sets__kind=SetKind.ANNOTATOR)
    rows = Project.objects.filter(pk__in=projects, archived_at=None).annotate(
        open=Count("annotation_sets", filter=works & Q(annotation_sets__status__in=OPEN_STATUSES)),
        submitted=Count("annotation_sets", filter=works & Q(annotation_sets__status="submitted")),
        accepted=Count("annotation_sets", filter=works & Q(annotation_sets__status__in=["accepted", "adjudicated"])),
        # Apart from the sets: joined to them, each place would be counted once for each set of its project.
        articles_there=_places(), unassigned=_places(taken=0),
    )  # fmt: skip
    return [
        ProjectProgress(
            project=project, articles=project.articles_there, open=project.open, submitted=project.submitted,
            accepted=project.accepted, unassigned=project.unassigned,
        )
        for project in rows
    ]  # fmt: skip


def _places(**which: int) -> Coalesce:
    """Counts the places of the project of an outer query."""
    rows = ProjectArticle.objects.filter(project=OuterRef("pk"), **which).order_by().values("project")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)
