"""Which articles does a selection hold, and whose work on them? A page at a time, to look at before an export."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from annotations.models import AnnotationSet, Article, ProjectArticle, Relation, Span
from annotations.queries.selection import Selection


@dataclass(frozen=True, slots=True)
class ChosenArticle:
    """An article of a selection with its chosen sets; each set bears `span_count` and `relation_count`."""

    place: int
    article: Article
    sets: tuple[AnnotationSet, ...]


@dataclass(frozen=True, slots=True)
class ChosenPage:
    """A page of a selection; `after` is where the next one begins, None after the last."""

    articles: tuple[ChosenArticle, ...]
    after: int | None


def chosen_places(selection: Selection) -> QuerySet[ProjectArticle]:
    """The places of a selection's articles without their texts, no more than its limit, to be narrowed further."""
    rows = selection.articles()
    if selection.limit is not None:
        last = rows.values_list("id", flat=True)[selection.limit - 1 : selection.limit].first()
        rows = rows if last is None else rows.filter(id__lte=last)
    return rows.select_related("article__source").defer("article__text", "article__sections", "article__meta")


def chosen_page(selection: Selection, *, after: int = 0, size: int) -> ChosenPage:
    """Returns the `size` articles that come after a place, in the order an export writes them."""
    places = list(chosen_places(selection).filter(id__gt=after)[: size + 1])
    more = places[size - 1].pk if len(places) > size else None
    return ChosenPage(tuple(with_sets(selection, places[:size])), more)


def with_sets(selection: Selection, places: Iterable[ProjectArticle]) -> list[ChosenArticle]:
    """Returns places with the sets that the selection chooses, in the order of a record."""
    places, sets = list(places), defaultdict(list)
    rows = selection.sets().filter(article__in=[place.article_id for place in places])
    for work in rows.annotate(span_count=_count(Span), relation_count=_count(Relation)).order_by():
        sets[work.article_id].append(work)
    return [ChosenArticle(place.pk, place.article, _in_order(sets[place.article_id])) for place in places]


def _in_order(sets: Iterable[AnnotationSet]) -> tuple[AnnotationSet, ...]:
    return tuple(sorted(sets, key=lambda work: (work.kind, work.pseudonym)))


def _count(table: type[Model]) -> Coalesce:
    """How many rows of a table a set has: counted by its index, set by set."""
    rows = table._default_manager.filter(annotation_set=OuterRef("pk")).order_by().values("annotation_set")
    return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count"), output_field=IntegerField()), 0)
