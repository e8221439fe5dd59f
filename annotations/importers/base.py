"""What does an importer declare about itself, and how does it say what it could not read?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from annotations.records import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A record that could not be read: where it stands, and why, in a message with data to fill in."""

    place: int
    code: str
    message: str
    data: dict[str, Any] = field(default_factory=dict)


Item = tuple[int, Draft | Unreadable]


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """A format that drafts are read from.

    `read` takes a binary file and yields (place, draft or Unreadable), one record in memory at a time;
    the place is a line number, or 1 for a file that is one record.
    """

    key: str
    title: str
    suffixes: tuple[str, ...]
    read: Callable[[IO[bytes]], Iterator[Item]]
