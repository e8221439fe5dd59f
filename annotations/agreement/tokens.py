"""What does each person say of each word? The units of token-level agreement.

A word's value is the set of labels of the spans that reach into it, of one kind at a time; the empty set, «nothing», is
a value like any other: people agree that a word is no name. Words are runs of letters, digits, marks and half-spaces:
a coarse cut that needs no tokeniser, so that 10,000 articles take seconds.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Sequence

from annotations.records import Range, SpanRecord

NOTHING: frozenset[str] = frozenset()
# Combining marks are no \w to Python, though they stand inside of words.
_WORD = re.compile("[\\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d]+")


def words(text: str) -> list[Range]:
    """Returns the words as ranges, in code points."""
    return [found.span() for found in _WORD.finditer(text)]


def unit_counts(
    words: Sequence[Range], people: Sequence[Sequence[SpanRecord]], *, labels: Collection[str]
) -> Counter[tuple[frozenset[str], ...]]:
    """Returns how many words have which values: a tuple with each person's set of labels, counted."""
    starts, ends = [start for start, _end in words], [end for _start, end in words]
    said: dict[int, list[set[str]]] = {}
    for at, spans in enumerate(people):
        for span in spans:
            if span.label not in labels:
                continue
            for start, end in span.ranges:
                for word in range(bisect_right(ends, start), bisect_left(starts, end)):
                    said.setdefault(word, [set() for _ in people])[at].add(span.label)
    units = Counter(tuple(frozenset(values) for values in word) for word in said.values())
    units[(NOTHING,) * len(people)] += len(words) - len(said)
    return units
