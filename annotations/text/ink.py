"""Which characters leave no ink, so that no range should begin or end with them?"""

import re

# White space of Python and of JavaScript together, soft hyphen, joiners, bidi marks, byte order mark.
INKLESS = r"\s\x1c-\x1f\x85\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_LEADING = re.compile(rf"[{INKLESS}]*")
_IS_INKLESS = re.compile(rf"[{INKLESS}]")

Range = tuple[int, int]


def inkless(character: str) -> bool:
    """Tells whether a character leaves no ink: white space, NBSP, ZWNJ, bidi marks and the like."""
    return _IS_INKLESS.match(character) is not None


def trim(text: str, start: int, end: int) -> Range:
    """Narrows a range until it begins and ends with ink; where there is none, to nothing at its end."""
    start = _LEADING.match(text, start, end).end()  # type: ignore[union-attr]  # an empty match is a match
    while end > start and _IS_INKLESS.match(text[end - 1]):
        end -= 1
    return start, end
