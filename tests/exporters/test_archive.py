"""Is the ZIP that is sent while it is made the one that Python makes, however many files it has?"""

import io
import zipfile

import pytest

from annotations.exporters.archive import zipped
from tests.exporters.corpus import unpacked


class Unseekable(io.RawIOBase):
    """A file as a socket is: what was written can't be gone back to."""

    def __init__(self) -> None:
        self.content = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:
        self.content += piece
        return len(piece)


def by_python(members: list[tuple[str, bytes]], *, large: bool) -> bytes:
    """Returns the ZIP that the standard library makes of the same files."""
    file = Unseekable()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            with archive.open(entry, "w", force_zip64=large) as member:
                member.write(content)
    return bytes(file.content)


@pytest.mark.parametrize("large", [False, True])
def test_it_is_pythons_own_to_the_byte(large: bool) -> None:
    members = [("README.txt", b"one"), ("gold/متن.txt", "سلام".encode()), ("empty", b""), ("big", b"ab" * 200_000)]
    made = b"".join(zipped([(name, [content]) for name, content in members], large=large))
    assert made == by_python(members, large=large)
    assert unpacked(made) == dict(members)


def test_more_files_than_two_bytes_can_count() -> None:
    made = b"".join(zipped((f"{number}", [b"x"]) for number in range(66_000)))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert len(archive.namelist()) == 66_000
        assert archive.read("65999") == b"x"
