"""In what company does a word stand? A hit as a row of a concordance: what comes before it, the hit, what comes after.

Contexts end with their paragraph and are clipped where no word is cut. All offsets are code points, half-open, of the
published text; before, hit and after are neighbouring slices of it. A row costs the same wherever in a text it stands.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from annotations.text.fold import search_key
from annotations.text.graphemes import cluster_around
from annotations.text.ink import Range, trim
from annotations.text.words import words

CONTEXT = 90
# How far a word is followed that the edge of a context cuts; what is longer is no word, and cut between two clusters.
_LONGEST = 60
# What two hits are compared by: three words or four.
_NEAR = 40
_NO_WORD = re.compile(r"[^\w]+")
# Folded letters in the order of the Persian alphabet: by code point پ چ ژ ک گ ی would come after all the others.
_ALPHABET = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_IN_ORDER = {ord(letter): 0x0620 + at for at, letter in enumerate(_ALPHABET)}


class Row(NamedTuple):
    """A hit with its contexts; `more_before` and `more_after` say that the paragraph goes on beyond them."""

    start: int
    end: int
    before: Range
    after: Range
    more_before: bool
    more_after: bool


def row(text: str, start: int, end: int, *, context: int = CONTEXT) -> Row:
    """Returns the row of a hit with contexts of at most `context` code points."""
    low, high = paragraph(text, start, end)
    first, last = _first(text, low, start, most=context), _last(text, end, high, most=context)
    return Row(
        start, end, (first, start), (end, last),
        more_before=trim(text, low, first)[0] < first, more_after=trim(text, last, high)[0] < high,
    )  # fmt: skip


def paragraph(text: str, start: int, end: int) -> Range:
    """Returns the line, or the lines, that a range stands in."""
    low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return low, len(text) if high < 0 else high


def _first(text: str, low: int, start: int, *, most: int) -> int:
    """Returns where the context before a hit begins: at or after `start - most`, cutting no word."""
    at = start - most
    if at <= low:
        return trim(text, low, start)[0]
    floor = max(low, at - _LONGEST)
    cut = _cut(text[floor:start], at - floor)
    return trim(text, floor + cut[1], start)[0]


def _last(text: str, end: int, high: int, *, most: int) -> int:
    """Returns where the context after a hit ends: at or before `end + most`, cutting no word."""
    at = end + most
    if at >= high:
        return trim(text, end, high)[1]
    cut = _cut(text[end : min(high, at + _LONGEST)], most)
    return trim(text, end, end + cut[0])[1]


def _cut(near: str, at: int) -> Range:
    """Returns the word that a position of a short stretch would cut, else the cluster, else nothing at the position."""
    for start, end in words(near):
        if start < at < end <= start + _LONGEST:
            return start, end
    return cluster_around(near, at)


def following(text: str, start: int, end: int) -> str:
    """Returns what hits are sorted by for their next words: what follows in the line, folded, without punctuation."""
    stop = text.find("\n", end, end + _NEAR)
    return _key(text[end : stop if stop >= 0 else end + _NEAR])


def preceding(text: str, start: int, end: int) -> str:
    """Returns what hits are sorted by for their previous words: as `following`, the word nearest to the hit first."""
    since = max(text.rfind("\n", max(start - _NEAR, 0), start) + 1, start - _NEAR, 0)
    return " ".join(reversed(_key(text[since:start]).split()))


def _key(near: str) -> str:
    return _NO_WORD.sub(" ", search_key(near)).strip().translate(_IN_ORDER)


NEIGHBOUR: dict[str, Callable[[str, int, int], str]] = {"next": following, "previous": preceding}
