"""How are the many rows of a thing read at the price of one? Gathered by the database into one JSON text."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db.models import Aggregate, Expression, Func, Model, OuterRef, Subquery, TextField
from django.db.models.functions import Cast
from msgspec.json import Decoder

_columns_of = Decoder(list[list[Any]]).decode


class GatheredColumn(Aggregate):
    """A column of a group's rows as a JSON array."""

    function = "JSON_GROUP_ARRAY"
    output_field: ClassVar["TextField[str, str]"] = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """The same in PostgreSQL's words."""
        return self.as_sql(compiler, connection, function="JSON_AGG", **context)


class Gathered(Func):
    """A group's rows as a JSON array of its columns, in no order: a text to fetch instead of a tuple for each row.

    By columns, since PostgreSQL makes one array for each of them in half the time that one for each row takes. All
    columns are gathered in one pass, so their values stand in the same order; `rows_of` makes rows of them again.
    Columns of JSON are gathered as their text (`as_text`): most of it is `{}` or has been read before.
    """

    function = "JSON_ARRAY"
    output_field: ClassVar["TextField[str, str]"] = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """The same in PostgreSQL's words."""
        template = "JSON_BUILD_ARRAY(%(expressions)s)::text"
        return self.as_sql(compiler, connection, template=template, **context)


def gathered(table: type[Model], link: str, *columns: str | Expression) -> Subquery:
    """The rows of a table that `link` ties to the row outside, gathered; null where there are none."""
    rows = table._default_manager.filter(**{link: OuterRef("pk")}).order_by().values(link)
    return Subquery(rows.annotate(gathered=Gathered(*map(GatheredColumn, columns))).values("gathered"))


def rows_of(text: str) -> Iterator[tuple[Any, ...]]:
    """Returns the rows of what was gathered."""
    return zip(*_columns_of(text), strict=True)


def as_text(column: str) -> Cast:
    """A column as the text that the database has of it, without Django's reading of it."""
    return Cast(column, TextField())
