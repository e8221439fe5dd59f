"""How do many rows get into one table? As plain tuples in one prepared statement, or one stream.

`bulk_create` took two thirds of an import's time: it makes a model instance and asks each field for each value.
What is inserted here has been judged before; the database's constraints hold all the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched, chain
from operator import attrgetter
from typing import Any

import msgspec
from django.db import connections, models, router

from annotations.models import AnnotationSet, Article

# So many rows are one statement on SQLite, whose values are then fewer than it takes, however wide the table.
ROWS = 500
_encode = msgspec.json.Encoder(order="sorted").encode


def as_json(value: Any) -> str:
    """Returns a JSON column's value; keys sorted, so that equal values are equal bytes."""
    return _encode(value).decode()


def insert_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, ignore_conflicts: bool = False
) -> None:
    """Inserts rows into a model's table; `columns` are column names, JSON values come as text.

    PostgreSQL takes them as one stream: a statement for each row took three times as long. SQLite takes many rows in
    one statement in three fifths of the time that it needs for them one by one.
    """
    connection = connections[router.db_for_write(model)]
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    unless = " ON CONFLICT DO NOTHING" if ignore_conflicts else ""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and not ignore_conflicts:
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        for size, values in _by_size(rows, most=ROWS if connection.vendor == "sqlite" else 1):
            slots = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * size)
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES {slots}{unless}", values)  # noqa: S608 - no user text


def _by_size(rows: Iterable[Sequence[Any]], *, most: int) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    """Yields how many rows stand in one statement, and the values of each such statement: `most` rows, the rest one."""
    groups = list(batched(rows, most))
    rest = groups.pop() if groups and len(groups[-1]) < most else ()
    if groups:
        yield most, [tuple(chain.from_iterable(group)) for group in groups]
    if rest:
        yield 1, [tuple(row) for row in rest]


def insert_unsaved[M: (Article, AnnotationSet)](
    model: type[M], instances: Sequence[M], *, rows_of: models.QuerySet[M] | None = None
) -> None:
    """Inserts instances that have no primary key yet and gives them theirs, found by `uid` among `rows_of`."""
    if not instances:
        return
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    connection = connections[router.db_for_write(model)]

    def column(field: models.Field[Any, Any]) -> Iterable[Any]:
        given = map(attrgetter(field.attname), instances)
        if isinstance(field, models.JSONField):
            return map(as_json, given)
        return (
            map(connection.ops.adapt_datetimefield_value, given) if isinstance(field, models.DateTimeField) else given
        )

    insert_rows(model, [field.column for field in fields if field.column], zip(*map(column, fields), strict=True))
    found = model.objects.all() if rows_of is None else rows_of
    ids = dict(found.filter(uid__in=[instance.uid for instance in instances]).values_list("uid", "pk"))
    for instance in instances:
        instance.pk = ids[instance.uid]
