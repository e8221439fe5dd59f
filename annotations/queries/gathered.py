"""How are the many rows of a thing read at the price of one? Gathered by the database into one JSON text."""

from typing import Any, ClassVar

from django.db.models import Aggregate, Expression, Model, OuterRef, Subquery, TextField
from django.db.models.functions import Cast


class Gathered(Aggregate):
    """The rows of a group as a JSON array of arrays, in no order: a text to fetch instead of a tuple for each row.

    Columns of JSON are gathered as their text (`as_text`): most of it is `{}` or has been read before.
    """

    function = "JSON_GROUP_ARRAY"
    template = "JSON_GROUP_ARRAY(JSON_ARRAY(%(expressions)s))"
    output_field: ClassVar["TextField[str, str]"] = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        """The same in PostgreSQL's words."""
        template = "JSON_AGG(JSON_BUILD_ARRAY(%(expressions)s))::text"
        return self.as_sql(compiler, connection, template=template, **context)


def gathered(table: type[Model], link: str, *columns: str | Expression) -> Subquery:
    """The rows of a table that `link` ties to the row outside, gathered; null where there are none."""
    rows = table._default_manager.filter(**{link: OuterRef("pk")}).order_by().values(link)
    return Subquery(rows.annotate(gathered=Gathered(*columns)).values("gathered"))


def as_text(column: str) -> Cast:
    """A column as the text that the database has of it, without Django's reading of it."""
    return Cast(column, TextField())
