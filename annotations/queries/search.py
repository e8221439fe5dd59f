"""Which articles does a query fit? The same ones in the same order on SQLite and PostgreSQL, a page by cursor.

What is asked of the database comes from the query's words alone (`text/query.py`); each hit is then asked of the
articles that the caller may see, on the way down, so that a page stops when it is full.
"""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from annotations.models import Article
from annotations.queries import search_postgresql, search_sqlite
from annotations.queries.search_sql import Sql, Where
from annotations.text.query import Query


def matching(
    query: Query,
    articles: QuerySet[Article],
    *,
    limit: int,
    before: int | None = None,
    after: int | None = None,
    where: Where = "words",
) -> list[int]:
    """Returns the ids of the first `limit` of these articles that fit, newest first.

    Those below the id `before`; or those above the id `after`, oldest first. `where` looks in all the `words`, in the
    `headline` too, or for what fits in the words but not in the headline: `below`. What seeks nothing fits nothing.
    """
    if not query or limit <= 0:
        return []
    hits, values = _hits(query, where, before=before, after=after)
    try:
        seen, given = _seen(articles)
    except EmptyResultSet:
        return []
    order = "ASC" if after is not None else "DESC"
    hit = f"SELECT hit.id FROM ({hits}) hit WHERE EXISTS ({seen})"  # noqa: S608 - what was typed goes as a value
    sql = f"{hit} ORDER BY hit.id {order} LIMIT %s"
    return [pk for (pk,) in _rows(sql, [*values, *given, limit])]


def count_matching(query: Query, articles: QuerySet[Article], *, most: int) -> int:
    """Returns how many of these articles fit, counted up to `most`."""
    if not query:
        return 0
    hits, values = _hits(query, "words", before=None, after=None)
    try:
        seen, given = _seen(articles)
    except EmptyResultSet:
        return 0
    hit = f"SELECT 1 FROM ({hits}) hit WHERE EXISTS ({seen}) LIMIT %s"  # noqa: S608 - what was typed goes as a value
    sql = f"SELECT count(*) FROM ({hit}) counted"  # noqa: S608
    return _rows(sql, [*values, *given, most])[0][0]


def all_matching(query: Query, articles: QuerySet[Article], *, page: int = 500) -> Iterator[int]:
    """Yields the ids of all that fit, newest first, a page at a time."""
    before: int | None = None
    while found := matching(query, articles, limit=page, before=before):
        yield from found
        before = found[-1]


def _hits(query: Query, where: Where, *, before: int | None, after: int | None) -> Sql:
    database = search_sqlite if connection.vendor == "sqlite" else search_postgresql
    return database.hits(query, where, before=before, after=after)


def _seen(articles: QuerySet[Article]) -> Sql:
    """Returns the question whether a hit is one of the articles, to be asked of each hit and no sooner."""
    one = articles.order_by().filter(pk=RawSQL("hit.id", ())).values("pk")
    sql, values = one.query.sql_with_params()
    # With OFFSET PostgreSQL does not turn the question round and gather all articles first.
    return f"{sql} LIMIT 1 OFFSET 0", list(values)


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Its estimates know nothing of what it costs to fetch words that lie outside the row.
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(sql, values)
        return cursor.fetchall()
