"""Which range did somebody mean who dragged roughly? Whole words, without what hangs at the edges.

The rules, in order, are those of `docs/text.md`; `static/js/core/snap.js` follows them, too, and
`tests/golden/snap.json` holds both to the same ranges. Offsets are code points, half-open.
"""

from collections import Counter

import regex

from annotations.text.graphemes import cluster_around, is_bound
from annotations.text.ink import Range, inkless, trim
from annotations.text.offsets import check_range
from annotations.text.words import word_around

EDGES = frozenset(".,،;؛:!?؟…")
PAIRS = {"«": "»", "(": ")", "[": "]", "{": "}", "“": "”", "‘": "’", "‹": "›"}
STRAIGHT = frozenset("\"'")
ALONE = -1
_CLOSERS = {close: opener for opener, close in PAIRS.items()}
_BRACKET = regex.compile(r"[«»()\[\]{}“”‘’‹›\"']")
_ALNUM = regex.compile(r"[\p{L}\p{N}]")


def snap(text: str, start: int, end: int, *, exact: bool = False, one_paragraph: bool = False) -> Range | None:
    """Returns the range that was meant, or None where there is no ink in it.

    `exact` (Alt held) leaves words and punctuation as they were selected. `one_paragraph` is for entities: of a range
    over several lines it keeps the line that holds most of it. Raises OutOfRange for a range outside the text.
    """
    check_range(start, end, length=len(text))
    start, end = trim(text, start, end)
    if one_paragraph:
        start, end = trim(text, *_longest_line(text, start, end))
    if start == end:
        return None
    if not exact:
        start, end = _grow_to_words(text, start, end)
        start, end = strip(text, start, end)
    return _grow_to_clusters(text, start, end)


def _longest_line(text: str, start: int, end: int) -> Range:
    longest = (start, start)
    while start < end:
        newline = text.find("\n", start, end)
        stop = end if newline < 0 else newline
        if stop - start > longest[1] - longest[0]:
            longest = (start, stop)
        start = stop + 1
    return longest


def _grow_to_words(text: str, start: int, end: int) -> Range:
    first, last = word_around(text, start), word_around(text, end)
    return (first[0] if first else start), (last[1] if last else end)


def strip(text: str, start: int, end: int) -> Range:
    """Takes off punctuation, lone brackets and brackets around everything, until none is left at the edges.

    Where nothing else is in the range, it is what was meant: a colon can be the cue of a quotation.
    """
    partners = _partners(text, start, end)
    first, last = start, end
    while first < last:
        if _hangs(text, first, partners) and is_bound(text, first + 1):
            first += 1
        elif _hangs(text, last - 1, partners) and is_bound(text, last - 1):
            last -= 1
        elif partners.get(first) == last - 1 and is_bound(text, first + 1):
            first, last = first + 1, last - 1
        else:
            return first, last
    return start, end


def _hangs(text: str, at: int, partners: dict[int, int]) -> bool:
    return text[at] in EDGES or inkless(text[at]) or partners.get(at, at) == ALONE


def _partners(text: str, start: int, end: int) -> dict[int, int]:
    """Maps each bracket and quotation mark of a range to the place of its partner in it, or to ALONE."""
    partners: dict[int, int] = {}
    open_marks: list[int] = []
    waiting: Counter[str] = Counter()
    for found in _BRACKET.finditer(text, start, end):
        mark, at = found[0], found.start()
        if _is_apostrophe(text, at):
            continue
        partners[at] = ALONE
        opener = _CLOSERS.get(mark, mark)
        if _opens(text, at, waiting=waiting[mark] > 0):
            open_marks.append(at)
            waiting[mark] += 1
        elif waiting[opener]:
            while text[popped := open_marks.pop()] != opener:
                waiting[text[popped]] -= 1
            waiting[opener] -= 1
            partners[at], partners[popped] = popped, at
    return partners


def _is_apostrophe(text: str, at: int) -> bool:
    return text[at] in "'’" and bool(at and _ALNUM.match(text, at - 1) and _ALNUM.match(text, at + 1))


def _opens(text: str, at: int, *, waiting: bool) -> bool:
    """Tells whether a mark opens; a straight one does by its neighbours, else unless one waits to be closed."""
    if text[at] not in STRAIGHT:
        return text[at] in PAIRS
    before = at == 0 or inkless(text[at - 1]) or text[at - 1] in PAIRS
    after = at + 1 == len(text) or inkless(text[at + 1]) or text[at + 1] in _CLOSERS or text[at + 1] in EDGES
    return before if before != after else not waiting


def _grow_to_clusters(text: str, start: int, end: int) -> Range:
    """Widens to whole grapheme clusters; only what leaves no ink (a ZWNJ after its letter) may be left outside."""
    first = cluster_around(text, start)[0]
    last = cluster_around(text, end)[1]
    return trim(text, first, last)
