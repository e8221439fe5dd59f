"""Which place of the stored text do another system's offsets mean? Its text, frozen, and the way to it.

Freezing drops CR before LF, NUL and a leading byte order mark, so what stands behind them moves. Offsets come in code
points or, from systems that run in a browser or on Java, in UTF-16 code units.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from annotations.records import Range
from annotations.registry import CODE_POINT, UTF16, offsets_option
from annotations.text.freeze import freeze
from annotations.text.utf16 import SplitCharacter, Utf16Index

_DROPPED = re.compile("\\A[\ufeff\x00]+|\x00|\r(?=[\r\x00]*\n)")
OFFSETS = offsets_option(CODE_POINT)


class Frame:
    """A text as it came and as it is stored. Raises LoneSurrogate for what can't be stored."""

    def __init__(self, raw: str) -> None:
        self.raw, self.text = raw, freeze(raw)
        self._dropped = [at for found in _DROPPED.finditer(raw) for at in range(*found.span())]
        self._units = Utf16Index(raw)

    def ranges(self, pieces: Sequence[tuple[Any, Any]], *, unit: str = CODE_POINT) -> tuple[Range, ...] | None:
        """Returns pieces of the text that came as ranges of the stored one, in order; None where one is none of it.

        Pieces that touch or overlap become one, and so do those with nothing between them but what was dropped.
        """
        read = [piece for given in pieces if (piece := self._piece(*given, unit=unit))]
        if not read or len(read) < len(pieces):
            return None
        found: list[Range] = []
        for start, end in sorted(read):
            if found and start <= found[-1][1]:
                found[-1] = found[-1][0], max(end, found[-1][1])
            else:
                found.append((start, end))
        return tuple(found)

    def _piece(self, start: Any, end: Any, *, unit: str) -> Range | None:
        if not (type(start) is int and type(end) is int and 0 <= start < end):
            return None
        if unit == UTF16:
            try:
                start, end = self._units.from_utf16(start), self._units.from_utf16(end)
            except (SplitCharacter, IndexError):
                return None
        if end > len(self.raw):
            return None
        start, end = start - bisect_left(self._dropped, start), end - bisect_left(self._dropped, end)
        return (start, end) if start < end else None

    def is_empty(self, start: Any, end: Any) -> bool:
        """Whether a range is one of no length inside the text."""
        return type(start) is int and start == end and 0 <= start <= 2 * len(self.raw)
