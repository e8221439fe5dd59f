"""Which words and marks does a text consist of? hazm's tokens, each a slice `text[start:end]`, in code points."""

import re
from collections.abc import Iterator

import regex

from annotations.text import hazm_engine
from annotations.text.ink import Range, trim
from annotations.text.segments import lines
from annotations.text.slices import slices, spaced

# hazm's own pattern, for a line of which a later hazm should return strings that are not in it.
_LIKE_HAZM = re.compile(r'[؟!?]+|[\d.:]+|[،؛»\])}"«\[({/\\]|[^ ؟!?\d.:،؛»\])}"«\[({/\\]+')
# Marks that hazm leaves on the word beside them, and emoji, which news channels set before a headline without a space.
_MARKS = "…,;“”‘’'‹›–—"
_WHOLE = frozenset('.:!?؟،؛()[]{}/"')
_NUMBER = re.compile(r"([.:]*)(\d|\d[\d.:]*\d)([.:]*)")
_UNUSUAL = regex.compile(rf"[{_MARKS}]|\p{{Extended_Pictographic}}|\p{{RI}}")
_EMOJI = regex.compile(r"\p{RI}\p{RI}|(?=\p{Extended_Pictographic})\X")


def tokens(text: str) -> list[Range]:
    """Returns the tokens in order; every character with ink is in exactly one, none begins or ends without ink."""
    return [token for start, end in lines(text) for token in _line_tokens(text, start, end)]


def _line_tokens(text: str, start: int, end: int) -> Iterator[Range]:
    line = spaced(text[start:end])
    found = slices(line, hazm_engine.word_tokens(line))
    if found is None:
        found = [match.span() for match in _LIKE_HAZM.finditer(line)]
    for first, last in found:
        # Most tokens are letters alone, or a common mark: there is nothing to part from them.
        piece = line[first:last]
        if (piece.isalpha() and "ℹ" not in piece) or piece in _WHOLE:
            yield start + first, start + last
            continue
        for part in _parts(text, start + first, start + last):
            token = trim(text, *part)
            if token[0] < token[1]:
                yield token


def _parts(text: str, start: int, end: int) -> Iterator[Range]:
    """Parts a token from emoji anywhere in it and from marks at its ends, a number from its stop."""
    if number := _NUMBER.fullmatch(text, start, end):
        yield from (span for span in map(number.span, (1, 2, 3)) if span[0] < span[1])
        return
    if not _UNUSUAL.search(text, start, end):
        yield start, end
        return
    at = start
    for emoji in _EMOJI.finditer(text, start, end):
        yield from _without_marks(text, at, emoji.start())
        yield emoji.span()
        at = emoji.end()
    yield from _without_marks(text, at, end)


def _without_marks(text: str, start: int, end: int) -> Iterator[Range]:
    while start < end and text[start] in _MARKS:
        yield start, start + 1
        start += 1
    last = end
    while start < last and text[last - 1] in _MARKS:
        last -= 1
    yield start, last
    yield from ((at, at + 1) for at in range(last, end))
