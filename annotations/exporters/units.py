"""In which unit does a format's consumer count? Offsets of one text in code points or in UTF-16 units."""

from collections.abc import Callable

from annotations.records import Range
from annotations.registry import UTF16
from annotations.text.utf16 import Utf16Index


def converter(text: str, unit: str) -> Callable[[int, int], Range]:
    """Returns what makes a range of code points one of the unit."""
    if unit == UTF16:
        return Utf16Index(text).range_to_utf16
    return lambda start, end: (start, end)
