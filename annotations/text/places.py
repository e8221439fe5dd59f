"""Where does a query stand in a text, said quickly? One pattern over the published text, and the exact rules nearby.

`find` of `query.py` folds a whole text, which takes milliseconds; a concordance looks through hundreds of texts. The
pattern finds every place where a hit may stand and some more; around each the same `find` decides.
"""

import re
from collections import defaultdict
from functools import cache, lru_cache

from annotations.text.fold import fold
from annotations.text.ink import Range
from annotations.text.query import Query, find
from annotations.text.search_words import ENDINGS, PREFIXES, SEARCHED, pieces_and_joints

# What may stand between two letters of a word or between two words: all that is no letter, what a key drops, and the
# ezafe behind a half-space. Too much is harmless here.
_GAP = r"(?:\u200c[یيى]|[\Wـء])*"
# White space this far from a place decides nothing about it, except beside endings and prefixes (`_joins`).
_AROUND = 12
_SPACE = re.compile(r"\s")
_LAST_WORD = re.compile(r"\S+\Z")
# Blocks with letters that fold to letters of other blocks.
_BLOCKS = ((0, 0x3400), (0xA640, 0xAB70), (0xF900, 0x10000), (0x1D400, 0x1D800), (0x1EE00, 0x1EF00), (0x1F100, 0x1F200))
# A glance that most texts pass: no character in here folds to several letters.
_PLAIN = re.compile("[^\x00-\xbb\u0588-\u0674\u0679-\u08ff\u2000-\u20a7\U0001f300-\U0001faff]")


@cache
def _spellings() -> tuple[dict[str, str], re.Pattern[str]]:
    """Returns the characters that fold to each, and a pattern of those that fold to several letters."""
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    several: list[str] = []
    for first, last in _BLOCKS:
        for point in range(first, last):
            if 0xD800 <= point < 0xE000:
                continue
            character = chr(point)
            folded = fold(character)
            if len(folded) == 1 and folded != character:
                spellings[folded].append(character)
            elif len(folded) > 1 and any(map(str.isalnum, folded)):
                several.append(character)
    return {key: "".join(found) for key, found in spellings.items()}, re.compile(f"[{re.escape(''.join(several))}]")


@lru_cache(maxsize=64)
def _pattern(query: Query) -> re.Pattern[str]:
    """Returns what matches wherever a hit of the query may stand."""
    spellings, _several = _spellings()
    words = {"".join(way) for clause in query.sought for way in clause.ways}
    said = [_GAP.join(f"[{re.escape(letter + spellings.get(letter, ''))}]" for letter in word) for word in words]
    return re.compile("|".join(sorted(said, key=len, reverse=True)))


def places(text: str, query: Query) -> list[Range]:
    """Returns what `find` returns; in a fraction of its time where the query's words are rare in a text."""
    text = text[:SEARCHED]
    if folds_to_several(text):
        return find(text, query)
    found: list[Range] = []
    for start, end in _windows(text, query):
        found += [(start + first, start + last) for first, last in find(text[start:end], query)]
    return found


def folds_to_several(text: str) -> bool:
    """Whether a letter of the text is several letters of its key, as in a ligature: the pattern does not know these."""
    return _PLAIN.search(text) is not None and _spellings()[1].search(text) is not None


def _windows(text: str, query: Query) -> list[Range]:
    """Returns stretches between white space around the places where a hit may stand, apart from each other."""
    windows: list[Range] = []
    for candidate in _pattern(query).finditer(text):
        if windows and candidate.end() + _AROUND <= windows[-1][1]:
            continue
        start, end = _start(text, candidate.start() - _AROUND), _end(text, candidate.end() + _AROUND)
        if windows and start <= windows[-1][1]:
            windows[-1] = windows[-1][0], end
        else:
            windows.append((start, end))
    return windows


def _start(text: str, at: int) -> int:
    """Returns the beginning of a word at or before a position, of one that is not joined to the word before it."""
    while at > 0 and not (text[at - 1].isspace() and not _joins(text, at)):
        at -= 1
    return max(at, 0)


def _end(text: str, at: int) -> int:
    """Returns the end of a word at or behind a position, of one that is not joined to the word behind it."""
    while (space := _SPACE.search(text, min(at, len(text)))) and _joins(text, space.end()):
        at = space.end()
    return space.start() if space else len(text)


def _joins(text: str, at: int) -> bool:
    """Whether the words around the white space that ends at a position may be one: «کتاب ها», «می رود»."""
    before, after = text[max(at - 40, 0) : at].rstrip(), text[at : at + 40].lstrip()
    last, first = _LAST_WORD.search(before), _SPACE.split(after, maxsplit=1)[0]
    pieces_before, pieces_after = _pieces(last[0]) if last else [], _pieces(first)
    return not (pieces_before and pieces_after) or pieces_before[-1] in PREFIXES or pieces_after[0] in ENDINGS


@lru_cache(maxsize=4096)
def _pieces(word: str) -> list[str]:
    """Returns the pieces of a word beside a place; of a language's words few are common, and those are met again."""
    return pieces_and_joints(word)[0]
