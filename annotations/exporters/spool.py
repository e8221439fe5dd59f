"""Where do rows wait that have to be written later than they come? In a file for each name, outside of memory."""

import tempfile
from collections.abc import Iterable, Iterator
from itertools import batched
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

_READ = 1024 * 1024


def content_of(path: Path) -> Iterator[bytes]:
    """Yields a file's content, a piece at a time."""
    with path.open("rb") as file:
        while piece := file.read(_READ):
            yield piece


class Spool:
    """Rows by name, in the order they came; used as a context, for its folder ends with it."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="newsroom-export-")
        self._paths: dict[str, Path] = {}
        self._encoder = msgspec.json.Encoder()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    @property
    def names(self) -> list[str]:
        """The names that have rows, in order."""
        return sorted(self._paths)

    def path(self, name: str) -> Path:
        """Returns the path of a file that the caller may write, and that ends with the folder."""
        return Path(self._folder.name) / name

    def rows(self, name: str) -> Path:
        """Returns the file of a name's rows, a JSON value a line."""
        return self._paths[name]

    def put(self, name: str, rows: Iterable[Any]) -> None:
        """Adds rows; a file is open only so long, for there may be more names than files that may be open."""
        path = self._paths.setdefault(name, self.path(f"rows-{len(self._paths)}"))
        with path.open("ab") as file:
            file.writelines(self._encoder.encode(row) + b"\n" for row in rows)

    def batches(self, name: str, size: int) -> Iterator[list[Any]]:
        """Yields the rows of a name as plain values, `size` at a time."""
        if name in self._paths:
            with self._paths[name].open("rb") as file:
                yield from ([msgspec.json.decode(line) for line in lines] for lines in batched(file, size))
