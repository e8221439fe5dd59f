"""In which unit does a format's consumer count? Offsets of one text in code points or in UTF-16 units."""

from collections.abc import Callable

from annotations.errors import gettext_noop
from annotations.records import Range
from annotations.registry import Option
from annotations.text.utf16 import Utf16Index

CODE_POINT, UTF16 = "code_point", "utf16"
_CHOICES = ((CODE_POINT, gettext_noop("Unicode code points")), (UTF16, gettext_noop("UTF-16 units")))
_HINT = gettext_noop("They differ behind an emoji. Programs in a browser and in Java count UTF-16 units.")


def offsets_option(default: str) -> Option:
    """Returns the option by which offsets are asked for."""
    return Option(
        key="offsets", title=gettext_noop("Offsets count"), default=default, choices=_CHOICES, hint=_HINT
    )  # fmt: skip


def converter(text: str, unit: str) -> Callable[[int, int], Range]:
    """Returns what makes a range of code points one of the unit."""
    if unit == UTF16:
        return Utf16Index(text).range_to_utf16
    return lambda start, end: (start, end)
