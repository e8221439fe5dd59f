"""Where do sentences and paragraphs begin and end? hazm's sentences, joined again where its full stop was none.

Ranges in code points, half-open; a sentence lies in one paragraph and holds its final stop.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter

from annotations.text import hazm_engine
from annotations.text.ink import Range, trim
from annotations.text.segments import lines
from annotations.text.slices import slices, spaced

# After these a stop ends no sentence; nor does it after a single letter.
ABBREVIATIONS = frozenset(
    {
        *("دکتر", "صص"),
        *("al", "capt", "co", "col", "corp", "dr", "eds", "etc", "fig", "gen", "gov", "inc", "jr", "lt", "ltd", "mr"),
        *("mrs", "ms", "nos", "pp", "prof", "rep", "sen", "sgt", "sr", "st", "vol", "vs"),
        *("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
    }
)
_STOPS = re.compile(r"[.!?؟⸮]+ +")
_LAST_WORD = re.compile(r"(?<![\w\u200c])([^\W\d_]+)\. *$")
_NUMBER = re.compile(r" *\d+\. *")
_GUILLEMET = re.compile(r"[«»]")


def paragraphs(text: str) -> list[Range]:
    """Returns the lines that hold ink, without their newline: the `<p>` of the page."""
    return lines(text)


def sentences(text: str) -> list[Range]:
    """Returns the sentences in order; every character with ink is in exactly one."""
    return [sentence for start, end in lines(text) for sentence in _line_sentences(text, start, end)]


def _line_sentences(text: str, start: int, end: int) -> Iterator[Range]:
    line = spaced(text[start:end])
    found = slices(line, hazm_engine.sentences(line))
    if found is None:
        cuts = [0, *(stop.end() for stop in _STOPS.finditer(line)), len(line)]
        found = [(first, last) for first, last in pairwise(cuts) if first < last]
    quotations = _quotations(line)
    begin: int | None = None
    for (first, last), following in zip(found, [*found[1:], None], strict=True):
        begin = first if begin is None else begin
        if following and (_is_inside(following[0], quotations) or _abbreviates(line[begin:last])):
            continue
        sentence = trim(text, start + begin, start + last)
        begin = None
        if sentence[0] < sentence[1]:
            yield sentence


def _quotations(line: str) -> list[Range]:
    """Returns what guillemets enclose, the outermost only; one that is never closed encloses nothing."""
    found: list[Range] = []
    opened: list[int] = []
    for mark in _GUILLEMET.finditer(line):
        if mark[0] == "«":
            opened.append(mark.start())
        elif opened:
            start = opened.pop()
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, mark.start()))
    return found


def _is_inside(position: int, ranges: list[Range]) -> bool:
    index = bisect_right(ranges, position, key=itemgetter(0)) - 1
    return index >= 0 and position < ranges[index][1]


def _abbreviates(sentence: str) -> bool:
    """Tells whether the stop at a sentence's end belongs to an abbreviation, initials or the number of a list."""
    word = _LAST_WORD.search(sentence[-30:])
    if word and (len(word[1]) == 1 or word[1].lower() in ABBREVIATIONS):
        return True
    return _NUMBER.fullmatch(sentence) is not None
