"""What has a person still to do? Their open annotation sets, and the articles that wait for somebody like them."""

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from annotations import policy
from annotations.models import AnnotationSet, Project, ProjectArticle, Role, SetKind, SetStatus, User
from annotations.models.annotation_sets import OPEN_STATUSES
from annotations.queries.transitions import last_key


def open_sets(user: User) -> QuerySet[AnnotationSet]:
    """The person's open sets: returned work first, then what was begun, then what waits."""
    return _in_order(policy.own_sets(user))


def _in_order(own: QuerySet[AnnotationSet]) -> QuerySet[AnnotationSet]:
    urgency = Case(
        When(status=SetStatus.RETURNED, then=Value(0)),
        When(status=SetStatus.IN_PROGRESS, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = own.filter(status__in=OPEN_STATUSES).exclude(Exists(_newer_versions()))
    return rows.annotate(urgency=urgency).order_by("urgency", "id")


def _newer_versions() -> QuerySet[ProjectArticle]:
    """Versions that supersede a set's article in its project: work goes on there."""
    return ProjectArticle.objects.filter(project=OuterRef("project"), article__supersedes=OuterRef("article"))


def open_in(project: Project, user: User, *, after: AnnotationSet | None = None) -> QuerySet[AnnotationSet]:
    """A member's open sets of one project, but for the one they come from."""
    rows = _in_order(AnnotationSet.objects.filter(project=project, annotator=user, kind=SetKind.ANNOTATOR))
    return rows if after is None else rows.exclude(pk=after.pk)


def waiting_for(project: Project, user: User, *, pseudonym: str) -> QuerySet[ProjectArticle]:
    """The articles of a project with a free slot that the person never had, in the order they are handed out.

    What a newer version supersedes is not among them, nor what came in with work under the person's pseudonym.
    """
    had = AnnotationSet.objects.filter(
        Q(annotator=user) | Q(pseudonym=pseudonym), project=project, article=OuterRef("article"), kind=SetKind.ANNOTATOR
    )
    newer = ProjectArticle.objects.filter(project=project, article__supersedes=OuterRef("article"))
    rows = ProjectArticle.objects.filter(project=project, taken__lt=project.overlap)
    return rows.exclude(Exists(had)).exclude(Exists(newer)).order_by("-priority", "rank", "id")


def expired_sets(project: Project, user: User) -> QuerySet[AnnotationSet]:
    """The person's sets that timed out and whose articles have a free slot: they may go on with them."""
    return _expired(policy.own_sets(user).filter(project=project)).order_by("id")


def _expired(own: QuerySet[AnnotationSet]) -> QuerySet[AnnotationSet]:
    free = ProjectArticle.objects.filter(
        project=OuterRef("project"), article=OuterRef("article"), taken__lt=OuterRef("project__overlap")
    )
    rows = own.filter(status=SetStatus.GIVEN_BACK).annotate(last=last_key())
    return rows.filter(Exists(free), last="expire").exclude(Exists(_newer_versions()))


def has_work(project: Project, user: User, *, after: AnnotationSet | None = None) -> bool:
    """Whether there is something for the person to do in a project, behind a set of theirs or at all."""
    if open_in(project, user, after=after).exists():
        return True
    if not policy.can_annotate(user, project):
        return False
    return is_waiting(project, user) or expired_sets(project, user).exists()


def waiting_projects(user: User, *, most: int) -> list[Project]:
    """The projects whose queue has an article for the person, one they never had or one that timed out; one query."""
    had = AnnotationSet.objects.filter(
        annotator=user, project=OuterRef("project"), article=OuterRef("article"), kind=SetKind.ANNOTATOR
    )
    newer = ProjectArticle.objects.filter(project=OuterRef("project"), article__supersedes=OuterRef("article"))
    waiting = ProjectArticle.objects.filter(project=OuterRef("pk"), taken__lt=OuterRef("overlap"))
    takes = Q(self_assign=True, memberships__user=user) | Q(memberships__user=user, memberships__role=Role.MANAGER)
    projects = policy.visible_projects(user).filter(pk__in=Project.objects.filter(takes).values("pk"))
    fresh = Exists(waiting.exclude(Exists(had)).exclude(Exists(newer)))
    own = AnnotationSet.objects.filter(project=OuterRef("pk"), annotator=user, kind=SetKind.ANNOTATOR)
    return list(projects.filter(fresh | Exists(_expired(own)))[:most])


def is_slot_free(annotation_set: AnnotationSet) -> bool:
    """Whether one more annotator may hold the set's article."""
    places = ProjectArticle.objects.filter(project=annotation_set.project_id, article=annotation_set.article_id)
    return places.filter(taken__lt=annotation_set.project.overlap).exists()


def is_waiting(project: Project, user: User) -> bool:
    """Whether the project's queue has an article for a member."""
    pseudonym = project.memberships.filter(user=user).values_list("pseudonym", flat=True).first()
    return waiting_for(project, user, pseudonym=pseudonym or "").exists()


def neighbours(user: User, annotation_set: AnnotationSet) -> tuple[int | None, int | None]:
    """Returns the ids of the person's sets of the project before and after this one, in the order they were given."""
    own = policy.attended_sets(user).filter(project=annotation_set.project_id).exclude(status=SetStatus.GIVEN_BACK)
    if annotation_set.annotator_id == user.pk:
        own = own.filter(annotator=user, kind=SetKind.ANNOTATOR)
    ids = own.order_by("-pk").values_list("pk", flat=True)
    return ids.filter(pk__lt=annotation_set.pk).first(), ids.filter(pk__gt=annotation_set.pk).last()


def place_in_queue(user: User, annotation_set: AnnotationSet) -> tuple[int, int]:
    """Returns (done, all) of the person's sets in the project of this one."""
    own = (
        AnnotationSet.objects.filter(annotator=user, kind=SetKind.ANNOTATOR, project=annotation_set.project_id)
        .exclude(status=SetStatus.GIVEN_BACK)
        .values_list("status", flat=True)
    )
    statuses = list(own)
    return sum(status not in OPEN_STATUSES for status in statuses), len(statuses)
