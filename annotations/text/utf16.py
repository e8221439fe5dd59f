"""Where does a code point stand for a browser or Java, which count UTF-16 units, and back?"""

import re
from array import array
from bisect import bisect_left

from annotations.errors import NewsroomError
from annotations.text.offsets import OutOfRange, check_range

_ASTRAL = re.compile(r"[\U00010000-\U0010ffff]")


class SplitCharacter(NewsroomError, ValueError):
    """Raised for an offset between the two UTF-16 units of one character."""

    def __init__(self, *, offset: int) -> None:
        super().__init__(
            code="split_character",
            message="The UTF-16 offset {offset} cuts a character in two.",
            data={"offset": offset},
        )


class Utf16Index:
    """Converts offsets of one text between code points and UTF-16 units; each conversion is a binary search."""

    __slots__ = ("_points", "_units", "length", "length_utf16")

    def __init__(self, text: str) -> None:
        points = [] if text.isascii() else [match.start() for match in _ASTRAL.finditer(text)]
        self._points = array("L", points)
        self._units = array("L", (point + before for before, point in enumerate(points)))
        self.length = len(text)
        self.length_utf16 = len(text) + len(points)

    def to_utf16(self, offset: int) -> int:
        """Returns the UTF-16 offset of a code point offset. Raises OutOfRange."""
        check_range(offset, offset, length=self.length)
        return offset + bisect_left(self._points, offset)

    def from_utf16(self, offset_utf16: int) -> int:
        """Returns the code point offset of a UTF-16 offset. Raises OutOfRange, and SplitCharacter inside a pair."""
        check_range(offset_utf16, offset_utf16, length=self.length_utf16)
        before = bisect_left(self._units, offset_utf16)
        if before and self._units[before - 1] == offset_utf16 - 1:
            raise SplitCharacter(offset=offset_utf16)
        return offset_utf16 - before

    def range_to_utf16(self, start: int, end: int) -> tuple[int, int]:
        """Returns the UTF-16 range of a range of code points. Raises OutOfRange."""
        check_range(start, end, length=self.length)
        return self.to_utf16(start), self.to_utf16(end)

    def range_from_utf16(self, start_utf16: int, end_utf16: int) -> tuple[int, int]:
        """Returns the range of code points of a UTF-16 range. Raises OutOfRange and SplitCharacter."""
        if start_utf16 > end_utf16:
            raise OutOfRange(start=start_utf16, end=end_utf16, length=self.length_utf16)
        return self.from_utf16(start_utf16), self.from_utf16(end_utf16)
