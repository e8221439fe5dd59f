"""How is a query asked of PostgreSQL? Its words, and its pairs of words, of the GIN index; phrases then hit by hit.

A tsvector holds a word's first 256 positions and none beyond 16,383, so that its own phrases would miss hits. Of two
words side by side the index holds a digest that few pairs share: what has all of a phrase's is asked for its words.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from annotations.models.search_index import pair_key
from annotations.queries.search_sql import Hits, Sql, Where
from annotations.queries.within import inside
from annotations.text.query import Clause, Query


def hits(query: Query, where: Where, *, before: int | None, after: int | None, within: Sequence[Sql] = ()) -> Hits:
    """Returns what lists the ids of what fits and is in all sets `within`: they are asked before it is sorted."""
    column = "headline" if where == "headline" else "words"
    single = [clause for clause in query.excluded if not clause.is_phrase] if column == "words" else []
    words = " & ".join([*map(_words, query.sought), *(f"!{_words(clause)}" for clause in single)])
    told, values = f"newsroom_search_keys({column}) @@ %s::tsquery", list[Any]([words])
    # Nothing is added so that no other index is taken: to go down the primary key would fetch every row's words.
    if before is not None:
        told, values = f"{told} AND article_id + 0 < %s", [*values, before]
    if after is not None:
        told, values = f"{told} AND article_id + 0 > %s", [*values, after]
    for condition, given in inside(within, "article_id"):
        told, values = f"{told} AND {condition}", [*values, *given]
    order = "ASC" if after is not None else "DESC"
    columns = "SELECT article_id + 0 AS id FROM annotations_searchtext"
    sql = f"{columns} WHERE {told} ORDER BY article_id + 0 {order} OFFSET 0"
    conditions = [_says(clause, column) for clause in query.sought if clause.is_phrase]
    conditions += [_not(_says(clause, "words")) for clause in query.excluded if clause not in single]
    if where == "below":
        conditions.append(_not(_says_all(query.sought, "headline")))
    return Hits(sql, values, conditions)


def _words(clause: Clause) -> str:
    """Returns a clause as a tsquery of words and pairs; words hold letters and digits only."""
    return "(" + " | ".join(f"({_way_words(way, begins=clause.begins)})" for way in clause.ways) + ")"


def _way_words(way: tuple[str, ...], *, begins: bool) -> str:
    firm = way[:-1] if begins else way
    pairs = [pair_key(one, following) for one, following in pairwise(firm)]
    words = [f"'{word}'" for word in dict.fromkeys((*firm, *pairs))]
    return " & ".join([*words, f"'{way[-1]}':*"] if begins else words)


def _says(clause: Clause, column: str) -> Sql:
    return _says_all((clause,), column)


def _says_all(clauses: Sequence[Clause], column: str) -> Sql:
    """Returns the question whether a hit's column holds all clauses, asked of its own row."""
    ways = [[_way(way, column, begins=clause.begins) for way in clause.ways] for clause in clauses]
    told = " AND ".join("(" + " OR ".join(sql for sql, _value in alternatives) + ")" for alternatives in ways)
    values = [value for alternatives in ways for _sql, value in alternatives]
    row = "SELECT 1 FROM annotations_searchtext said WHERE said.article_id = hit.id"
    return f"EXISTS ({row} AND {told} OFFSET 0)", values


def _way(way: tuple[str, ...], column: str, *, begins: bool) -> tuple[str, str]:
    """Returns the condition that words stand side by side; no word holds a character that LIKE reads."""
    words = " ".join(way)
    return f"' ' || said.{column} || ' ' LIKE %s", f"% {words}%" if begins else f"% {words} %"


def _not(condition: Sql) -> Sql:
    sql, values = condition
    return f"NOT {sql}", values
