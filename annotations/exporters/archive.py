"""How do many files leave as one? As a ZIP that is sent while it is made, the same bytes for the same files."""

import zipfile
from collections.abc import Iterable, Iterator

CHUNK = 64 * 1024
Member = tuple[str, Iterable[bytes]]
# The oldest that a ZIP can say: the time of the export would make each one different.
_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_MODE = 0o644 << 16


class _Pipe:
    """A file that only grows, and whose bytes are taken away as they come."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def write(self, piece: bytes) -> int:
        """Takes bytes in."""
        self.waiting += piece
        return len(piece)

    def flush(self) -> None:
        """Has nothing to do."""

    def take(self) -> bytes:
        """Returns what came since the last time."""
        taken = bytes(self.waiting)
        self.waiting.clear()
        return taken


def zipped(members: Iterable[Member], *, large: bool = False) -> Iterator[bytes]:
    """Yields a ZIP of (name, chunks of its content); the first file at once, then about CHUNK bytes at a time.

    `large` lets a file have more than 2 GiB. Memory holds half a kilobyte for each file, for the list at the end.
    """
    pipe = _Pipe()
    begun = False
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name, chunks in members:
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, _UNIX, _MODE
            with archive.open(entry, "w", force_zip64=large) as member:
                for chunk in chunks:
                    member.write(chunk)
                    if len(pipe.waiting) >= CHUNK:
                        yield pipe.take()
            if not begun:
                begun = True
                yield pipe.take()
    yield pipe.take()


def readme(title: str, *lines: str) -> Member:
    """Returns the file that says what the others are."""
    return "README.txt", ["\n".join((f"Newsroom corpus: {title}", "", *lines, "")).encode()]
