"""How many annotators hold a slot of an article? Counted from the sets, whenever one is made or moved."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from annotations.errors import NewsroomError, gettext_noop
from annotations.models import AnnotationSet, Project, ProjectArticle, SetKind
from annotations.states import HOLDING


class NoFreeSlot(NewsroomError):
    """Raised when as many annotators hold an article as the project's overlap lets."""

    def __init__(self, *, overlap: int) -> None:
        super().__init__(
            code="no_free_slot",
            message=gettext_noop("This article is with others by now: {overlap} annotators read each article here."),
            hint=gettext_noop("Take the next article, or ask the project's manager to raise the overlap."),
            data={"overlap": overlap},
        )


def lock_places(project_id: int, article_ids: Iterable[int]) -> list[ProjectArticle]:
    """Returns the articles' places in a project, locked for this transaction, always in the same order."""
    rows = ProjectArticle.objects.filter(project=project_id, article__in=list(article_ids)).order_by("pk")
    return list(rows.select_for_update(of=("self",), no_key=True))


def hold_places(project_id: int, article_ids: Iterable[int]) -> None:
    """Locks places before something is counted of their articles, where others may count at the same time.

    PostgreSQL would count as of the moment the statement began, and so before the change of another transaction that
    it then waits for. On SQLite nobody else writes.
    """
    if connection.features.has_select_for_update:
        lock_places(project_id, article_ids)


def require_free_slot(project: Project, article_id: int) -> None:
    """Locks an article's place and sees to it that one more annotator may hold it. Raises NoFreeSlot."""
    for place in lock_places(project.pk, [article_id]):
        if place.taken >= project.overlap:
            raise NoFreeSlot(overlap=project.overlap)


def held_sets(project_id: int | OuterRef) -> QuerySet[AnnotationSet]:
    """The sets that hold a slot of the article of an outer query."""
    return AnnotationSet.objects.filter(
        project=project_id, article=OuterRef("article"), kind=SetKind.ANNOTATOR, status__in=HOLDING
    )


def count_taken(project_id: int, article_ids: Iterable[int]) -> None:
    """Counts again how many slots of these articles are held; within the transaction that changed a set."""
    ids = list(article_ids)
    hold_places(project_id, ids)
    counted = held_sets(project_id).order_by().values("article").annotate(n=Count("pk")).values("n")
    places = ProjectArticle.objects.filter(project=project_id, article__in=ids)
    places.update(taken=Coalesce(Subquery(counted), 0))
