"""Which place of a text does a selector of the W3C's Web Annotation Data Model mean?

Positions and quotes are understood, quotes with what stands before and after them, ranges between two selectors,
fragments of plain text (RFC 5147), and any of these refined by another.
"""

import re
from typing import Any

from annotations.importers.frame import Frame
from annotations.records import Range
from annotations.registry import CODE_POINT
from annotations.text.anchor import Anchored, Anchorer

_CHAR = re.compile(r"(?:^|[#&])char=(\d{1,12}),(\d{1,12})")
_DEEPEST = 8


class Selecting:
    """One text in which selectors select."""

    def __init__(self, frame: Frame, *, unit: str = CODE_POINT) -> None:
        self.frame, self.unit, self.anchorer = frame, unit, Anchorer(frame.text)
        self.alike: Anchored | None = None

    def ranges(self, selectors: list[dict[str, Any]]) -> tuple[Range, ...] | None:
        """Returns what several selectors of one place agree on: a position where its quote stands, else the quote.

        `alike` then holds how the quote was found, where it was not found as it stands or at several places.
        """
        self.alike = None
        quote = next((one for one in selectors if isinstance(one.get("exact"), str)), None)
        places = (self._place(one, 0) for one in selectors if one is not quote)
        positions = [place for place in places if place]
        for place in positions:
            if quote is None or self._shows(place, quote["exact"]):
                return place
        if quote is None:
            return None
        near = positions[0][0][0] if positions else None
        return self._place(quote, 0, near=near)

    def _shows(self, ranges: tuple[Range, ...], exact: str) -> bool:
        found = "".join(self.frame.text[start:end] for start, end in ranges)
        return "".join(found.split()) == "".join(exact.split())

    def _place(self, selector: dict[str, Any], depth: int, near: int | None = None) -> tuple[Range, ...] | None:
        if depth > _DEEPEST:
            return None
        refined = selector.get("refinedBy")
        kind = selector.get("type")
        found: tuple[Range, ...] | None = None
        if kind == "TextPositionSelector":
            found = self.frame.ranges([(selector.get("start"), selector.get("end"))], unit=self.unit)
        elif isinstance(selector.get("exact"), str):
            found = self._quote(selector, near)
        elif kind == "FragmentSelector" and (match := _CHAR.search(str(selector.get("value")))):
            found = self.frame.ranges([(int(match[1]), int(match[2]))], unit=self.unit)
        elif kind == "RangeSelector":
            found = self._between(selector, depth)
        elif isinstance(refined, dict):  # what can't be followed is refined by what may be
            return self._place(refined, depth + 1)
        if found and isinstance(refined, dict):
            return self._within(found, refined, depth)
        return found

    def _within(self, outer: tuple[Range, ...], refined: dict[str, Any], depth: int) -> tuple[Range, ...] | None:
        """Offsets of a refinement count from the beginning of what is refined."""
        low, high = outer[0][0], outer[-1][1]
        inner = Selecting(Frame(self.frame.text[low:high]), unit=self.unit)
        found = inner._place(refined, depth + 1)
        return tuple((start + low, end + low) for start, end in found) if found else None

    def _between(self, selector: dict[str, Any], depth: int) -> tuple[Range, ...] | None:
        """A range begins with what the first selects and ends before what the last one does."""
        ends = [selector.get(name) for name in ("startSelector", "endSelector")]
        first, last = (self._place(end, depth + 1) if isinstance(end, dict) else None for end in ends)
        return ((first[0][0], last[0][0]),) if first and last and first[0][0] < last[0][0] else None

    def _quote(self, selector: dict[str, Any], near: int | None) -> tuple[Range, ...] | None:
        exact, prefix, suffix = (_text(selector.get(name)) for name in ("exact", "prefix", "suffix"))
        whole = prefix + exact + suffix
        at = self.frame.text.find(whole)
        is_sure = prefix or suffix or self.frame.text.find(whole, at + 1) < 0
        if exact and at >= 0 and near is None and is_sure:
            return ((at + len(prefix), at + len(prefix) + len(exact)),)
        if near is None and prefix and (before := self.anchorer.anchor(prefix)):
            near = before.ranges[-1][1]
        elif near is None and suffix and (after := self.anchorer.anchor(suffix)):
            near = after.ranges[0][0] - len(exact)
        found = self.anchorer.anchor(exact, near=near)
        if found is None:
            return None
        self.alike = found if found.method == "fuzzy" or (found.rivals and near is None) else None
        return found.ranges


def _text(given: Any) -> str:
    return given if isinstance(given, str) else ""
