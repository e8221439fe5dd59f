"""Where in a text stands a quote that came without offsets, retyped or normalised by others? Found, never guessed.

Exactly, else by the search key, in which spelling and spacing count for nothing, else by likeness within bounds.
`docs/anchoring.md` says how well, and what is given up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from annotations.text.fold import search_key, search_key_map
from annotations.text.ink import trim
from annotations.text.likeness import Likeness
from annotations.text.offsets import OffsetMap

Range = tuple[int, int]
EXACT, FOLDED, FUZZY = "exact", "folded", "fuzzy"
# The least likeness at which a quote counts as found, of 100.
LEAST = 85.0
# A shorter key is too like other words to be found by likeness, or in the middle of a word.
SHORTEST = 16
_MOST_HITS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchored:
    """The place of a quote: in order, apart from each other, in code points; several where it is not contiguous.

    `score` is the likeness of quote and place from 0 to 100; `rivals` counts other places that are as like it.
    """

    ranges: tuple[Range, ...]
    method: str
    score: float
    rivals: int = 0


class Anchorer:
    """Anchors quotes in one text; what is worked out for one quote serves the next."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _keyed(self) -> tuple[str, OffsetMap]:
        return search_key_map(self.text, spaces=False)

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness(self.text, *self._keyed)

    def anchor(self, quote: str, *, near: int | None = None, least: float = LEAST) -> Anchored | None:
        """Returns where a quote stands; of several places the one nearest to `near`, else the first; None for nowhere.

        A short quote must stand between words as it is: «در» is not found in «مادر».
        """
        quote = quote[slice(*trim(quote, 0, len(quote)))]
        key = search_key(quote, spaces=False)
        if not key:
            return None
        for method, found in ((EXACT, self._exact(quote)), (FOLDED, self._folded(key))):
            if hits := self._whole(list(found), shortest=len(key)):
                hit = hits[0] if near is None else min(hits, key=lambda hit: abs(hit[0] - near))
                return Anchored(ranges=(hit,), method=method, score=100.0, rivals=len(hits) - 1)
        if len(key) < SHORTEST:
            return None
        place = self._likeness.place(quote, key, near=near)
        if place is None or place.score < least:
            return None
        return Anchored(ranges=place.ranges, method=FUZZY, score=round(place.score, 1), rivals=place.rivals)

    def _exact(self, quote: str) -> Iterator[Range]:
        for at in _occurrences(quote, self.text):
            yield at, at + len(quote)

    def _folded(self, key: str) -> Iterator[Range]:
        whole, key_map = self._keyed
        for at in _occurrences(key, whole):
            yield trim(self.text, *key_map.map_range(at, at + len(key)))

    def _whole(self, hits: list[Range], *, shortest: int) -> list[Range]:
        """Returns the hits that cut no word; where all do, all of them if the quote is long enough to be meant."""
        hits = [(start, end) for start, end in hits if start < end]
        whole = [hit for hit in hits if not any(self._cuts(at) for at in hit)]
        return whole or (hits if shortest >= SHORTEST else [])

    def _cuts(self, at: int) -> bool:
        return 0 < at < len(self.text) and self.text[at - 1].isalnum() and self.text[at].isalnum()


def anchor(text: str, quote: str, *, near: int | None = None, least: float = LEAST) -> Anchored | None:
    """Returns where a quote stands in a text, or None; for several quotes make one `Anchorer`."""
    return Anchorer(text).anchor(quote, near=near, least=least)


def _occurrences(needle: str, text: str) -> Iterator[int]:
    at, count = text.find(needle), 0
    while at >= 0 and count < _MOST_HITS:
        yield at
        at, count = text.find(needle, at + 1), count + 1
