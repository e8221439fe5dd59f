"""Where in a line stand the strings that hazm made of it? In order, apart, and nothing but white space between them."""

import re
from collections.abc import Iterable

from annotations.text.ink import Range

# Every kind of space as the one that hazm knows. One to one, so that offsets stay: an NBSP parts tokens, too.
_UNUSUAL_SPACE = re.compile(r"[^\S ]|\u200b")


def spaced(line: str) -> str:
    """Returns the line with every white space character as a plain space; of equal length."""
    return _UNUSUAL_SPACE.sub(" ", line)


def slices(line: str, pieces: Iterable[str]) -> list[Range] | None:
    """Returns the ranges of a line's pieces, or None where they are no slices of it or leave more than spaces out."""
    found: list[Range] = []
    at = 0
    for piece in pieces:
        start = line.find(piece, at)
        if start < 0 or not piece or line[at:start].strip(" "):
            return None
        at = start + len(piece)
        found.append((start, at))
    return None if line[at:].strip(" ") else found
