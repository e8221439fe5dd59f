"""What became of a text in its corrected version? An alignment, by lines and, in changed lines, by letters."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from rapidfuzz.distance import Indel

from annotations.text.aligned import aligned
from annotations.text.offsets import Change, OffsetMap

# Letters times letters: aligning more takes more memory and time than a correction is worth.
MOST_CELLS = 40_000_000
# Lines times lines, of those between the first and the last that differ: 25 MB while they are aligned.
MOST_LINE_CELLS = 200_000_000


def difference(old: str, new: str) -> OffsetMap:
    """Returns the map from the old text to the new one, in code points. What is too long to align is one change."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts, targets = _starts(before), _starts(after)
    changes: list[Change] = []
    for first, last, to_first, to_last in _changed_lines(before, after):
        changes += _changes(old, new, starts[first], starts[last], targets[to_first], targets[to_last])
    return OffsetMap.of(changes, source_length=len(old), target_length=len(new))


def _starts(lines: list[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts


def _changed_lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Yields which lines became which others. Lines with words are aligned first, empty ones only between them."""
    for first, last, to_first, to_last in _gaps(before, after, with_empty=False):
        for one, end, other, to_end in _gaps(before[first:last], after[to_first:to_last], with_empty=True):
            yield first + one, first + end, to_first + other, to_first + to_end


def _gaps(before: Sequence[str], after: Sequence[str], *, with_empty: bool) -> Iterator[Change]:
    """Yields what lies between the lines that are aligned: as many equal ones as there can be in order."""
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    at = to = head
    ends = len(before) - tail, len(after) - tail
    ours, theirs = (
        [line for line in range(head, end) if with_empty or not lines[line].isspace()]
        for lines, end in ((before, ends[0]), (after, ends[1]))
    )
    for line, other in [*_pairs(before, ours, after, theirs), ends]:
        if at < line or to < other:
            yield at, line, to, other
        at, to = line + 1, other + 1


def _pairs(
    before: Sequence[str], ours: Sequence[int], after: Sequence[str], theirs: Sequence[int]
) -> Iterator[tuple[int, int]]:
    if len(ours) * len(theirs) > MOST_LINE_CELLS:
        return
    for step in aligned([before[line] for line in ours], [after[line] for line in theirs]):
        if step.tag == "equal":
            chosen = slice(step.src_start, step.src_end), slice(step.dest_start, step.dest_end)
            yield from zip(ours[chosen[0]], theirs[chosen[1]], strict=True)


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    """Returns with how many equal lines both begin."""
    return sum(1 for _both in takewhile(lambda both: both[0] == both[1], zip(before, after, strict=False)))


def _changes(old: str, new: str, start: int, end: int, target_start: int, target_end: int) -> list[Change]:
    if (end - start) * (target_end - target_start) > MOST_CELLS or start == end or target_start == target_end:
        return [(start, end, target_start, target_end)]
    found: list[Change] = []
    for step in Indel.opcodes(old[start:end], new[target_start:target_end]):
        if step.tag == "equal":
            continue
        source = start + step.src_start, start + step.src_end
        change = (*source, target_start + step.dest_start, target_start + step.dest_end)
        if found and found[-1][1] == change[0] and found[-1][3] == change[2]:
            found[-1] = found[-1][0], change[1], found[-1][2], change[3]
        else:
            found.append(change)
    return found
