"""What could somebody have meant whose query fits nothing? Queries nearby that do fit articles they may see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, product

from django.db.models import QuerySet

from annotations.models import Article
from annotations.queries.listing import listed
from annotations.queries.near_words import near_words
from annotations.queries.search import matching
from annotations.queries.search_sql import Sql
from annotations.text.query import LONGEST_QUERY, Clause, Query, parse

# So many queries are tried at most, so many of those that fit something are told.
TRIED, TOLD = 30, 5
COUNTED = 100
SHORTEST_HALF = 2
# Of so many words of a query it is asked whether they are known; so many are spelled otherwise, each in so many ways;
# so many queries come of it.
ASKED, MISSPELLED, SPELLINGS, RESPELLED = 6, 2, 5, 8


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A query that fits something, and how much, counted up to `COUNTED`."""

    typed: str
    count: int


def near_misses(query: Query, articles: QuerySet[Article], *, within: Sequence[Sql] = ()) -> list[NearMiss]:
    """Returns queries near to one that fits nothing, each with its number of articles; for `within` see `matching`."""
    if within and not listed(articles, within=within, limit=1):
        return []

    def found_by(near: Query, limit: int) -> tuple[int, ...]:
        return tuple(matching(near, articles, within=within, limit=limit))

    told: list[NearMiss] = []
    tried, seen = {query}, set()
    unknown = [word for word in islice(_words(query), ASKED) if not found_by(parse(word), 1)]
    for typed in chain(_respelled(query, unknown[:MISSPELLED]), _nearby(query)):
        near = parse(typed[:LONGEST_QUERY])
        if near in tried:
            continue
        tried.add(near)
        # One that finds the same articles as a nearer one says nothing new.
        found = found_by(near, COUNTED)
        if found and found not in seen:
            seen.add(found)
            told.append(NearMiss(typed, len(found)))
        if len(told) == TOLD or len(tried) > TRIED:
            break
    return told


def _words(query: Query) -> list[str]:
    """Returns each word that is sought, once, but not those that only begin one."""
    words = (clause.pieces[:-1] if clause.begins else clause.pieces for clause in query.sought)
    return list(dict.fromkeys(chain.from_iterable(words)))


def _respelled(query: Query, unknown: list[str]) -> Iterator[str]:
    """Yields the query with each of its unknown words spelled as a word that is known."""
    spellings = [near_words(word, most=SPELLINGS) or [word] for word in unknown]
    for chosen in islice(product(*spellings), RESPELLED):
        instead = dict(zip(unknown, chosen, strict=True))
        clauses = [
            replace(clause, pieces=tuple(instead.get(word, word) for word in clause.pieces)) for clause in query.sought
        ]
        yield " ".join(map(_typed, clauses))


def _nearby(query: Query) -> Iterator[str]:
    """Yields queries from the nearest: words in any order, one word split or joined, begun, or left out."""
    sought = query.sought
    if any(len(clause.pieces) > 1 for clause in sought):
        yield " ".join(word for clause in sought for word in clause.pieces)
    if len(sought) > 1:
        yield "".join(word for clause in sought for word in clause.pieces)
        for number in range(len(sought) - 1):
            joined = "".join((*sought[number].pieces, *sought[number + 1].pieces))
            yield " ".join([*map(_typed, sought[:number]), joined, *map(_typed, sought[number + 2 :])])
    for number, clause in enumerate(sought):
        others = [*map(_typed, sought[:number]), *map(_typed, sought[number + 1 :])]
        for changed in _changed(clause):
            yield " ".join([*others, changed])
    for cut in (1, 2):
        yield " ".join(_begun(word, cut) for clause in sought for word in clause.pieces)
    if len(sought) > 1:
        for number in range(len(sought)):
            yield " ".join([*map(_typed, sought[:number]), *map(_typed, sought[number + 1 :])])


def _changed(clause: Clause) -> Iterator[str]:
    """Yields a clause of one word as the beginning of one, and split in two from its middle on."""
    if len(clause.pieces) != 1:
        return
    word = clause.pieces[0]
    yield f"{word}*"
    for cut in (1, 2):
        yield _begun(word, cut)
    middle = len(word) / 2
    for at in sorted(range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1), key=lambda at: abs(at - middle))[:6]:
        yield f"«{word[:at]} {word[at:]}»"


def _begun(word: str, cut: int) -> str:
    """Returns a word without its last letters as a beginning; a short one whole."""
    return f"{word[:-cut]}*" if len(word) - cut > SHORTEST_HALF else f"{word}*"


def _typed(clause: Clause) -> str:
    """Returns a sought clause as somebody types it."""
    words = " ".join(clause.pieces)
    star = "*" if clause.begins else ""
    return f"«{words}{star}»" if len(clause.pieces) > 1 else f"{words}{star}"
