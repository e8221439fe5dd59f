"""Between which words of a line does hazm see no tie? There it can be cut, and what becomes of its parts remembered.

hazm goes over each line some forty times. What it finds lies within a word between two spaces, or ties a word to its
neighbours; and words come again. So what becomes of words and of the few stretches of tied ones is kept, within bounds.
"""

import re
import string
import threading
from collections.abc import Iterable
from itertools import accumulate
from typing import Any, NamedTuple

from annotations.text.hazm_quick import LETTERS, NUMBERS, QUOTED, ZWNJ, quick_normaliser, replaced, table
from annotations.text.remembered import Remembered

# What a word may begin or end with and hazm looks no further; other characters may tie it to a neighbour, or go.
_OPENING = frozenset(f"{LETTERS}يكىئأإؤءةۀ{string.ascii_letters}{NUMBERS}«([{{")
_CLOSING = frozenset(f"{LETTERS}يكىئأإؤءةۀ{string.ascii_letters}{NUMBERS}.:!،؛؟»)]}}")
# Tokens that hazm's patterns, beside its suffixes, tie to the word before, and to the word behind.
_TIED_BEFORE = frozenset(("ایم", "اند", "اید"))
_TIED_BEHIND = frozenset(("می", "نمی", "ی"))
# Words of letters, or a number, with a mark before them or behind at the most: most of hazm's steps find nothing there.
_LETTERED = rf"[{LETTERS}]+(?:{ZWNJ}[{LETTERS}]+)*"
_PLAIN = re.compile(rf"([«(]?)({_LETTERED}(?: {_LETTERED})*|[{NUMBERS}]+(?![.:]))([.:!،؛؟»)]?)")
# What hazm's steps for words look for in them: letters three times, «هها», a «می» that is not apart.
_CHANGED = re.compile(rf"([{LETTERS}])\1\1|هها|(?<![{LETTERS}])ن?می[{LETTERS}]| |[{NUMBERS}]")
# What hazm takes for a quotation mark, before it looks for what two of them enclose.
_MARKS = re.compile('["“”]')

Rewritten = tuple[int, int, str]


class Word(NamedTuple):
    """What hazm makes of a word, and its first and last token; None where it may be tied to any word before, or behind.

    The first token is empty where the dictionaries join it to none.
    """

    view: str
    first: str | None
    last: str | None


class StretchNormaliser:
    """Normalises as hazm does, by stretches."""

    def __init__(self, hazm: Any) -> None:
        self._quick, self._lock = quick_normaliser(hazm), threading.Lock()
        self._tied_before = _TIED_BEFORE | hazm.normalizer.SUFFIXES
        self._letters = table(hazm.normalizer.TRANSLATION_SRC, hazm.normalizer.TRANSLATION_DST)
        self._joined, self._seconds = _joints(self._quick.joined())
        # None for a word that is one token, stays as it is, and is tied to none.
        self._looks: Remembered[Word | None] = Remembered(self._look)
        self._views = Remembered(lambda stretch: self._seen(stretch)[0])

    def rewritten(self, line: str) -> list[Rewritten]:
        """Returns the ranges of a line that become another text, with that text. It has no white space at its ends."""
        styled = self._styled(line)
        if styled.count('"') > 1:  # hazm would look for what stands between these, too
            with self._lock:  # another thread may be about to read its own tokens
                return [(0, len(line), self._quick.normalize(line))]
        words = styled.split(" ")
        looks = list(map(self._looks.__getitem__, words))
        if styled != line:  # a word that stays as it was styled need not be the one that stands in the line
            for at, word in enumerate(words):
                if not looks[at] and ("«" in word or "»" in word):
                    looks[at] = Word(word, "", word)
        ends = list(accumulate(map(len, words)))
        found: list[Rewritten] = []
        for first, end in self._stretches(words, looks):
            start, stop = (ends[first - 1] + first if first else 0), ends[end - 1] + end - 1
            only = looks[first] if end - first == 1 else None
            view = only.view if only else self._views[styled[start:stop]]
            if line[start:stop] != view:
                found.append((start, stop, view))
        return found

    def _stretches(self, words: list[str], looks: list[Word | None]) -> Iterable[tuple[int, int]]:
        """Yields the ranges of words that are tied, and of one that is not and may have changed."""
        first = end = 0
        for at, look in enumerate(looks):
            if look is None:
                continue
            if at >= end:
                is_tied = at > 0 and self._is_tied(words[at - 1], looks[at - 1], look)
                if not (is_tied and at == end):
                    if first < end:
                        yield first, end
                    first = at - is_tied
            end = at + 1 + (look.last is None and at + 1 < len(words))
        if first < end:
            yield first, end

    def _is_tied(self, before: str, look_before: Word | None, look: Word) -> bool:
        if not look.first:
            return look.first is None
        last = look_before.last if look_before else before
        return f"{last}{ZWNJ}{look.first}" in self._joined

    def _styled(self, line: str) -> str:
        """Returns the line with guillemets for quotation marks, which reach over any number of words."""
        return replaced([QUOTED], _MARKS.sub('"', line)) if _MARKS.search(line) else line

    def _look(self, word: str) -> Word | None:
        view, tokens = self._seen(word)
        if not tokens:
            return Word(view, None, None)
        first: str | None = None
        if word[0] in _OPENING and tokens[0] not in self._tied_before:
            first = tokens[0] if tokens[0] in self._seconds else ""
        is_closed = word[-1] in _CLOSING and tokens[-1] not in _TIED_BEHIND
        look = Word(view, first, tokens[-1] if is_closed else None)
        return None if look == (word, "", word) else look

    def _seen(self, stretch: str) -> tuple[str, list[str]]:
        """Returns the view of a stretch, and the tokens that hazm sees in it."""
        if plain := self._plain(stretch):
            return plain
        with self._lock:
            self._quick.tokens = []
            return self._quick.normalize(stretch), self._quick.tokens

    def _plain(self, stretch: str) -> tuple[str, list[str]] | None:
        """Returns the same of a plain stretch, sooner; None of another."""
        plain = _PLAIN.fullmatch(stretch.translate(self._letters))
        if plain is None:
            return None
        before, words, behind = plain.groups()
        tokens = words.split(" ")
        if behind and tokens[-1] in _TIED_BEHIND:
            return None
        view = self._quick.spaced(tokens) if _CHANGED.search(words) else words
        return f"{before}{view}{behind}", [*filter(None, (before, *tokens, behind))]


def _joints(words: Iterable[str]) -> tuple[set[str], set[str]]:
    """Returns the ends, from any joint before the last on, of words that ZWNJ join; and what stands behind a joint."""
    joined, seconds = set(), set()
    for word in words:
        joined.add(word)
        at = word.find(ZWNJ)
        while at >= 0:
            rest = word[at + 1 :]
            seconds.add(rest)
            at = word.find(ZWNJ, at + 1)
            if at >= 0:
                joined.add(rest)
    return joined, seconds
