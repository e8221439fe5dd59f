"""Which range of one text stands for a range of another? Two texts, made one from the other, mapped both ways.

After codemirror's `ChangeDesc`: the changes are kept, what lies between them is copied character by character.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from annotations.errors import NewsroomError

Change = tuple[int, int, int, int]


class OutOfRange(NewsroomError, IndexError):
    """Raised for an offset or range outside its text."""

    def __init__(self, *, start: int, end: int, length: int) -> None:
        super().__init__(
            code="out_of_range",
            message="{start} to {end} is not a range of a text of {length} characters.",
            data={"start": start, "end": end, "length": length},
        )


def check_range(start: int, end: int, *, length: int) -> None:
    """Raises OutOfRange unless 0 <= start <= end <= length."""
    if not 0 <= start <= end <= length:
        raise OutOfRange(start=start, end=end, length=length)


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """An alignment of a source and a target text, in code points. Immutable; `inverse` looks the other way.

    Changes are `[source_starts[i], source_ends[i])` replaced by `[target_starts[i], target_ends[i])`, in order.
    """

    source_length: int
    target_length: int
    source_starts: tuple[int, ...] = ()
    source_ends: tuple[int, ...] = ()
    target_starts: tuple[int, ...] = ()
    target_ends: tuple[int, ...] = ()

    @classmethod
    def of(cls, changes: Iterable[Change], *, source_length: int, target_length: int) -> "OffsetMap":
        """Makes a map of (source start, source end, target start, target end) in order.

        Raises ValueError where the changes go back, change nothing, or leave copies of unequal length between them.
        """
        kept = list(changes)
        at = to = 0
        whole = source_length, source_length, target_length, target_length
        for start, end, target_start, target_end in [*kept, whole]:
            if start - at != target_start - to or at > start or start > end or target_start > target_end:
                raise ValueError(f"The change at {start} does not fit between its neighbours")
            at, to = end, target_end
        if any(start == end and target_start == target_end for start, end, target_start, target_end in kept):
            raise ValueError("A change of nothing into nothing")
        columns = zip(*kept, strict=True) if kept else ((), (), (), ())
        return cls(source_length, target_length, *columns)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes as `of` takes them."""
        columns = self.source_starts, self.source_ends, self.target_starts, self.target_ends
        return tuple(zip(*columns, strict=True))

    @property
    def inverse(self) -> "OffsetMap":
        """The same alignment from target to source."""
        there = self.target_starts, self.target_ends
        return OffsetMap(self.target_length, self.source_length, *there, self.source_starts, self.source_ends)

    def map_position(self, position: int, *, after: bool = False) -> int:
        """Returns where a position of the source stands in the target.

        Of what was inserted there, or of the change it lies in, that is the beginning, `after` the end.
        Raises OutOfRange.
        """
        check_range(position, position, length=self.source_length)
        first = bisect_left(self.source_ends, position)
        if first == len(self.source_ends) or self.source_starts[first] > position:
            return position + self._shift(first)
        if self.source_starts[first] < position < self.source_ends[first]:
            return self.target_ends[first] if after else self.target_starts[first]
        begins = self.source_starts[first] == position
        if not after:
            return self.target_starts[first] if begins else self.target_ends[first]
        last = first
        while last < len(self.source_ends) and self.source_ends[last] == position:
            last += 1
        return self.target_ends[last - 1] if last > first else self.target_starts[first]

    def map_range(self, start: int, end: int) -> tuple[int, int]:
        """Returns the range of the target that stands for a range of the source; empty where that was deleted.

        A change that is cut is taken whole; what was inserted at an end stays outside. Raises OutOfRange.
        """
        check_range(start, end, length=self.source_length)
        if start == end:
            return (self.map_position(start),) * 2
        return (
            self.map_position(start, after=not self._is_inside(start)),
            self.map_position(end, after=self._is_inside(end)),
        )

    def _shift(self, index: int) -> int:
        return self.target_ends[index - 1] - self.source_ends[index - 1] if index else 0

    def _is_inside(self, position: int) -> bool:
        first = bisect_left(self.source_ends, position)
        return first < len(self.source_ends) and self.source_starts[first] < position < self.source_ends[first]

    def to_sections(self) -> list[int]:
        """Returns the map as JSON keeps it: copied, removed, inserted, copied, removed, inserted, …, copied."""
        sections: list[int] = []
        at = 0
        for start, end, target_start, target_end in self.changes:
            sections += start - at, end - start, target_end - target_start
            at = end
        return [*sections, self.source_length - at]

    @classmethod
    def from_sections(cls, sections: list[int]) -> "OffsetMap":
        """Makes the map that `to_sections` wrote. Raises ValueError for anything else."""
        if len(sections) % 3 != 1 or any(length < 0 for length in sections):
            raise ValueError("Not the sections of an offset map")
        copied, removed, inserted = sections[::3], [*sections[1::3], 0], [*sections[2::3], 0]
        ends = list(accumulate(map(sum, zip(copied, removed, strict=True))))
        target_ends = list(accumulate(map(sum, zip(copied, inserted, strict=True))))
        changes = [
            (end - gone, end, target_end - new, target_end)
            for end, gone, target_end, new in zip(ends, removed, target_ends, inserted, strict=True)
        ]
        return cls.of(changes[:-1], source_length=ends[-1], target_length=target_ends[-1])
