"""Where do a text's tokens and sentences stand, and which tokens does a span cover?"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from annotations.records import Range, Record
from annotations.text.sentences import sentences
from annotations.text.tokens import tokens


@dataclass(frozen=True)
class Words:
    """The tokens and sentences of one text, as ranges of it, in order."""

    tokens: Sequence[Range]
    sentences: Sequence[Range]

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _end in self.tokens]

    @cached_property
    def _ends(self) -> list[int]:
        return [end for _start, end in self.tokens]

    def cover(self, start: int, end: int) -> Range | None:
        """Returns the numbers, half-open, of the tokens that a range of the text touches; None for none."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        return (first, last) if first < last else None

    def extent(self, first: int, last: int) -> Range:
        """Returns the range of the text that tokens `first` to before `last` stand in."""
        return self.tokens[first][0], self.tokens[last - 1][1]

    def sentence_tokens(self) -> Iterator[Range]:
        """Yields the numbers, half-open, of the tokens of each sentence; a token belongs where it begins."""
        first = 0
        for _start, end in [*self.sentences[:-1], (0, self.tokens[-1][1])] if self.tokens else []:
            last = bisect_left(self._starts, end)
            if first < last:
                yield first, last
            first = max(first, last)


def words_of(record: Record) -> Words:
    """Returns what the engine makes of a record's text, worked out here and now."""
    return Words(tokens(record.text), sentences(record.text))
