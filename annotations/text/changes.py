"""What has changed between two versions, as people read it? Word by word, in lines of what went and what came."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\w[\w\u200c]*|\s+|[^\w\s]")
# Word against word takes quadratic time; longer passages are shown as gone and come.
MOST_WORDS = 3_000


class Change(StrEnum):
    """What became of a piece."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


Piece = tuple[Change, str]


def changes(old: str, new: str) -> list[list[Piece]]:
    """Returns the lines of both texts in order, each as pieces; joined, SAME and ADDED are the new text's lines."""
    before, after = old.split("\n"), new.split("\n")
    found: list[list[Piece]] = []
    for tag, first, last, to_first, to_last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [[(Change.SAME, line)] for line in before[first:last]]
        elif tag == "replace" and last - first == to_last - to_first:
            found += map(_line, before[first:last], after[to_first:to_last])
        else:
            found += [[(Change.REMOVED, line)] for line in before[first:last]]
            found += [[(Change.ADDED, line)] for line in after[to_first:to_last]]
    return found


def _line(old: str, new: str) -> list[Piece]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        return [(Change.REMOVED, old), (Change.ADDED, new)]
    return list(_joined(_pieces(before, after)))


def _pieces(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    for tag, first, last, to_first, to_last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Change.SAME, "".join(before[first:last])
        else:
            yield Change.REMOVED, "".join(before[first:last])
            yield Change.ADDED, "".join(after[to_first:to_last])


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
