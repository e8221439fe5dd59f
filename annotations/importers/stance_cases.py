"""Which rows of a stance corpus are about one article? All of them, brought together though they lie far apart."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from annotations.importers.base import Unreadable
from annotations.importers.found import clean
from annotations.importers.shelf import Shelf
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


def fill(shelf: Shelf, rows: Iterable[dict[str, Any] | Unreadable]) -> Iterator[Unreadable]:
    """Lays all rows down and yields those that can't be read."""
    for row in rows:
        if isinstance(row, Unreadable):
            yield row
        else:
            known = clean(named(row))
            shelf.put(_key(known), known)


def cases(shelf: Shelf) -> Iterator[Case]:
    """Yields the articles with all that is said of them, in the order in which they first occur."""
    for key in shelf.places:
        case = Case(id=key.removeprefix("id ") if key.startswith("id ") else None)
        for row in shelf.take(key):
            _add(case, row)
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
