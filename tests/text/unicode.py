"""How does Unicode write its break tests? `÷ 0020 × 0308 ÷ 0020 ÷ # comment`: bounds and characters in turn."""

from collections.abc import Iterator
from pathlib import Path


def read_breaks(path: Path) -> Iterator[tuple[str, set[int]]]:
    """Yields each example's text with the offsets of its bounds. Surrogates stand in no text and are left out."""
    for line in path.read_text("utf-8").splitlines():
        marks = line.split("#")[0].split()
        points = [int(mark, 16) for mark in marks[1::2]]
        if points and not any(0xD800 <= point < 0xE000 for point in points):
            text = "".join(map(chr, points))
            yield text, {at for at, mark in enumerate(marks[::2]) if mark == "÷"}
