"""A plain text file: one article, its first line the headline."""

from collections.abc import Iterator, Mapping
from typing import IO

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.base import Importer, Item, Unreadable
from annotations.records import Draft, Section
from annotations.text.freeze import decode_utf8, freeze

MAX_BYTES = 8 * 1024 * 1024


def read(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
    """Yields the one draft of the file, or why it could not be read."""
    yield 1, _draft(file.read(MAX_BYTES + 1))


def _draft(content: bytes) -> Draft | Unreadable:
    if len(content) > MAX_BYTES:
        return Unreadable(
            place=1,
            code="too_large",
            message=gettext_noop("An article may have {most} bytes at most."),
            data={"most": MAX_BYTES},
        )
    try:
        text = freeze(decode_utf8(content))
    except NewsroomError as error:
        return Unreadable(place=1, code=error.code, message=error.message, data=error.data)
    if not text.strip():
        return Unreadable(place=1, code="empty", message=gettext_noop("The file holds no text."))
    return Draft(text=text, sections=headline_sections(text))


def headline_sections(text: str) -> tuple[Section, ...]:
    """Returns the first line with text as the headline, and the rest as the body where there is one."""
    start = len(text) - len(text.lstrip())
    line_end = text.find("\n", start)
    if line_end == -1:
        return (Section("headline", start, len(text.rstrip())),)
    end = start + len(text[start:line_end].rstrip())
    body = line_end + len(text[line_end:]) - len(text[line_end:].lstrip())
    body_end = len(text.rstrip())
    headline = Section("headline", start, end)
    return (headline, Section("body", body, body_end)) if body < body_end else (headline,)


def recognise(name: str, head: bytes) -> int:
    """Any file may be a text; only the name says that it is meant as one."""
    return int(name.lower().endswith(IMPORTER.suffixes))


IMPORTER = Importer(key="text", title="Plain text", suffixes=(".txt",), read=read, recognise=recognise)
