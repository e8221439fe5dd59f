"""What has changed between two versions, as people read it? Word by word, in lines of what went and what came."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from rapidfuzz.distance import Indel

_WORD = re.compile(r"\w[\w\u200c]*|\s+|[^\w\s]")
# Word against word takes quadratic time; longer passages are shown as gone and come.
MOST_WORDS = 3_000
MOST_WORK = 10_000_000  # pairs of words in all lines together
# So does line against line, cubic where lines repeat: these are no places to begin from.
MOST_LINES = 1_000
OFTEN = 16


class Change(StrEnum):
    """What became of a piece."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


Piece = tuple[Change, str]


class Bound:
    """How many pairs of words may still be looked at, in all texts that are compared for one answer."""

    def __init__(self) -> None:
        self.left = MOST_WORK

    def takes(self, work: int) -> bool:
        """Whether so many more may be; if so, they are counted."""
        if work > self.left:
            return False
        self.left -= work
        return True


def changes(old: str, new: str, bound: Bound | None = None) -> list[list[Piece]]:
    """Returns the lines of both texts in order, each as pieces; joined, SAME and ADDED are the new text's lines.

    Texts that are compared for the same page share a `bound`.
    """
    before, after = old.split("\n"), new.split("\n")
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    middle = _between(before[head : len(before) - tail], after[head : len(after) - tail], bound or Bound())
    return [*_whole(Change.SAME, before[:head]), *middle, *_whole(Change.SAME, before[len(before) - tail :])]


def _common(before: list[str], after: list[str]) -> int:
    """Returns with how many equal lines both begin."""
    return next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other),
                min(len(before), len(after)))  # fmt: skip


def _whole(change: Change, lines: list[str]) -> list[list[Piece]]:
    return [[(change, line)] for line in lines]


def _between(before: list[str], after: list[str], bound: Bound) -> list[list[Piece]]:
    if len(before) + len(after) > MOST_LINES:
        return _whole(Change.REMOVED, before) + _whole(Change.ADDED, after)
    found: list[list[Piece]] = []
    times = Counter(after)
    matcher = SequenceMatcher(lambda line: times[line] > OFTEN, before, after, autojunk=False)
    for tag, first, last, to_first, to_last in matcher.get_opcodes():
        if tag == "equal":
            found += _whole(Change.SAME, before[first:last])
        elif tag == "replace" and last - first == to_last - to_first:
            for one, other in zip(before[first:last], after[to_first:to_last], strict=True):
                found.append(_line(one, other, bound))
        else:
            found += _whole(Change.REMOVED, before[first:last]) + _whole(Change.ADDED, after[to_first:to_last])
    return found


def _line(old: str, new: str, bound: Bound) -> list[Piece]:
    """Returns the pieces of a line."""
    if old == new:
        return [(Change.SAME, old)]
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) + len(after) > MOST_WORDS or not bound.takes(len(before) * len(after)):
        return [(Change.REMOVED, old), (Change.ADDED, new)]
    return list(_joined(_pieces(before, after)))


def _pieces(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    """Yields pieces by the longest common subsequence, whose cost words that stand again and again don't raise."""
    for found in Indel.opcodes(before, after):
        went = "".join(before[found.src_start : found.src_end])
        if found.tag == "equal":
            yield Change.SAME, went
        else:
            yield Change.REMOVED, went
            yield Change.ADDED, "".join(after[found.dest_start : found.dest_end])


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Leaves empty pieces out, and takes a lone space between changes along, so that a phrase changes as one."""
    held: list[str] = ["", ""]
    for state, text in pieces:
        if state is Change.SAME and not (any(held) and text.isspace()):
            yield from (
                (kind, words) for kind, words in zip((Change.REMOVED, Change.ADDED), held, strict=True) if words
            )
            held = ["", ""]
            yield state, text
        elif state is Change.SAME:
            held = [held[0] + text, held[1] + text]
        else:
            held[state is Change.ADDED] += text
    yield from ((kind, words) for kind, words in zip((Change.REMOVED, Change.ADDED), held, strict=True) if words)
