"""Do the edges of a range stand where words do? What hangs at them, and which words they cut.

`static/js/core/edges.js` says the same, held to `tests/golden/warnings.json`. Offsets are code points, half-open.
"""

from annotations.text.ink import Range, trim
from annotations.text.snap import strip
from annotations.text.words import word_around


def cut_words(text: str, start: int, end: int) -> tuple[Range | None, Range | None]:
    """Returns the words that the start and the end of a range cut; a ZWNJ does not end a word."""
    return word_around(text, start), word_around(text, end)


def whole(text: str, start: int, end: int) -> Range:
    """Returns the range grown to the words that its edges cut."""
    first, last = cut_words(text, start, end)
    return (first[0] if first else start), (last[1] if last else end)


def tidy(text: str, start: int, end: int) -> Range:
    """Returns the range without what hangs at its edges: white space, punctuation, lone brackets.

    An edge that cuts a word stays: what is wrong there is the cut.
    """
    first, last = cut_words(text, start, end)
    low, high = strip(text, *trim(text, start, end))
    return (start if first else low), (end if last else high)
