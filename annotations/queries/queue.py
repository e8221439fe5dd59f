"""What has a person still to do? Their open annotation sets, in the order they were given."""

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When

from annotations import policy
from annotations.models import AnnotationSet, ProjectArticle, SetKind, SetStatus, User
from annotations.models.annotation_sets import OPEN_STATUSES


def open_sets(user: User) -> QuerySet[AnnotationSet]:
    """The person's open sets: returned work first, then what was begun, then what waits."""
    urgency = Case(
        When(status=SetStatus.RETURNED, then=Value(0)),
        When(status=SetStatus.IN_PROGRESS, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return (
        policy.visible_sets(user)
        .filter(annotator=user, kind=SetKind.ANNOTATOR, status__in=OPEN_STATUSES)
        .exclude(Exists(_newer_versions()))
        .annotate(urgency=urgency)
        .order_by("urgency", "id")
    )


def _newer_versions() -> QuerySet[ProjectArticle]:
    """Versions that supersede a set's article in its project: work goes on there."""
    return ProjectArticle.objects.filter(project=OuterRef("project"), article__supersedes=OuterRef("article"))


def next_open_set(user: User, *, after: AnnotationSet) -> int | None:
    """Returns the id of the open set of the same project to go on with, or None."""
    others = open_sets(user).filter(project=after.project_id).exclude(pk=after.pk)
    return others.values_list("pk", flat=True).first()


def neighbours(user: User, annotation_set: AnnotationSet) -> tuple[int | None, int | None]:
    """Returns the ids of the person's sets of the project before and after this one, in the order they were given."""
    own = policy.visible_sets(user).filter(project=annotation_set.project_id)
    if annotation_set.annotator_id == user.pk:
        own = own.filter(annotator=user, kind=SetKind.ANNOTATOR)
    ids = own.order_by("-pk").values_list("pk", flat=True)
    return ids.filter(pk__lt=annotation_set.pk).first(), ids.filter(pk__gt=annotation_set.pk).last()


def place_in_queue(user: User, annotation_set: AnnotationSet) -> tuple[int, int]:
    """Returns (done, all) of the person's sets in the project of this one."""
    own = AnnotationSet.objects.filter(
        annotator=user, kind=SetKind.ANNOTATOR, project=annotation_set.project_id
    ).values_list("status", flat=True)
    statuses = list(own)
    return sum(status not in OPEN_STATUSES for status in statuses), len(statuses)
