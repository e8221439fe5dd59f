"""Which articles stand in a list without a search, where a filter leaves few? From the smallest set of their ids."""

from collections.abc import Sequence

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from annotations.models import Article
from annotations.queries.search_sql import Sql, among, rows_of, seen
from annotations.queries.within import inside

# More rows than any list has: with a bound the databases put the ids in order before anything else is asked of them.
_ALL = 2**63 - 1


def listed(
    articles: QuerySet[Article],
    *,
    within: Sequence[Sql],
    limit: int,
    before: int | None = None,
    after: int | None = None,
) -> list[int]:
    """Returns the ids of the first `limit` of these articles, as `search.matching` does.

    All of them have their ids in each of the sets `within`; there is at least one.
    """
    order = "ASC" if after is not None else "DESC"
    try:
        sql, values = _asked("hit.id", articles, within, before=before, after=after)
    except EmptyResultSet:
        return []
    # SQLite goes down the ids as they are given, and stops; told to put them in order, it would ask all of them first.
    in_order = "" if connection.vendor == "sqlite" else f"ORDER BY hit.id {order}"
    return [pk for (pk,) in rows_of(f"{sql} {in_order} LIMIT %s", [*values, limit])]


def count_listed(articles: QuerySet[Article], *, within: Sequence[Sql], most: int) -> int:
    """Returns how many of these articles there are, counted up to `most`; for `within` see `listed`."""
    try:
        sql, values = _asked("1", articles, within, before=None, after=None)
    except EmptyResultSet:
        return 0
    # What was chosen goes as a value: S608.
    counted: int = rows_of(f"SELECT count(*) FROM ({sql} LIMIT %s) counted", [*values, most])[0][0]  # noqa: S608
    return counted


def _asked(
    column: str, articles: QuerySet[Article], within: Sequence[Sql], *, before: int | None, after: int | None
) -> Sql:
    (ids, values), others = within[0], within[1:]
    order = "ASC" if after is not None else "DESC"
    # By the sum no database goes down all articles to find the ids in order. S608: as above.
    ordered = f"SELECT DISTINCT id + 0 AS id FROM given ORDER BY id + 0 {order} LIMIT {_ALL} OFFSET 0"  # noqa: S608
    given = f"WITH given(id) AS ({ids}) {ordered}"
    bounds = [(f"hit.id {sign} %s", [at]) for sign, at in (("<", before), (">", after)) if at is not None]
    return among(column, (given, values), [*bounds, *inside(others), seen(articles)])
