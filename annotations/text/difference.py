"""What became of a text in its corrected version? An alignment, by lines and, in changed lines, by letters."""

from difflib import SequenceMatcher

from rapidfuzz.distance import Indel

from annotations.text.offsets import Change, OffsetMap

# Letters times letters: aligning more takes more memory and time than a correction is worth.
MOST_CELLS = 40_000_000


def difference(old: str, new: str) -> OffsetMap:
    """Returns the map from the old text to the new one, in code points. What is too long to align is one change."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts, targets = _starts(before), _starts(after)
    changes: list[Change] = []
    for tag, first, last, to_first, to_last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            changes += _changes(old, new, starts[first], starts[last], targets[to_first], targets[to_last])
    return OffsetMap.of(changes, source_length=len(old), target_length=len(new))


def _starts(lines: list[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts


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
