"""Which stretch of a text is most like a quote? Found by what they share, then fitted to words; in bounded time.

Both are compared by their search keys without spaces. Likeness is rapidfuzz's ratio: 100 less the share of characters
that only one of the two has.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from annotations.text.fold import search_key
from annotations.text.offsets import OffsetMap

Range = tuple[int, int]
# A quote shares pieces of this length with the place that it is like: 85 of 100 leaves runs of more than six.
_GRAM = 5
_COMMON = 32
_CANDIDATES = 3
# Longer ones are not compared by likeness, which would take seconds; a longer stretch only by its pieces.
LONGEST_TEXT, LONGEST_QUOTE, LONGEST_STRETCH = 1_000_000, 8_000, 1_000
_SLACK = 60
# The ends of words that are tried: so many, to each side.
_TRIED = 6
# A piece of a quote that is not contiguous: so many characters at least, of the key.
_PIECE = 20
_SURE = 95.0
_WORD = re.compile(r"\w+(?:\u200c\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands, and how like it is."""

    ranges: tuple[Range, ...]
    score: float
    rivals: int = 0


class Likeness:
    """One text with its key, to look for what is like a quote."""

    def __init__(self, text: str, key: str, key_map: OffsetMap) -> None:
        self.text, self.key, self.key_map, self.text_map = text, key, key_map, key_map.inverse

    def place(self, quote: str, key: str, *, near: int | None = None) -> Place | None:
        """Returns the place most like a quote, in one stretch or, where that is more like it, in several."""
        if len(self.text) > LONGEST_TEXT or len(quote) > LONGEST_QUOTE:
            return None
        found = self._stretch(key, near=near) if len(key) <= LONGEST_STRETCH else None
        if found is not None and found.score >= _SURE:
            return found
        pieces = self._pieces(quote, key)
        return max(filter(None, (found, pieces)), key=lambda place: place.score, default=None)

    def _stretch(self, key: str, *, near: int | None) -> Place | None:
        places: dict[Range, float] = {}
        for low, high in self._regions(key):
            alignment = fuzz.partial_ratio_alignment(key, self.key[low:high])
            if alignment is None:
                continue
            is_within = len(key) <= high - low
            start, end = (low + alignment.dest_start, low + alignment.dest_end) if is_within else (low, high)
            stretch, score = self._fitted(key, start, end)
            places[self.key_map.map_range(*stretch)] = score
        if not places:
            return None
        best = max(places.values())
        alike = [stretch for stretch, score in places.items() if score >= best - 0.5]
        chosen = min(alike, key=lambda stretch: abs(stretch[0] - near) if near is not None else stretch[0])
        rivals = sum(stretch[1] <= chosen[0] or chosen[1] <= stretch[0] for stretch in alike)
        return Place((chosen,), places[chosen], rivals)

    def _regions(self, key: str) -> Iterator[Range]:
        """Yields stretches of the text's key that share most with a quote's, each with room about it."""
        grams: dict[str, list[int]] = {}
        for at in range(len(key) - _GRAM + 1):
            grams.setdefault(key[at : at + _GRAM], []).append(at)
        width = max(len(key) // 4, _SLACK)
        votes: Counter[int] = Counter()
        for at in range(len(self.key) - _GRAM + 1):
            places = grams.get(self.key[at : at + _GRAM])
            if places is not None and len(places) <= _COMMON:
                votes.update({(at - place) // width for place in places})
        taken: list[int] = []
        # Two neighbours are looked at as one, so that no place is cut by the border between them.
        pairs = Counter({bucket: count + votes[bucket + 1] for bucket, count in votes.items()})
        for bucket, _count in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0])):
            if all(abs(bucket - other) > 2 for other in taken):
                taken.append(bucket)
                start = max(bucket * width - _SLACK, 0)
                yield start, min((bucket + 2) * width + len(key) + _SLACK, len(self.key))
            if len(taken) == _CANDIDATES:
                return

    def _fitted(self, key: str, start: int, end: int) -> tuple[Range, float]:
        """Returns the stretch of the key between ends of words, near a given one, that is most like the quote's."""
        first, last = self.key_map.map_range(start, end)
        low, high = max(first - 2 * _SLACK, 0), min(last + 2 * _SLACK, len(self.text))
        words = [tuple(map(self.text_map.map_position, word.span())) for word in _WORD.finditer(self.text, low, high)]
        starts = sorted((at for at, _end in words), key=lambda at: abs(at - start))[: 2 * _TRIED]
        ends = sorted((at for _start, at in words), key=lambda at: abs(at - end))[: 2 * _TRIED]
        found = [(self._ratio(key, start, end), start, end)]
        for _round in range(2):
            found += [(self._ratio(key, at, end), at, end) for at in starts if at < end]
            _score, start, end = max(found, key=_shortest_best)
            found += [(self._ratio(key, start, at), start, at) for at in ends if at > start]
            _score, start, end = max(found, key=_shortest_best)
        return (start, end), self._ratio(key, start, end)

    def _ratio(self, key: str, start: int, end: int) -> float:
        return fuzz.ratio(key, self.key[start:end])

    def _pieces(self, quote: str, key: str) -> Place | None:
        """Returns the places of the longest runs of a quote's words that stand in the text, and their share of it."""
        ranges: list[Range] = []
        at = reached = 0
        words = [search_key(word, spaces=False) for word in quote.split()]
        while at < len(words):
            run = self._run(words, at)
            piece = "".join(words[at : at + run])
            if len(piece) < _PIECE:
                at += 1
                continue
            found = self.key.find(piece, reached)
            found = found if found >= 0 else self.key.find(piece)
            ranges.append((found, found + len(piece)))
            reached, at = found + len(piece), at + run
        if not ranges:
            return None
        matched = sum(end - start for start, end in _joined(ranges, gap=0))
        places = tuple(self.key_map.map_range(*piece) for piece in _joined(ranges, gap=_PIECE))
        return Place(places, 100 * matched / max(len(key), matched))

    def _run(self, words: list[str], at: int) -> int:
        """Returns how many words from one on stand in the text as they are: doubled, then halved."""
        low, high = 0, 1
        while at + high <= len(words) and "".join(words[at : at + high]) in self.key:
            low, high = high, 2 * high
        high = min(high, len(words) - at + 1)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if "".join(words[at : at + middle]) in self.key else (low, middle)
        return low


def _shortest_best(found: tuple[float, int, int]) -> tuple[float, int, int]:
    """Orders stretches by likeness; of those that are as like, the shorter and then the earlier one is better."""
    score, start, end = found
    return score, start - end, -start


def _joined(ranges: list[Range], *, gap: int) -> list[Range]:
    """Returns ranges in order; those that overlap or have at most `gap` characters between them as one."""
    found: list[Range] = []
    for start, end in sorted(ranges):
        if found and start - found[-1][1] <= gap:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found
