"""How is a query asked of PostgreSQL? Its words of the GIN index; phrases then of the words themselves.

A tsvector holds a word's first 256 positions and none beyond 16,383, so that its own phrases would miss hits.
"""

from typing import Any

from annotations.queries.search_sql import Sql, Where
from annotations.text.query import Clause, Query


def hits(query: Query, where: Where, *, before: int | None, after: int | None) -> Sql:
    """Returns the statement that lists the ids of what fits, the first to be shown first."""
    conditions, values = _sought(query.sought, "words")
    if where != "words":
        condition, more = _sought(query.sought, "headline")
        conditions = f"{conditions} AND {'' if where == 'headline' else 'NOT '}({condition})"
        values += more
    for clause in query.excluded:
        condition, more = _sought((clause,), "words")
        conditions, values = f"{conditions} AND NOT ({condition})", [*values, *more]
    # Nothing is added so that no other index is taken: to go down the primary key would fetch every row's words.
    if before is not None:
        conditions, values = f"{conditions} AND article_id + 0 < %s", [*values, before]
    if after is not None:
        conditions, values = f"{conditions} AND article_id + 0 > %s", [*values, after]
    order = "ASC" if after is not None else "DESC"
    columns = "SELECT article_id + 0 AS id FROM annotations_searchtext"
    return f"{columns} WHERE {conditions} ORDER BY article_id + 0 {order} OFFSET 0", values


def _sought(clauses: tuple[Clause, ...], column: str) -> Sql:
    """Returns the condition that a column holds all clauses."""
    conditions = [f"array_to_tsvector(string_to_array({column}, ' ')) @@ %s::tsquery"]
    values: list[Any] = [" & ".join(map(_words, clauses))]
    for clause in clauses:
        if any(len(way) > 1 for way in clause.ways):
            ways = [_way(way, column, begins=clause.begins) for way in clause.ways]
            conditions.append("(" + " OR ".join(sql for sql, _value in ways) + ")")
            values += [value for _sql, value in ways]
    return " AND ".join(conditions), values


def _words(clause: Clause) -> str:
    """Returns the words of a clause as a tsquery; they hold letters and digits only."""
    star = ":*" if clause.begins else ""
    return "(" + " | ".join(" & ".join(f"'{word}'" for word in way) + star for way in clause.ways) + ")"


def _way(way: tuple[str, ...], column: str, *, begins: bool) -> tuple[str, str]:
    """Returns the condition that words stand side by side; no word holds a character that LIKE reads."""
    words = " ".join(way)
    return f"' ' || {column} || ' ' LIKE %s", f"% {words}%" if begins else f"% {words} %"
