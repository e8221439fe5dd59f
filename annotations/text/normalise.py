"""How does hazm's normalised text look, and which range of the published text stands behind each of its ranges?

A view for reading and search: what is found in it becomes an offset only through `map.inverse`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import Indel

from annotations.text import hazm_engine
from annotations.text.fold import fold, is_mark, translated
from annotations.text.hazm_words import Rewritten
from annotations.text.ink import inkless
from annotations.text.offsets import Change, OffsetMap
from annotations.text.segments import INK

# To be raised with every change of what `normalised` returns: what was derived before is then made anew.
REVISION = 3
# hazm's patterns take quadratic time in the length of a line, and of a word: 0.3 s for one word of 4,000 letters.
LONGEST_PIECE = 1_000
LONGEST_WORD = 100
# Of so many rewritten words, or pairs of words, the alignment is remembered.
MOST_REMEMBERED, LONGEST_REMEMBERED = 20_000, 50
_UNLIKE = "\ud800"  # stands in no frozen text
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_SENTENCE_END = re.compile(r"[.!?؟…»]\s+")


@dataclass(frozen=True, slots=True)
class Normalised:
    """hazm's normalised text, with the map from the published text to it. Lines correspond one to one."""

    text: str
    map: OffsetMap


class _OneToOne(dict[int, str]):
    """Folds each character to exactly one, so that a text keeps its length and its offsets."""

    def __missing__(self, point: int) -> str:
        folded = fold(chr(point))
        self[point] = folded if len(folded) == 1 else chr(point)
        return self[point]


_TABLE = _OneToOne()


@cache
def engine() -> str:
    """Returns name and version of what makes the view, for instance `hazm-0.12.1-3`; does not load hazm."""
    return f"hazm-{hazm_engine.version()}-{REVISION}"


def normalised(text: str) -> Normalised:
    """Normalises line by line; of a line over 1,000 characters by pieces, and words over 100 characters not at all."""
    made: list[str] = []
    changes: list[Change] = []
    at = to = 0
    for start, end, view in _rewritten(text):
        made += text[at:start], view
        to += start - at
        changes += (
            (start + first, start + last, to + target_first, to + target_last)
            for first, last, target_first, target_last in _of_stretch(text[start:end], view)
        )
        at, to = end, to + len(view)
    made.append(text[at:])
    return Normalised("".join(made), OffsetMap.of(changes, source_length=len(text), target_length=to + len(text) - at))


def _rewritten(text: str) -> Iterator[Rewritten]:
    """Yields the ranges of a text that become another text, with that text."""
    at = 0
    for line in text.split("\n"):
        pieces = list(_pieces(line))
        for index, (piece, is_long_word) in enumerate(pieces):
            if not is_long_word:
                is_first, is_last = index == 0, index + 1 == len(pieces)
                for start, end, view in _rewritten_piece(piece, is_first=is_first, is_last=is_last):
                    yield at + start, at + end, view
            at += len(piece)
        at += 1


def _rewritten_piece(piece: str, *, is_first: bool, is_last: bool) -> list[Rewritten]:
    """Returns the same of a part of a line; white space at its ends goes, but for a space between two pieces."""
    stripped = piece.strip()
    start = piece.find(stripped)
    end = start + len(stripped)
    found = [(start + a, start + b, view.replace("\n", " ")) for a, b, view in hazm_engine.rewritten(stripped)]
    is_empty = not stripped
    if not all(INK.search(view) for _start, _end, view in found):
        whole = _replaced(piece, start, end, found)
        if not INK.search(whole) and INK.search(piece):
            # hazm drops some letters wholly (ﷺ); a line that is there stays one that can be read and pointed at.
            return []
        is_empty = not whole
    if start:
        found.insert(0, (0, start, "" if is_first else " "))
    if end < len(piece):
        found.append((end, len(piece), "" if is_last or is_empty else " "))
    return found


def _replaced(text: str, start: int, end: int, found: Iterable[Rewritten]) -> str:
    made: list[str] = []
    for first, last, view in found:
        made += text[start:first], view
        start = last
    return "".join([*made, text[start:end]])


def _pieces(line: str) -> Iterator[tuple[str, bool]]:
    """Cuts a line, where it is long after a sentence or else a word; tells which pieces are words of immense length."""
    if len(line) <= LONGEST_PIECE and max(map(len, line.split()), default=0) <= LONGEST_WORD:
        if line:
            yield line, False
        return
    at = 0
    for word in [*_LONG_WORD.finditer(line), None]:
        stop = word.start() if word else len(line)
        while stop - at > LONGEST_PIECE:
            cut = _cut(line, at)
            yield line[at:cut], False
            at = cut
        if at < stop:
            yield line[at:stop], False
        if word:
            yield word[0], True
            at = word.end()


def _cut(line: str, at: int) -> int:
    ends = [end.end() for end in _SENTENCE_END.finditer(line, at + LONGEST_PIECE // 2, at + LONGEST_PIECE)]
    if ends:
        return ends[-1]
    for cut in range(at + LONGEST_PIECE, at, -1):
        if line[cut - 1].isspace():
            return cut
    return at + LONGEST_PIECE


def _of_stretch(source: str, target: str) -> tuple[Change, ...]:
    """Returns their differences, which mostly are known: words come again."""
    return _known(source, target) if len(source) <= LONGEST_REMEMBERED else _differences(source, target)


def _differences(source: str, target: str) -> tuple[Change, ...]:
    """Returns what has to change, at least, between two texts in which one letter's spellings count as equal."""
    folded, folded_target = translated(source, _TABLE), translated(target, _TABLE)
    if folded == folded_target:
        return ()
    changes = list(_changes(folded, folded_target))
    if any(_moves_letters(folded[a:b], folded_target[c:d]) for a, b, c, d in changes):
        # To keep a space, a letter was given up: « 1,2» against «1 , 2». So no space may be kept, at first.
        spaceless = _changes(folded, folded_target.replace(" ", _UNLIKE))
        changes = [_narrowed(folded, folded_target, change) for change in spaceless]
    found: list[Change] = []
    for start, end, target_start, target_end in changes:
        if start == end and target_start == target_end:
            continue
        hangs = target_start == target_end and _hangs(source, start, end)
        found.append((start - hangs, end, target_start - hangs, target_end))
    return tuple(found)


_known = lru_cache(MOST_REMEMBERED)(_differences)


def _changes(source: str, target: str) -> Iterator[Change]:
    """Yields what lies between the longest common subsequence's runs."""
    at = to = 0
    for start, end, target_start, target_end in _runs(source, target):
        if at < start or to < target_start:
            yield at, start, to, target_start
        at, to = end, target_end


def _runs(source: str, target: str) -> Iterator[Change]:
    for tag, start, end, target_start, target_end in Indel.opcodes(source, target):
        if tag == "equal":
            yield start, end, target_start, target_end  # type: ignore[misc] # all but the tag are numbers
    yield len(source), len(source), len(target), len(target)


def _moves_letters(removed: str, inserted: str) -> bool:
    return any(character.isalnum() and character not in removed for character in inserted)


def _narrowed(source: str, target: str, change: Change) -> Change:
    """Leaves out of a change what is the same at its ends."""
    start, end, target_start, target_end = change
    while start < end and target_start < target_end and source[start] == target[target_start]:
        start, target_start = start + 1, target_start + 1
    while start < end and target_start < target_end and source[end - 1] == target[target_end - 1]:
        end, target_end = end - 1, target_end - 1
    return start, end, target_start, target_end


def _hangs(piece: str, start: int, end: int) -> bool:
    """Tells whether what was dropped, diacritics or repeated letters, belongs to the character before it."""
    if start == 0 or inkless(piece[start - 1]):
        return False
    return all(character.isalnum() or is_mark(character) for character in piece[start:end])
