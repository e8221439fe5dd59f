"""Where may a text be cut without breaking what a reader sees as one character? Between grapheme clusters."""

import regex

from annotations.text.ink import inkless

# Before these stands a bound, whatever comes earlier: no need to look for the cluster's beginning.
_PLAIN = r"\n\x20-\x7e\u00a0\u00ab\u00bb\u060c\u061b\u061f\u0621-\u064a\u0660-\u066c\u0671-\u06d3\u06f0-\u06f9\u2026"
_SAFE = regex.compile(rf"(?<![\p{{GCB=Prepend}}\r])[{_PLAIN}]")
_LAST_SAFE = regex.compile(rf"(?r)(?<![\p{{GCB=Prepend}}\r])[{_PLAIN}]")
# Flags are paired here: \X alone counts back to the first of a run each time.
_CLUSTER = regex.compile(r"\p{RI}\p{RI}[\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}]*+|\X")


def cluster_around(text: str, position: int) -> tuple[int, int]:
    """Returns the grapheme cluster that a position would cut, or an empty range where it cuts none.

    A ZWNJ that Unicode counts to the letter before it is left out here: cutting it off shows nowhere.
    """
    if not 0 < position < len(text) or _SAFE.match(text, position):
        return position, position
    safe = _LAST_SAFE.search(text, 0, position)
    for cluster in _CLUSTER.finditer(text, safe.start() if safe else 0):
        start, end = cluster.span()
        if end >= position:
            while end > position and inkless(text[end - 1]):
                end -= 1
            return (start, end) if end > position else (position, position)
    return position, position


def is_bound(text: str, position: int) -> bool:
    """Tells whether a position stands between two clusters, or at an end of the text."""
    start, end = cluster_around(text, position)
    return start == end
