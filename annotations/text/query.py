"""What does somebody search for, and where in a text does it stand? Words, phrases, beginnings; pure and exact.

The databases answer which texts a query fits, from the same words (`search_words.py`); `docs/search.md` describes the
language. What `find` finds in a text and whether `fits` says so never differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from annotations.errors import NewsroomError, gettext_noop
from annotations.text.fold import search_key, search_key_map
from annotations.text.search_words import (
    BORDER,
    ENDINGS,
    PIECE,
    PREFIXES,
    SEARCHED,
    pieces_and_joints,
    stream,
    wholes,
)

Range = tuple[int, int]
LONGEST_QUERY = 500
# One letter begins too many words to be worth the time; with fewer the star is not heard.
SHORTEST_BEGINNING = 2
_PART = regex.compile(r'(?P<minus>(?<!\S)[-−–])?(?:[«“"](?P<phrase>[^»”"]*)[»”"]?|(?P<word>[^\s«“"]+))')


class QueryTooLong(NewsroomError):
    """Raised for a query that nobody typed."""

    def __init__(self, *, length: int) -> None:
        super().__init__(
            code="query_too_long",
            message=gettext_noop("The query has {length} characters; at most {most} can be searched for."),
            hint=gettext_noop("Search for a few words of it."),
            data={"length": length, "most": LONGEST_QUERY},
        )


@dataclass(frozen=True, slots=True)
class Clause:
    """Words that stand side by side: one, or a phrase. It fits where its pieces stand, or its wholes.

    With `begins` the last word may go on; `excluded` texts that hold it are left out.
    """

    pieces: tuple[str, ...]
    wholes: tuple[str, ...]
    begins: bool = False
    excluded: bool = False

    @property
    def is_phrase(self) -> bool:
        """Whether words have to stand side by side for it."""
        return len(self.pieces) > 1

    @property
    def ways(self) -> tuple[tuple[str, ...], ...]:
        """The sequences of words of which one has to stand in the stream."""
        return (self.pieces,) if self.pieces == self.wholes else (self.pieces, self.wholes)


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: all of `sought`, none of `excluded`."""

    clauses: tuple[Clause, ...] = ()

    @property
    def sought(self) -> tuple[Clause, ...]:
        """The clauses that a text must hold."""
        return tuple(clause for clause in self.clauses if not clause.excluded)

    @property
    def excluded(self) -> tuple[Clause, ...]:
        """The clauses that a text must not hold."""
        return tuple(clause for clause in self.clauses if clause.excluded)

    def __bool__(self) -> bool:
        """Whether there is anything to look for; exclusions alone are nothing."""
        return bool(self.sought)


@dataclass(slots=True)
class _Part:
    """A word or phrase as it was typed."""

    text: str
    is_phrase: bool
    excluded: bool
    begins: bool

    @property
    def key(self) -> str:
        return search_key(self.text)


def parse(query: str) -> Query:
    """Reads a query: `word`, `"a phrase"` or `«a phrase»`, `beginning*`, `-excluded`. Raises QueryTooLong.

    Any text is a query; what holds no letter or digit is passed over.
    """
    if len(query) > LONGEST_QUERY:
        raise QueryTooLong(length=len(query))
    clauses = (_clause(part) for part in _together(_parts(query)))
    return Query(tuple(dict.fromkeys(clause for clause in clauses if clause is not None)))


def _parts(query: str) -> Iterator[_Part]:
    for found in _PART.finditer(query):
        phrase = found["phrase"]
        text = (phrase if phrase is not None else found["word"] or "").rstrip()
        begins = text.endswith("*")
        yield _Part(text.rstrip("*"), phrase is not None, found["minus"] is not None, begins)


def _together(parts: Iterator[_Part]) -> Iterator[_Part]:
    """Gives an ending, and a prefix of the verb, that was typed apart back to its word."""
    last: _Part | None = None
    for part in parts:
        if last and not (last.is_phrase or part.is_phrase or part.excluded or last.begins) and (
            part.key in ENDINGS or last.key in PREFIXES
        ):  # fmt: skip
            last.text, last.begins = f"{last.text} {part.text}", part.begins
            continue
        if last:
            yield last
        last = part
    if last:
        yield last


def _clause(part: _Part) -> Clause | None:
    pieces, joints = pieces_and_joints(part.text)
    if not pieces:
        return None
    joined = [whole for _first, _end, whole in wholes(pieces, joints)]
    begins = part.begins and min(len(pieces[-1]), len(joined[-1])) >= SHORTEST_BEGINNING
    return Clause(tuple(pieces), tuple(joined), begins, part.excluded)


def fits(text: str, query: Query) -> bool:
    """Whether a text holds all that a query seeks and nothing it excludes: what the databases have to answer."""
    words = stream(text).split(" ")
    return bool(query) and all(_holds(words, clause) is not clause.excluded for clause in query.clauses)


def _holds(words: list[str], clause: Clause) -> bool:
    return any(next(_places(words, way, clause.begins), None) is not None for way in clause.ways)


def find(text: str, query: Query) -> list[Range]:
    """Returns where in the published text the sought clauses stand, in code points, in order; none inside another."""
    text = text[:SEARCHED]
    pieces, joints = pieces_and_joints(text)
    joined = list(wholes(pieces, joints))
    words = [*pieces, BORDER, *(whole for _first, _end, whole in joined)]
    spans = [*((at, at + 1) for at in range(len(pieces))), (0, 0), *((first, end) for first, end, _ in joined)]
    hits = {
        (spans[at][0], spans[at + len(way) - 1][1])
        for clause in query.sought
        for way in clause.ways
        for at in _places(words, way, clause.begins)
    }
    if not hits:
        return []
    key, back = search_key_map(text)
    places = [found.span() for found in PIECE.finditer(key)]
    return _outermost({back.map_range(places[first][0], places[end - 1][1]) for first, end in hits})


def _places(words: list[str], way: tuple[str, ...], begins: bool) -> Iterator[int]:
    """Yields where in a stream a sequence of words stands; with `begins` the last of them may be longer."""
    firm, last = list(way[:-1]), way[-1]
    for at, word in enumerate(words[len(firm) :]):
        if (word.startswith(last) if begins else word == last) and words[at : at + len(firm)] == firm:
            yield at


def _outermost(ranges: set[Range]) -> list[Range]:
    kept: list[Range] = []
    for start, end in sorted(ranges, key=lambda found: (found[0], -found[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept
