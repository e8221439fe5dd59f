"""Which articles does a query fit? The same ones in the same order on SQLite and PostgreSQL, a page by cursor.

What is asked of the database comes from the query's words alone (`text/query.py`); each hit is then asked of the
articles that the caller may see, on the way down, so that a page stops when it is full. Where a filter leaves few,
`within` says which ids they are among: the others are passed without being asked.
"""

from collections.abc import Iterator, Sequence

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from annotations.models import Article
from annotations.queries import search_postgresql, search_sqlite
from annotations.queries.search_sql import Sql, Where, among, rows_of, seen
from annotations.text.query import Query


def matching(
    query: Query,
    articles: QuerySet[Article],
    *,
    limit: int,
    before: int | None = None,
    after: int | None = None,
    where: Where = "words",
    within: Sequence[Sql] = (),
) -> list[int]:
    """Returns the ids of the first `limit` of these articles that fit, newest first.

    Those below the id `before`; or those above the id `after`, oldest first. `where` looks in all the `words`, in the
    `headline`, or for what fits in the words but not in the headline: `below`. What seeks nothing fits nothing. All
    of the articles have their ids in each of the sets `within` (queries/within.py).
    """
    if not query or limit <= 0:
        return []
    order = "ASC" if after is not None else "DESC"
    try:
        sql, values = _seen_hits("hit.id", query, articles, where, within, before=before, after=after)
    except EmptyResultSet:
        return []
    return [pk for (pk,) in rows_of(f"{sql} ORDER BY hit.id {order} LIMIT %s", [*values, limit])]


def count_matching(query: Query, articles: QuerySet[Article], *, most: int, within: Sequence[Sql] = ()) -> int:
    """Returns how many of these articles fit, counted up to `most`."""
    if not query:
        return 0
    try:
        sql, values = _seen_hits("1", query, articles, "words", within, before=None, after=None)
    except EmptyResultSet:
        return 0
    # What was typed goes as a value: S608.
    counted: int = rows_of(f"SELECT count(*) FROM ({sql} LIMIT %s) counted", [*values, most])[0][0]  # noqa: S608
    return counted


def all_matching(query: Query, articles: QuerySet[Article], *, page: int = 500) -> Iterator[int]:
    """Yields the ids of all that fit, newest first, a page at a time."""
    before: int | None = None
    while found := matching(query, articles, limit=page, before=before):
        yield from found
        before = found[-1]


def ids_matching(query: Query) -> RawSQL:
    """Returns the ids of all articles that fit, whoever may see them, to be asked for inside another statement."""
    if not query:
        return RawSQL("SELECT 0 WHERE 1 = 0", ())
    database = search_sqlite if connection.vendor == "sqlite" else search_postgresql
    hits = database.hits(query, "words", before=None, after=None)
    told = " AND ".join(sql for sql, _values in hits.conditions) or "1 = 1"
    values = [*hits.values, *(value for _sql, given in hits.conditions for value in given)]
    # What was typed goes as a value: S608, S611.
    return RawSQL(f"SELECT hit.id FROM ({hits.sql}) hit WHERE {told}", values)  # noqa: S608, S611


def _seen_hits(
    column: str,
    query: Query,
    articles: QuerySet[Article],
    where: Where,
    within: Sequence[Sql],
    *,
    before: int | None,
    after: int | None,
) -> Sql:
    """Returns the statement for a column of the hits among the articles. Raises EmptyResultSet for no articles."""
    database = search_sqlite if connection.vendor == "sqlite" else search_postgresql
    hits = database.hits(query, where, before=before, after=after, within=within)
    return among(column, (hits.sql, hits.values), [*hits.conditions, seen(articles)])
