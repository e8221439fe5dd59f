"""Which records of a file belong together, though they lie far apart? Laid on a shelf by key, taken off by group.

The records lie in a temporary file; in memory is only where each one begins, eight bytes a record.
"""

from array import array
from collections.abc import Iterator
from typing import IO, Any

import msgspec


class Shelf:
    """Records by their key; `file` can be written, read and sought in."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.places: dict[str, array[int]] = {}

    def put(self, key: str, record: dict[str, Any]) -> None:
        """Lays down a record of JSON values."""
        self.places.setdefault(key, array("Q")).append(self.file.seek(0, 2))
        self.file.write(msgspec.json.encode(record) + b"\n")

    def take(self, key: str) -> Iterator[dict[str, Any]]:
        """Yields the records of a key in the order in which they came."""
        for at in self.places.get(key, ()):
            self.file.seek(at)
            yield msgspec.json.decode(self.file.readline())
