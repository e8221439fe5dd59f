"""Where do the same words stand? Exactly the same letters; a part of a longer word is none, unless a part was meant."""

from annotations.text.graphemes import cluster_around
from annotations.text.ink import Range
from annotations.text.words import word_around


def occurrences(text: str, words: str, *, whole: bool) -> list[Range]:
    """Returns all places of the words in code points, in order; none meets another. `whole`: only where no word is cut.

    `static/js/core/occurrences.js` finds the same in the article that is open.
    """
    found: list[Range] = []
    at = text.find(words) if words else -1
    while at >= 0:
        stop = at + len(words)
        fits = (not whole or _cuts_no_word(text, at, stop)) and _cuts_no_cluster(text, at, stop)
        if fits:
            found.append((at, stop))
        at = text.find(words, stop if fits else at + 1)
    return found


def _cuts_no_word(text: str, start: int, end: int) -> bool:
    return word_around(text, start) is None and word_around(text, end) is None


def _cuts_no_cluster(text: str, start: int, end: int) -> bool:
    return cluster_around(text, start)[0] == start and cluster_around(text, end)[1] == end
