"""What does an importer declare about itself, and how does it say what it could not read?"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from annotations.records import Draft
from annotations.registry import Option


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A record that could not be read: where it stands, and why, in a message with data to fill in."""

    place: int
    code: str
    message: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What was noticed about a record that is stored all the same: mended, guessed, or not representable here."""

    place: int
    code: str
    message: str
    data: dict[str, Any] = field(default_factory=dict)


# So much of a file is looked at to tell its format; of JSON so much, for one annotated article with its letters written
# as \u0631 takes more than the other: what stands behind its text says whose record it is.
HEAD = 64 * 1024
JSON_HEAD = 1024 * 1024
Item = tuple[int, Draft | Unreadable | Remark]


def head_of(file: IO[bytes]) -> bytes:
    """Returns a file's first bytes, as many as its format is told by; the file is at its beginning afterwards."""
    head = file.read(HEAD)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        head += file.read(JSON_HEAD - HEAD)
    file.seek(0)
    return head


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """A format that drafts are read from.

    `read` takes a binary file that can seek, and the values of `options` by key, and yields (place, draft, Unreadable
    or Remark), one record in memory at a time; the place is a line number, or the number of the record in the file, and
    never decreases. `recognise` says from a file's name and its first bytes (`head_of`) how surely it is of this
    format: 0 no, 1 by its name alone, 2 by what stands in it, 3 by a mark that only this format has.
    """

    key: str
    title: str
    suffixes: tuple[str, ...]
    read: Callable[[IO[bytes], Mapping[str, str | bool]], Iterator[Item]]
    recognise: Callable[[str, bytes], int]
    options: tuple[Option, ...] = ()
    annotated: bool = False
