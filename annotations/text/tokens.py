"""Which words and marks does a text consist of? hazm's tokens, each a slice `text[start:end]`, in code points."""

import re
from collections.abc import Iterator

import regex

from annotations.text import hazm_engine
from annotations.text.ink import Range, trim
from annotations.text.remembered import Remembered
from annotations.text.slices import slices, spaced
from annotations.text.steps import ranges_of, steps

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
    return ranges_of(token_steps(text))


def token_steps(text: str) -> list[int]:
    """Returns them as `steps` writes them. No token holds a space: what stands between two is cut for itself."""
    made: list[int] = []
    gap = 0
    for word in spaced(text).split(" "):
        cut = _cuts[word]
        if cut is None:  # most words are one token
            made += gap, len(word)
            gap = 1
        elif len(cut) > 1:
            made += gap + cut[0], *cut[1:-1]
            gap = cut[-1] + 1
        else:
            gap += cut[0] + 1
    return made


def _cut(word: str) -> tuple[int, ...] | None:
    """Returns a word's steps and what follows the last one; None for a word that is a token."""
    if word.isalpha() and "ℹ" not in word:
        return None
    found = list(_word_tokens(word))
    if found == [(0, len(word))]:
        return None
    return *steps(found), len(word) - (found[-1][1] if found else 0)


_cuts = Remembered(_cut)


def _word_tokens(word: str) -> Iterator[Range]:
    found = slices(word, hazm_engine.word_tokens(word))
    if found is None:
        found = [match.span() for match in _LIKE_HAZM.finditer(word)]
    for first, last in found:
        # Most tokens are letters alone, or a common mark: there is nothing to part from them.
        piece = word[first:last]
        if (piece.isalpha() and "ℹ" not in piece) or piece in _WHOLE:
            yield first, last
            continue
        for part in _parts(word, first, last):
            token = trim(word, *part)
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
