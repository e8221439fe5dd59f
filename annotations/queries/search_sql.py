"""What do both databases share when a query becomes SQL? Hits in order, and what is asked of each on the way down."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from annotations.models import Article

Sql = tuple[str, list[Any]]
Where = Literal["words", "headline", "below"]


@dataclass(frozen=True, slots=True)
class Hits:
    """A statement that lists the `id` of what may fit, the first to be shown first, and conditions on `hit.id`.

    The conditions are too costly to be asked of all: they are asked on the way down.
    """

    sql: str
    values: list[Any]
    conditions: list[Sql] = field(default_factory=list)


def among(column: str, hits: Sql, conditions: Sequence[Sql]) -> Sql:
    """Returns the statement for a column of those hits that meet all conditions, asked one after the other."""
    sql, given = hits
    told = " AND ".join(sql for sql, _values in conditions)
    values = [value for _sql, given in conditions for value in given]
    # What was typed goes as a value: S608.
    return f"SELECT {column} FROM ({sql}) hit WHERE {told}", [*given, *values]  # noqa: S608


def seen(articles: QuerySet[Article]) -> Sql:
    """Returns the question whether a hit is one of the articles, to be asked of each hit and no sooner.

    Raises EmptyResultSet for no articles.
    """
    one = articles.order_by().filter(pk=RawSQL("hit.id", ())).values("pk")
    sql, values = one.query.sql_with_params()
    # With OFFSET PostgreSQL does not turn the question round and gather all articles first.
    return f"EXISTS ({sql} LIMIT 1 OFFSET 0)", list(values)


def rows_of(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """Returns what a statement finds."""
    # On SQLite a transaction would take the writers' turn.
    on_postgresql = connection.vendor == "postgresql"
    with transaction.atomic() if on_postgresql else nullcontext(), connection.cursor() as cursor:
        if on_postgresql:
            # Its estimates know nothing of what it costs to fetch words that lie outside the row.
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
