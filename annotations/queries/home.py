"""What does a person do next? Their own work, what waits for their review, what their projects need."""

from dataclasses import dataclass

from django.db.models import Count, Q

from annotations.models import AnnotationSet, Comment, Project, Role, SetKind, SetStatus, User
from annotations.queries.comments import last_words
from annotations.queries.corrections import count_waiting
from annotations.queries.queue import open_sets

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
    """What the home page shows; sets of the queue carry `undecided`, annotations left behind by a correction."""

    next: AnnotationSet | None
    said: Comment | None
    queue: list[AnnotationSet]
    more: int
    submitted: list[AnnotationSet]
    managed: list[ProjectProgress]
    member: bool


def load_home(user: User) -> Home:
    """Reads the person's queue, the sets they may review and the projects they manage."""
    rows = open_sets(user).select_related("article__source", "project").defer("article__text")
    queue = list(rows[: QUEUE + 1])
    waiting = len(queue) if len(queue) <= QUEUE else open_sets(user).count()
    roles = dict(user.memberships.values_list("project", "role"))
    following = queue[0] if queue else None
    undecided = count_waiting(queue)
    for work in queue:
        work.undecided = undecided.get(work.pk, 0)
    return Home(
        next=following,
        said=_said_of(following, user),
        queue=queue[1 : QUEUE + 1],
        more=max(waiting - QUEUE - 1, 0),
        submitted=_submitted([pk for pk, role in roles.items() if role in (Role.REVIEWER, Role.MANAGER)]),
        managed=_managed([pk for pk, role in roles.items() if role == Role.MANAGER]),
        member=bool(roles) or user.is_superuser,
    )


def _said_of(work: AnnotationSet | None, user: User) -> Comment | None:
    """What was said last to the annotator of returned work."""
    if work is None or work.status != SetStatus.RETURNED:
        return None
    return last_words([work], to=user).get(work.pk)


def _submitted(projects: list[int]) -> list[AnnotationSet]:
    """Sets handed in, the longest waiting first."""
    rows = AnnotationSet.objects.filter(
        project__in=projects, kind=SetKind.ANNOTATOR, status=SetStatus.SUBMITTED
    ).select_related("article__source", "project", "annotator")
    return list(rows.defer("article__text").order_by("submitted_at")[:QUEUE])


def _managed(projects: list[int]) -> list[ProjectProgress]:
    works = Q(annotation_sets__kind=SetKind.ANNOTATOR)
    rows = Project.objects.filter(pk__in=projects, archived_at=None).annotate(
        open=Count("annotation_sets", filter=works & ~Q(annotation_sets__status__in=["submitted", "accepted"])),
        submitted=Count("annotation_sets", filter=works & Q(annotation_sets__status="submitted")),
        accepted=Count("annotation_sets", filter=Q(annotation_sets__status="accepted")),
    )
    found = []
    for project in rows:
        places = project.project_articles
        taken = AnnotationSet.objects.filter(project=project, kind=SetKind.ANNOTATOR).values("article")
        found.append(
            ProjectProgress(
                project=project, articles=places.count(), open=project.open, submitted=project.submitted,
                accepted=project.accepted, unassigned=places.exclude(article__in=taken).count(),
            )
        )  # fmt: skip
    return found
