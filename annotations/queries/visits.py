"""How long was worked? Seconds of a person on a set, and of each person in a project."""

from django.db.models import Sum

from annotations.models import AnnotationSet, Project, User, Visit


def seconds_on(annotation_set: AnnotationSet, *, of: User) -> int:
    """Returns the seconds that a person has worked on a set."""
    return Visit.objects.filter(annotation_set=annotation_set, user=of).aggregate(n=Sum("seconds"))["n"] or 0


def own_seconds(annotation_set: AnnotationSet) -> int:
    """Returns the seconds of a set's annotator on it; without another query where visits were prefetched."""
    return sum(visit.seconds for visit in annotation_set.visits.all() if visit.user_id == annotation_set.annotator_id)


def project_seconds(project: Project) -> dict[int, int]:
    """Returns by the person's id the seconds that each has worked in a project."""
    rows = Visit.objects.filter(annotation_set__project=project).values_list("user").order_by()
    return dict(rows.annotate(n=Sum("seconds")))
