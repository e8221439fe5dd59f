"""Which rows of a stance corpus are about one article? All of them, brought together though they lie far apart.

Rows lie in a file; in memory is only where each one lies, so that a corpus of any length can be read.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

import msgspec

from annotations.importers.base import Unreadable
from annotations.importers.found import clean
from annotations.importers.stance_rows import named


@dataclass(slots=True)
class Case:
    """One article: its text or headline, and the rows that judge it."""

    id: str | None = None
    text: str = ""
    headline: str = ""
    judgements: list[dict[str, Any]] = field(default_factory=list)
    rest: dict[str, Any] = field(default_factory=dict)
    differs: int = 0


class Shelf:
    """Rows by their article, in the order in which articles first occur; they lie in a temporary file."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.places: dict[str, list[tuple[int, int]]] = {}

    def fill(self, rows: Iterable[dict[str, Any] | Unreadable]) -> Iterator[Unreadable]:
        """Takes all rows in and yields those that can't be read."""
        for row in rows:
            if isinstance(row, Unreadable):
                yield row
                continue
            known = clean(named(row))
            packed = msgspec.json.encode(known)
            self.places.setdefault(_key(known), []).append((self.file.tell(), len(packed)))
            self.file.write(packed)

    def cases(self) -> Iterator[Case]:
        """Yields the articles with all that is said of them."""
        for key, places in self.places.items():
            case = Case(id=key.removeprefix("id ") if key.startswith("id ") else None)
            for at, length in places:
                self.file.seek(at)
                _add(case, msgspec.json.decode(self.file.read(length)))
            if case.id and not case.text:  # its text may come by itself, another time
                case.id += " headline"
            yield case


def _key(row: dict[str, Any]) -> str:
    """Returns what rows of one article have in common: its id, else its text, else its headline."""
    if "article" in row:
        return f"id {str(row['article'])[:80]}"
    text = str(row.get("text") or row.get("headline") or "")
    return f"text {hashlib.sha256(text.encode()).hexdigest()}"


def _add(case: Case, row: dict[str, Any]) -> None:
    """Adds a row to its article; the first text and headline hold."""
    text, headline = _string(row.pop("text", "")), _string(row.pop("headline", ""))
    row.pop("article", None)
    if "claim" not in row and "stance" in row and headline:  # FNC-1: the headline is what the body is judged by
        row["claim"], headline = headline, ""
    case.differs += bool(text and case.text and text != case.text)
    case.text = case.text or text
    if "stance" in row or "claim" in row:
        row["of"] = "headline" if headline and not text else "text"
        case.judgements.append(row)
    else:
        case.rest |= row
    case.headline = case.headline or headline


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""
