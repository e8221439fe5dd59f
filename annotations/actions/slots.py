"""How many annotators hold a slot of an article? Counted from the sets, whenever one is made or moved."""

from collections.abc import Iterable

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from annotations.models import AnnotationSet, ProjectArticle, SetKind
from annotations.states import HOLDING


def count_taken(project_id: int, article_ids: Iterable[int]) -> None:
    """Counts again how many slots of these articles are held; within the transaction that changed a set."""
    held = AnnotationSet.objects.filter(
        project=project_id, article=OuterRef("article"), kind=SetKind.ANNOTATOR, status__in=HOLDING
    )
    counted = held.order_by().values("article").annotate(n=Count("pk")).values("n")
    places = ProjectArticle.objects.filter(project=project_id, article__in=list(article_ids))
    places.update(taken=Coalesce(Subquery(counted), 0))
