"""Outside of which ids can a list hold nothing? Small sets that an index knows, asked before any row is.

They only leave out early what would be left out anyway: who may see what is asked of each row that remains.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet

from annotations.models import AnnotationSet, Article, Label, Source
from annotations.queries.days import published_within
from annotations.queries.search_sql import Sql, rows_of

# A set with more is not worth gathering: of those rows so many remain that a page is soon full without it.
MOST = 50_000
# What has no rows at all, as a statement.
_NOTHING: Sql = ("SELECT 0 WHERE 1 = 0", [])


class Ids(NamedTuple):
    """A set of ids, and rows of which there are as many as are gone through to gather it, or more than that."""

    ids: QuerySet[Any]
    rows: QuerySet[Any]


def ids_of(rows: QuerySet[Any]) -> Ids:
    """Returns a set that is gathered by going through its own rows."""
    return Ids(rows, rows)


def ids_published(*, source: str, since: str, until: str) -> list[Ids]:
    """Returns the ids of an outlet's articles, and of some days'; nothing for what is empty. Raises DayUnreadable."""
    found: list[Ids] = []
    if source:
        outlets = Source.objects.filter(name=source).values("pk")
        found.append(ids_of(Article.objects.filter(source__in=outlets).values("pk")))
    if since or until:
        found.append(ids_of(published_within(Article.objects.all(), since=since, until=until).values("pk")))
    return found


def ids_labelled(label: str, *, kinds: Sequence[type[Model]]) -> Ids:
    """Returns the ids of the articles in which any set gives a label to one of these kinds; each time is a row."""
    labels = Label.objects.filter(key=label).values("pk")
    given = [kind._default_manager.filter(label__in=labels).order_by().values("annotation_set") for kind in kinds]
    first, *others = given
    sets = first.union(*others, all=True) if others else first
    return Ids(AnnotationSet.objects.filter(pk__in=sets).values("article"), sets)


def small(sets: Sequence[Ids]) -> list[Sql]:
    """Returns those of these sets that at most `MOST` rows make, as statements, the smallest first: one question."""
    if not sets:
        return []
    # Counted are the rows, for they come one by one: of a set that others lead to, all would be gathered first.
    rows = [_statement(one.rows) for one in sets]
    # What was chosen goes as a value: S608.
    counts = ", ".join(f"(SELECT count(*) FROM ({sql} LIMIT {MOST + 1}) ids)" for sql, _values in rows)  # noqa: S608
    (sizes,) = rows_of(f"SELECT {counts}", [value for _sql, values in rows for value in values])
    by_size = sorted(zip(sizes, sets, strict=True), key=lambda sized: sized[0])
    return [_statement(one.ids) for size, one in by_size if size <= MOST]


def _statement(rows: QuerySet[Any]) -> Sql:
    try:
        sql, values = rows.order_by().query.sql_with_params()
    except EmptyResultSet:
        return _NOTHING
    return sql, list(values)


def inside(sets: Sequence[Sql], column: str = "hit.id") -> list[Sql]:
    """Returns the questions whether an id is in each of these sets; a database gathers each of them once."""
    # By the sum, and so put, neither database goes through the set and asks for each of its ids, or joins it last.
    return [(f"({column} + 0 IN ({sql})) IS TRUE", values) for sql, values in sets]
