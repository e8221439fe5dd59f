"""In which articles do the annotators agree so far? Asked of the database, so that lists, counts and streams can."""

from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce

from annotations.models import AnnotationSet, Project, ProjectArticle, SetKind, Span
from annotations.states import FINISHED


class _Pairs(Subquery):
    """How many pairs the counted groups make: of c in a group c · (c - 1) / 2."""

    template = "(SELECT SUM(counted.number * (counted.number - 1) / 2) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def agreeing(rows: QuerySet[ProjectArticle], project: Project, *, at_least: float) -> QuerySet[ProjectArticle]:
    """The articles that two annotators have finished, and whose spans agree at least so far.

    The measure is F1, exact, of all pairs of annotators together: twice the spans that both have, with the same label
    and the same pieces, over all spans of both. Who found nothing, both, agree.
    """
    theirs = {"project": project, "kind": SetKind.ANNOTATOR, "status__in": FINISHED}
    here = AnnotationSet.objects.filter(**theirs, article=OuterRef("article")).order_by()
    another = AnnotationSet.objects.filter(**theirs, article=OuterRef("article"), id__gt=OuterRef("id"))
    said = Span.objects.filter(
        **{f"annotation_set__{field}": value for field, value in theirs.items()},
        annotation_set__article=OuterRef("article"),
    ).order_by()
    pieces = Coalesce(Cast("fragments", TextField()), Value(""), output_field=TextField())
    # One grouping for each article: to look for the twins of each span took minutes for a thousand articles.
    same = said.annotate(pieces=pieces).values("label", "start", "end", "pieces").annotate(number=Count("pk"))
    measured = rows.filter(Exists(here.filter(Exists(another)))).annotate(
        people=_count(here, "article"),
        said=_count(said, "annotation_set__article"),
        met=Coalesce(_Pairs(same.values("number")), 0),
    )
    # A pair's spans are counted once for each other annotator: (people - 1) times.
    return measured.filter(met__gte=(F("people") - 1) * F("said") * Value(at_least / 2))


def _count(rows: QuerySet[Any], group: str) -> Coalesce:
    """How many rows there are of the one group that they are filtered to."""
    return Coalesce(Subquery(rows.values(group).annotate(number=Count("pk")).values("number")), 0)
