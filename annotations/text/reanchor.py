"""Where does a span stand in the corrected text? Only where its words are the same; else a place is proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from annotations.text.ink import Range
from annotations.text.offsets import OffsetMap
from annotations.text.snap import snap


class Fate(StrEnum):
    """What became of a span: the same words in place, the same words elsewhere, other words, nothing."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Anchored:
    """A span's fate, and where it stands; for CHANGED where it might, for LOST nowhere."""

    fate: Fate
    ranges: tuple[Range, ...]


def reanchor(ranges: Sequence[Range], old: str, new: str, way: OffsetMap) -> Anchored:
    """Returns where a span of the old text stands in the new one; `way` is `difference(old, new)`.

    SAME: the alignment leads each piece to equal words. MOVED: it does not, but the words of each piece stand exactly
    once in the old text and once in the new one, in the same order. Anything else is never carried by itself.
    """
    aligned = [way.map_range(start, end) for start, end in ranges]
    if all(_equal(old, piece, new, place) for piece, place in zip(ranges, aligned, strict=True)):
        return Anchored(Fate.SAME, tuple(aligned))
    moved = [_only_place(old[start:end], old, new) for start, end in ranges]
    if None not in moved and moved == sorted(moved) and _apart(moved):  # type: ignore[type-var, arg-type]
        return Anchored(Fate.MOVED, tuple(moved))  # type: ignore[arg-type]
    left = [place for place in aligned if place[0] < place[1]]
    proposed = snap(new, left[0][0], left[-1][1], one_paragraph=False) if left else None
    return Anchored(Fate.CHANGED, (proposed,)) if proposed else Anchored(Fate.LOST, ())


def _equal(old: str, piece: Range, new: str, place: Range) -> bool:
    return old[piece[0] : piece[1]] == new[place[0] : place[1]]


def _only_place(words: str, old: str, new: str) -> Range | None:
    at = new.find(words)
    if at < 0 or new.find(words, at + 1) >= 0 or old.find(words, old.find(words) + 1) >= 0:
        return None
    return at, at + len(words)


def _apart(places: list[Range]) -> bool:
    return all(before[1] <= after[0] for before, after in pairwise(places))
