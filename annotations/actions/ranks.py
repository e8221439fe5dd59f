"""Which article does the queue hand out before which? By a number that each has, worked out from the project's order.

An index has the articles in that order, so that the next one costs the same at the front and far behind. Numbers are
made where they are missing, when the queue comes by: whoever adds articles or changes facts need not know the order.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, F, FloatField, Func, OuterRef, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from annotations.actions.turns import write_turn
from annotations.models import Article, Project, ProjectArticle, QueueOrder, StoryMember

# What nothing is known of comes last.
LAST = 2**62
# Agreement and uncertainty are told apart to this part of one.
FINENESS = 10**9
CHUNK = 2000


class Seconds(Func):
    """The seconds since 1970 of a time."""

    output_field = BigIntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """On SQLite a time is a text."""
        return self.as_sql(
            compiler, connection, template="CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)", **context
        )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """On PostgreSQL it is a number with fractions."""
        return self.as_sql(compiler, connection, template="EXTRACT(EPOCH FROM %(expressions)s)::bigint", **context)


def _of_article(expression: Combinable) -> Combinable:
    return Subquery(Article.objects.filter(pk=OuterRef("article")).values(found=expression))


def _part(name: str, sign: int) -> Combinable:
    return Cast(F(name) * Value(float(sign * FINENESS), FloatField()), BigIntegerField())


_RANKS: dict[str, Combinable] = {
    QueueOrder.ADDED: F("pk"),
    QueueOrder.NEWEST: _of_article(-Seconds("published_at")),
    QueueOrder.SOURCE: _of_article(F("source")),
    QueueOrder.STORY: Subquery(StoryMember.objects.filter(pk=OuterRef("article")).values("story")),
    QueueOrder.DISAGREEMENT: _part("agreement", 1),
    QueueOrder.UNCERTAINTY: _part("uncertainty", -1),
}


def rank_places(project: Project) -> None:
    """Gives a rank to those articles of the project that have none; to all of them where its order has been changed.

    Chunk by chunk: others hand in their work between two of them.
    """
    if project.ranked_by != project.queue_order:
        _begin_anew(project)
    unranked = ProjectArticle.objects.filter(project=project, rank=None)
    while last := list(unranked.order_by("pk").values_list("pk", flat=True)[:CHUNK])[-1:]:
        with write_turn():
            # One at a time, or two would wait for each other's rows.
            # The order is asked of the locked row: it may have been changed since this request read the project.
            locked = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
            rank = Coalesce(_RANKS[locked.ranked_by or locked.queue_order], Value(LAST), output_field=BigIntegerField())
            chunk = unranked.filter(pk__lte=last[0])
            if connection.features.has_select_for_update:  # in the order in which others lock them
                list(chunk.order_by("pk").select_for_update(no_key=True).values_list("pk"))
            chunk.update(rank=rank)


def _begin_anew(project: Project) -> None:
    with write_turn():
        locked = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        if locked.ranked_by != locked.queue_order:
            ProjectArticle.objects.filter(project=project).update(rank=None)
            Project.objects.filter(pk=project.pk).update(ranked_by=locked.queue_order)
    project.queue_order = project.ranked_by = locked.queue_order


def forget_ranks(article_ids: Iterable[int], *, order: str) -> None:
    """Lets the queue rank these articles anew in all projects of that order: what the order is made of has changed."""
    ranked = Project.objects.filter(ranked_by=order).values("pk")
    ProjectArticle.objects.filter(project__in=ranked, article__in=list(article_ids)).update(rank=None)
