"""In which articles do the annotators agree so far? Asked of the database, so that lists, counts and streams can."""

from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from annotations.models import AnnotationSet, Project, ProjectArticle, SetKind, Span
from annotations.states import FINISHED


def agreeing(rows: QuerySet[ProjectArticle], project: Project, *, at_least: float) -> QuerySet[ProjectArticle]:
    """The articles that two annotators have finished, and whose spans agree at least so far.

    The measure is F1, exact, of all pairs of annotators together: twice the spans that both have, with the same label
    and the same pieces, over all spans of both. Who found nothing, both, agree.
    """
    sets = AnnotationSet.objects.filter(project=project, kind=SetKind.ANNOTATOR, status__in=FINISHED).order_by()
    here = sets.filter(article=OuterRef("article"))
    another = sets.filter(article=OuterRef("article"), id__gt=OuterRef("id"))
    spans = Span.objects.filter(annotation_set__in=sets.values("pk")).order_by().annotate(pieces=_pieces("fragments"))
    twins = spans.filter(
        annotation_set__article=OuterRef("annotation_set__article"), annotation_set__gt=OuterRef("annotation_set"),
        label=OuterRef("label"), start=OuterRef("start"), end=OuterRef("end"), pieces=OuterRef("pieces"),
    )  # fmt: skip
    said = spans.filter(annotation_set__article=OuterRef("article"))
    met = said.annotate(met=_of(twins, "label", Count("pk")))
    measured = rows.filter(Exists(here.filter(Exists(another)))).annotate(
        people=_of(here, "article", Count("pk")),
        said=_of(said, "annotation_set__article", Count("pk")),
        met=_of(met, "annotation_set__article", Sum("met")),
    )
    # A pair's spans are counted once for each other annotator: (people - 1) times.
    return measured.filter(Q(met__gte=(F("people") - 1) * F("said") * Value(at_least / 2)))


def _pieces(column: str) -> Combinable:
    return Coalesce(Cast(column, TextField()), Value(""), output_field=TextField())


def _of(rows: QuerySet[Any], group: str, number: Count | Sum) -> Coalesce:
    """A number over the rows of one group, which the rows are filtered to; 0 where there are none."""
    counted = rows.values(group).annotate(number=number).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
