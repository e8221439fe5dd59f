"""How do overlapping spans become HTML that Persian letters survive? As flat segments, cut at every span boundary.

One `<p>` per line with ink, no nesting inside: a segment is one inline `<span>` that names all spans on it. Style is
classes only. `static/js/core/segments.js` is the same algorithm; `tests/golden/segments.json` holds both to the same
bytes, and `docs/workspace-dom.md` is the contract. Offsets are code points, half-open.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from annotations.text.ink import INKLESS

INK = re.compile(rf"[^{INKLESS}]")
SENTENCE_END = re.compile(r"[.!?؟…][»”\"')\]]*[ \u00a0]+")
SPACE = re.compile(r"[ \u00a0]+")
LONG_BLOCK = 1500
SHORTEST_UNIT = 500
MANY_UNITS = 8  # from here on each unit starts a line of its own: the browser lays out a paragraph as a whole
UNDERLINES = 4
DEEPEST_CLAIM = 3

Range = tuple[int, int]


class Mark(NamedTuple):
    """A span as the page shows it: a short id, its label's key, kind, palette colour and title, its ranges."""

    id: str
    label: str
    kind: str
    color: str
    ranges: Sequence[Range]
    title: str


class Segment(NamedTuple):
    """A piece of text on which the same spans stand: `ids` shortest span first, `starts` those that begin here."""

    start: int
    end: int
    ids: tuple[str, ...] = ()
    classes: str = ""
    starts: tuple[str, ...] = ()
    title: str = ""


class Unit(NamedTuple):
    """What is drawn again at once: a paragraph, or some sentences of a long one."""

    start: int
    segments: list[Segment]


class Paragraph(NamedTuple):
    """A line with ink; `role` is the kind of the section it begins in (`headline`, `lead`), '' for the body."""

    index: int  # type: ignore[assignment] # of the paragraph; nobody looks for a field's place
    start: int
    end: int
    role: str
    units: list[Unit]


class _Piece(NamedTuple):
    """What of a mark lies in a paragraph."""

    mark: Mark
    ranges: list[Range]
    length: int
    first: bool


def short_id(index: int) -> str:
    """Returns the id by which a page's HTML names the span at that place of the page's data: its index in base 36."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    said = digits[index % 36]
    while index := index // 36:
        said = digits[index % 36] + said
    return said


def lines(text: str) -> list[Range]:
    """Returns the ranges of the lines that hold ink, without their newline."""
    found, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        if INK.search(line):
            found.append((start, end))
        start = end + 1
    return found


def unit_starts(text: str, start: int, end: int) -> list[int]:
    """Returns where the units of a line begin: after a sentence, else after a word, else after 1,500 characters."""
    starts = [start]
    while end - start > LONG_BLOCK:
        window = (start + SHORTEST_UNIT, start + LONG_BLOCK)
        cut = 0
        for pattern in (SENTENCE_END, SPACE):
            for match in pattern.finditer(text, *window):
                cut = match.end()
            if cut:
                break
        start = cut or window[1]
        starts.append(start)
    return starts


def segment(text: str, marks: Sequence[Mark], *, sections: Sequence[tuple[str, int, int]] = ()) -> list[Paragraph]:
    """Cuts a text into paragraphs, units and segments. `sections` are (kind, start, end)."""
    ranges = lines(text)
    pieces = _by_line(ranges, marks)
    paragraphs = []
    for index, (start, end) in enumerate(ranges):
        role = next((kind for kind, first, last in sections if first <= start < last and kind != "body"), "")
        starts = unit_starts(text, start, end)
        units = _units(starts, _cut(starts, end, pieces[index]))
        paragraphs.append(Paragraph(index, start, end, role, units))
    return paragraphs


def _units(starts: list[int], cut: list[Segment]) -> list[Unit]:
    """Puts segments into the units they lie in."""
    if len(starts) == 1:
        return [Unit(starts[0], cut)]
    units: list[Unit] = [Unit(start, []) for start in starts]
    for piece in cut:
        units[bisect_right(starts, piece.start) - 1].segments.append(piece)
    return units


def _by_line(ranges: list[Range], marks: Sequence[Mark]) -> list[list[_Piece]]:
    """Clips every mark to the lines it touches."""
    pieces: list[list[_Piece]] = [[] for _ in ranges]
    begins = [start for start, _ in ranges]
    for mark in marks:
        touched: dict[int, list[Range]] = {}
        for start, end in mark.ranges:
            index = max(bisect_right(begins, start) - 1, 0)
            while index < len(ranges) and begins[index] < end:
                clipped = max(start, begins[index]), min(end, ranges[index][1])
                if clipped[0] < clipped[1]:
                    touched.setdefault(index, []).append(clipped)
                index += 1
        first = True
        for index in sorted(touched):
            inside = touched[index]
            pieces[index].append(_Piece(mark, inside, sum(e - s for s, e in inside), first))
            first = False
    return pieces


def levels(pieces: Sequence[_Piece]) -> list[int]:
    """Gives each piece, shortest first, the lowest underline on which it meets no other; -1 for claims."""
    starts: list[list[int]] = []
    ends: list[list[int]] = []
    given = []
    for piece in pieces:
        level = -1 if piece.mark.kind == "claim" else 0
        while 0 <= level < len(starts) and not all(_free(starts[level], ends[level], s, e) for s, e in piece.ranges):
            level += 1
        if level == len(starts):
            starts.append([])
            ends.append([])
        if level >= 0:
            for start, end in piece.ranges:
                at = bisect_right(starts[level], start)
                starts[level].insert(at, start)
                ends[level].insert(at, end)
        given.append(level)
    return given


def _free(starts: list[int], ends: list[int], start: int, end: int) -> bool:
    at = bisect_right(starts, start)
    return (at == 0 or ends[at - 1] <= start) and (at == len(starts) or starts[at] >= end)


def _cut(starts: list[int], end: int, pieces: list[_Piece]) -> list[Segment]:
    """Sweeps over a line: at each boundary some ranks (shortest first) come, some go."""
    if not pieces:
        return [Segment(s, e) for s, e in zip(starts, [*starts[1:], end], strict=True)]
    pieces = sorted(pieces, key=lambda piece: (piece.length, piece.ranges[0][0]))
    given = levels(pieces)
    comes: dict[int, list[int]] = {}
    goes: dict[int, list[int]] = {}
    for rank, piece in enumerate(pieces):
        for first, last in piece.ranges:
            comes.setdefault(first, []).append(rank)
            goes.setdefault(last, []).append(rank)
    cuts = sorted({*starts, *comes, *goes, end})
    active: list[int] = []
    cut = []
    for begin, stop in pairwise(cuts):
        for rank in goes.get(begin, ()):
            active.remove(rank)
        if begin in comes:
            active = sorted(active + comes[begin])
        if active:
            new = [pieces[rank] for rank in comes.get(begin, ()) if _begins(pieces[rank], begin)]
            cut.append(
                Segment(
                    begin, stop, tuple([pieces[rank].mark.id for rank in active]), _classes(active, pieces, given),
                    tuple([piece.mark.id for piece in new]), " / ".join([piece.mark.title for piece in new]),
                )
            )  # fmt: skip
        else:
            cut.append(Segment(begin, stop))
    return cut


def _begins(piece: _Piece, at: int) -> bool:
    return piece.first and piece.ranges[0][0] == at


def _classes(active: list[int], pieces: list[_Piece], given: list[int]) -> str:
    """Returns `u<level>-<colour>` per underline, `x<level>` for dotted ones, `t-<colour>`, `c<depth of claims>`."""
    said, depth, tint = ["s"], 0, ""
    for rank in active:
        mark, level = pieces[rank].mark, given[rank]
        if level < 0:
            depth += 1
            continue
        if level < UNDERLINES:
            said.append(f"u{level}-{mark.color}")
        if mark.kind != "entity" and level < UNDERLINES:
            said.append(f"x{level}")
        elif not tint and mark.kind == "entity":
            tint = f"t-{mark.color}"
    if tint:
        said.append(tint)
    if depth:
        said.append(f"c{min(depth, DEEPEST_CLAIM)}")
    return " ".join(said)


def escape(text: str) -> str:
    """Escapes what HTML would read as markup or change (a lone carriage return), in text and attributes."""
    said = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return said.replace("\r", "&#13;")


def render_unit(text: str, unit: Unit) -> str:
    """Returns the segments of a unit as HTML; text without spans stands bare."""
    said = []
    for start, end, ids, classes, starts, title in unit.segments:
        inner = escape(text[start:end])
        if not ids:
            said.append(inner)
            continue
        said.append(f'<span class="{escape(classes)}" data-i="{" ".join(ids)}"')
        if starts:
            said.append(f' data-start="{" ".join(starts)}" role="mark" aria-description="{escape(title)}"')
        said.append(f">{inner}</span>")
    return "".join(said)


def render_inner(text: str, paragraph: Paragraph) -> str:
    """Returns what stands inside the paragraph's `<p>`; a long one wraps each unit in `<span data-cp>`."""
    if len(paragraph.units) == 1:
        return render_unit(text, paragraph.units[0])
    return "".join(f'<span data-cp="{unit.start}">{render_unit(text, unit)}</span>' for unit in paragraph.units)


def render_paragraph(text: str, paragraph: Paragraph) -> str:
    """Returns a paragraph as HTML, everything escaped: `<p id="p7" data-cp="812">…</p>`."""
    names = [f"is-{paragraph.role}"] if paragraph.role else []
    if len(paragraph.units) >= MANY_UNITS:
        names.append("is-long")
    said = f' class="{escape(" ".join(names))}"' if names else ""
    return f'<p id="p{paragraph.index}" data-cp="{paragraph.start}"{said}>{render_inner(text, paragraph)}</p>'
