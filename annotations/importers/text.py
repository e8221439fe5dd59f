"""A plain text file: one article, its first line the headline."""

from collections.abc import Iterator, Mapping
from typing import IO

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.base import Importer, Item, Unreadable
from annotations.importers.encodings import ENCODING, decoded
from annotations.importers.found import too_long
from annotations.importers.limits import MOST_TEXT
from annotations.records import Draft, Section
from annotations.text.boilerplate import boilerplate
from annotations.text.freeze import freeze


def read(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
    """Yields the one draft of the file, or why it could not be read."""
    content = file.read(MOST_TEXT + 1)
    if len(content) > MOST_TEXT:
        yield 1, too_long(1)
        return
    try:
        text, encoding = decoded(content, asked=str(options.get("encoding") or ""))
        text = freeze(text)
    except NewsroomError as error:
        yield 1, Unreadable(place=1, code=error.code, message=error.message, data=error.data)
        return
    if not text.strip():
        yield 1, Unreadable(place=1, code="empty", message=gettext_noop("The file holds no text."))
        return
    if remark := encoding.remark():
        yield 1, remark
    yield 1, Draft(text=text, sections=headline_sections(text))


def headline_sections(text: str) -> tuple[Section, ...]:
    """Returns the first line with text as the headline, the rest as the body, and what of that is boilerplate."""
    start = len(text) - len(text.lstrip())
    line_end = text.find("\n", start)
    if line_end == -1:
        return (Section("headline", start, len(text.rstrip())),)
    end = start + len(text[start:line_end].rstrip())
    body = line_end + len(text[line_end:]) - len(text[line_end:].lstrip())
    body_end = len(text.rstrip())
    headline = Section("headline", start, end)
    if body >= body_end:
        return (headline,)
    hung_on = [Section("boilerplate", first, last) for first, last in boilerplate(text) if first >= body]
    return (headline, Section("body", body, body_end), *hung_on)


def recognise(name: str, head: bytes) -> int:
    """Any file may be a text; only the name says that it is meant as one."""
    return int(name.lower().endswith(IMPORTER.suffixes))


IMPORTER = Importer(
    key="text", title=gettext_noop("Plain text"), suffixes=(".txt",), read=read, recognise=recognise,
    options=(ENCODING,),
)  # fmt: skip
