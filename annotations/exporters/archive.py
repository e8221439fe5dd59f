"""How do many files leave as one? As a ZIP that is sent while it is made, the same bytes for the same files."""

import tempfile
import zipfile
from collections.abc import Iterable, Iterator

import msgspec

CHUNK = 64 * 1024
Member = tuple[str, Iterable[bytes]]
# The oldest that a ZIP can say: the time of the export would make each one different.
_TIME = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_MODE = 0o644 << 16
_IN_MEMORY = 1024 * 1024
# What is known of an entry only when its content is whole.
_TOLD = (
    "header_offset", "CRC", "compress_size", "file_size", "flag_bits", "create_version", "extract_version",
)  # fmt: skip


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


class _Entries:
    """What stands in the list at a ZIP's end, kept outside of memory: it took 0.6 kB for each file."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (see `close`)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, entry: zipfile.ZipInfo) -> None:
        """Takes an entry in when its content is whole."""
        self._count += 1
        told = (entry.filename, *(getattr(entry, name) for name in _TOLD))
        self._file.write(msgspec.json.encode(told) + b"\n")

    def __iter__(self) -> Iterator[zipfile.ZipInfo]:
        self._file.seek(0)
        for line in self._file:
            name, *told = msgspec.json.decode(line)
            entry = _entry(name)
            for field, value in zip(_TOLD, told, strict=True):
                setattr(entry, field, value)
            yield entry

    def close(self) -> None:
        """Gives the file back."""
        self._file.close()


class _Archive(zipfile.ZipFile):
    """A ZIP that does not remember its entries; names that occur twice are the caller's to avoid."""

    def __init__(self, pipe: _Pipe) -> None:
        super().__init__(pipe, "w", zipfile.ZIP_DEFLATED)  # type: ignore[arg-type]
        self.filelist = self.entries = _Entries()  # type: ignore[assignment]

    def close(self) -> None:
        """Writes the list of entries."""
        super().close()
        self.entries.close()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, _UNIX, _MODE
    return entry


def zipped(members: Iterable[Member], *, large: bool = False) -> Iterator[bytes]:
    """Yields a ZIP of (name, chunks of its content); the first file at once, then about CHUNK bytes at a time.

    `large` lets a file have more than 2 GiB.
    """
    pipe = _Pipe()
    begun = False
    with _Archive(pipe) as archive:
        for name, chunks in members:
            with archive.open(_entry(name), "w", force_zip64=large) as member:
                for chunk in chunks:
                    member.write(chunk)
                    if len(pipe.waiting) >= CHUNK:
                        yield pipe.take()
            archive.NameToInfo.clear()
            if not begun:
                begun = True
                yield pipe.take()
    yield pipe.take()


def readme(title: str, *lines: str, name: str = "README.txt") -> Member:
    """Returns the file that says what the others are."""
    return name, ["\n".join((f"Newsroom corpus: {title}", "", *lines, "")).encode()]
