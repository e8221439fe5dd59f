"""How is a query asked of SQLite's FTS5? As one expression; rows come by descending id without being sorted."""

from collections.abc import Sequence
from typing import Any

from annotations.queries.search_sql import Hits, Sql, Where
from annotations.queries.within import inside
from annotations.text.query import Clause, Query


def hits(query: Query, where: Where, *, before: int | None, after: int | None, within: Sequence[Sql] = ()) -> Hits:
    """Returns what lists the ids of what fits and is in all sets `within`."""
    sought = _all(query.sought)
    expression = f"{'headline' if where == 'headline' else 'words'} : ({sought})"
    if where == "below":
        expression = f"({expression}) NOT (headline : ({sought}))"
    if query.excluded:
        expression = f"({expression}) NOT (words : ({_any(query.excluded)}))"
    conditions = ["annotations_searchindex MATCH %s"]
    values: list[Any] = [expression]
    if before is not None:
        conditions.append("rowid < %s")
        values.append(before)
    if after is not None:
        conditions.append("rowid > %s")
        values.append(after)
    order = "ASC" if after is not None else "DESC"
    told = " AND ".join(conditions)
    columns = "SELECT rowid AS id FROM annotations_searchindex"
    return Hits(f"{columns} WHERE {told} ORDER BY rowid {order}", values, inside(within))


def _all(clauses: tuple[Clause, ...]) -> str:
    return " AND ".join(map(_clause, clauses))


def _any(clauses: tuple[Clause, ...]) -> str:
    return " OR ".join(map(_clause, clauses))


def _clause(clause: Clause) -> str:
    """Returns a clause in FTS5's language; words hold letters and digits only, so that none can leave its quotes."""
    star = " *" if clause.begins else ""
    return "(" + " OR ".join(f'"{" ".join(way)}"{star}' for way in clause.ways) + ")"
