"""What does a page of a concordance show? Hits with their contexts, by cursor, in the order of the corpus or sorted."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from annotations import policy
from annotations.kinds.wording import key_hash, words_key
from annotations.models import Span, User
from annotations.queries.concordance_filter import CORPUS, DATE, LABEL, Choice
from annotations.queries.concordance_scan import Hit, Place, batches, with_labels
from annotations.queries.selection import FilterInvalid
from annotations.text.kwic import NEIGHBOUR, Row, row

PAGE = 50
# A page stops looking for hits that fit the filter after so many articles, says so, and goes on from there.
MOST_ARTICLES = 300
# So many hits, the first ones of the corpus, are put in another order than the corpus'.
WINDOW = 1000
# So many articles are read first, some more where a label is wanted, which most bear once; so many at once at most.
FEW, SOME, MANY = 8, 50, 100
# So many where all of the window are read anyway: each batch asks the index for all hits.
SORTED = 500
MOST_COUNTED = 10_000
BEYOND = 999_999_999
_CURSOR = re.compile(r"(?P<way>[ab])(?P<article>\d{1,18})\.(?P<start>\d{1,9})|n(?P<position>\d{1,4})")


class Line(NamedTuple):
    """A hit with its contexts."""

    hit: Hit
    row: Row

    @property
    def before(self) -> str:
        """What the paragraph says before the hit."""
        return self.hit.article.text[slice(*self.row.before)]

    @property
    def words(self) -> str:
        """The hit itself."""
        return self.hit.article.text[self.hit.start : self.hit.end]

    @property
    def after(self) -> str:
        """What the paragraph says after the hit."""
        return self.hit.article.text[slice(*self.row.after)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concordance:
    """One page. The cursors are None where the list ends; `partial` says that it stopped before it was full.

    `sorted_hits` is the number of hits that were sorted, None in the order of the corpus; `more_unsorted` that there
    are more than those.
    """

    lines: list[Line]
    next: str | None
    previous: str | None
    partial: bool = False
    sorted_hits: int | None = None
    more_unsorted: bool = False


def line_of(hit: Hit) -> Line:
    """Returns a hit with its contexts."""
    return Line(hit, row(hit.article.text, hit.start, hit.end))


def concordance(choice: Choice, *, by: User, cursor: str = "", size: int = PAGE) -> Concordance:
    """Reads a page. Raises FilterInvalid for a cursor that no page has given out, QueryTooLong."""
    if not choice.query:
        return Concordance(lines=[], next=None, previous=None)
    at, position = _place(cursor, choice)
    if choice.order != CORPUS:
        return _sorted_page(choice, by=by, position=position, size=size)
    return _corpus_page(choice, by=by, at=at, size=size)


def _place(cursor: str, choice: Choice) -> tuple[Place | None, int]:
    if not cursor:
        return None, 0
    found = _CURSOR.fullmatch(cursor)
    if found is None or (found["position"] is None) != (choice.order == CORPUS):
        raise FilterInvalid(field="cursor", value=cursor, known="next, previous")
    if found["position"] is not None:
        return None, int(found["position"])
    return Place(int(found["article"]), int(found["start"]), backwards=found["way"] == "b"), 0


def _corpus_page(choice: Choice, *, by: User, at: Place | None, size: int) -> Concordance:
    hits: list[Hit] = []
    looked, last = 0, None
    for batch in batches(choice, by=by, at=at, size=SOME if choice.wants else FEW, most=MANY):
        hits += batch.hits
        looked += batch.articles
        if len(hits) > size or (looked >= MOST_ARTICLES and batch.more):
            last = batch.last
            break
    backwards = at is not None and at.backwards
    onward = _onward(hits, size, last, backwards=backwards)
    back = _cursor(_turned(at, hits)) if at is not None else None
    shown = hits[:size]
    if backwards:
        shown.reverse()
        onward, back = back, onward
    partial = len(hits) < size and last is not None
    return Concordance(lines=list(map(line_of, shown)), next=onward, previous=back, partial=partial)


def _turned(at: Place, hits: list[Hit]) -> Place:
    """Returns the place from which the other direction begins: before the first hit, or where nothing was found, at."""
    if hits:
        return Place(hits[0].article.pk, hits[0].start, backwards=not at.backwards)
    if at.backwards:
        return Place(at.article, at.start - 1) if at.start else Place(at.article + 1, BEYOND)
    return Place(at.article, min(at.start + 1, BEYOND), backwards=True)


def _onward(hits: list[Hit], size: int, last: int | None, *, backwards: bool) -> str | None:
    """Returns the cursor of what follows the scan: the last hit shown, or the last article looked through."""
    if len(hits) > size:
        return _cursor(Place(hits[size - 1].article.pk, hits[size - 1].start, backwards=backwards))
    if last is not None:
        return _cursor(Place(last, 0 if backwards else BEYOND, backwards=backwards))
    return None


def _cursor(place: Place) -> str:
    return f"{'b' if place.backwards else 'a'}{place.article}.{place.start}"


def _sorted_page(choice: Choice, *, by: User, position: int, size: int) -> Concordance:
    """Sorts the first hits of the corpus and returns a page of them."""
    hits: list[Hit] = []
    looked, more = 0, False
    for batch in batches(choice, by=by, size=SORTED, most=SORTED):
        hits += batch.hits
        looked += batch.articles
        if len(hits) > WINDOW or looked >= WINDOW:
            more = True
            break
    del hits[WINDOW:]
    hits.sort(key=_key(choice.order))
    shown = with_labels(hits[position : position + size], policy.work_of(by, choice.project, choice.whose))
    onward = position + size if position + size < len(hits) else None
    return Concordance(
        lines=list(map(line_of, shown)),
        next=None if onward is None else f"n{onward}",
        previous=f"n{max(position - size, 0)}" if position > 0 else None,
        sorted_hits=len(hits),
        more_unsorted=more,
    )


def _key(order: str) -> Callable[[Hit], Any]:
    if order == LABEL:
        return lambda hit: (not hit.said, hit.said[:1])
    if order == DATE:
        return lambda hit: (hit.article.published_at is None, -_seconds(hit))
    neighbours = NEIGHBOUR[order]
    return lambda hit: neighbours(hit.article.text, hit.start, hit.end)


def _seconds(hit: Hit) -> float:
    published = hit.article.published_at
    return 0.0 if published is None else published.timestamp()


def lines(choice: Choice, *, by: User) -> Iterator[Line]:
    """Yields all hits in the order of the corpus, or those that are sorted, holding one batch in memory."""
    if choice.order != CORPUS:
        yield from concordance(choice, by=by, size=WINDOW).lines
    elif choice.query:
        for batch in batches(choice, by=by, size=MANY, most=MANY):
            yield from map(line_of, batch.hits)


class Spread(NamedTuple):
    """How often exactly these words bear each label, the most frequent first; `more` where not all were counted."""

    labels: list[tuple[str, int]]
    more: bool


def spread(choice: Choice, *, by: User) -> Spread:
    """Counts the labels of spans of exactly these words in the work that is read, whatever the filter: one query.

    Only for a query of words or one phrase: the spans of other queries have no one key that an index knows.
    """
    clauses = choice.query.clauses
    key = words_key(choice.q) if len(choice.query.sought) == len(clauses) == 1 and not clauses[0].begins else ""
    if not key:
        return Spread([], more=False)
    sets = policy.work_of(by, choice.project, choice.whose)
    rows = Span.objects.filter(words=key_hash(key), annotation_set__in=sets.values("pk")).order_by()
    counted = rows.values("label__key")[:MOST_COUNTED]
    counts = Counter(row["label__key"] for row in counted)
    return Spread(counts.most_common(), more=counts.total() == MOST_COUNTED)
