"""Any JSON of articles: one object a line, an array of them, or one after the other, with a mapping of their fields."""

import codecs
import io
from collections.abc import Iterator, Mapping
from typing import IO, Any

from annotations.errors import gettext_noop
from annotations.importers.base import Importer, Item, Remark, Unreadable, head_of
from annotations.importers.encodings import ENCODING, EncodingUnclear, encoding_of
from annotations.importers.fields import OPTIONS, found_in, guesses, mapping, missing
from annotations.importers.found import Found, items_of
from annotations.importers.objects import MARK, decoded, is_lines, raw_records, unread

_SHAPES = 20
# So many broken records one after the other, and the rest will not be better.
_MOST_BROKEN = 1000


def read(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
    """Yields the article of each record; the place is the line where each line is one, else the record's number."""
    head = head_of(file)
    is_whole = file.seek(0, io.SEEK_END) == len(head)
    if problem := _no_json(head):
        yield 1, problem
        return
    try:
        encoding = encoding_of(head, asked=str(options.get("encoding") or ""), whole=is_whole)
    except EncodingUnclear as error:
        yield 1, Unreadable(place=1, code=error.code, message=error.message, data=error.data)
        return
    if remark := encoding.remark():
        yield 1, remark
    file.seek(len(MARK) if encoding.codec == "utf-8-sig" else 0)
    if not encoding.codec.startswith("utf-8"):
        file = codecs.EncodedFile(file, "utf-8", encoding.codec)
        head = head.decode(encoding.codec, errors="ignore").encode()
    yield from _records(file, head.removeprefix(MARK).lstrip(), options)


def _no_json(head: bytes) -> Unreadable | None:
    """Says what a file is whose first bytes can't be JSON."""
    start = head.removeprefix(MARK).lstrip()
    if not start.strip(b"\x00"):
        return Unreadable(place=1, code="empty", message=gettext_noop("The file holds no text."))
    if start.startswith(b"<"):
        is_page = b"<html" in start[:4096].lower() or start[:9].lower() == b"<!doctype"
        message = gettext_noop("The file is an HTML page and no JSON: perhaps a server's error in place of the data.")
        if not is_page:
            message = gettext_noop("The file begins as XML and is no JSON.")
        return Unreadable(place=1, code="is_html" if is_page else "is_xml", message=message)
    return None


def _records(file: IO[bytes], start: bytes, options: Mapping[str, str | bool]) -> Iterator[Item]:
    reader, place, by_line = _Reader(options), 0, is_lines(start)
    for place, value in raw_records(file, by_line=by_line):
        if isinstance(value, Unreadable):
            yield place, value
            return
        if place == 2 and start.startswith(b"{") and not by_line:
            yield 2, _spread()
        yield from reader.items(value, place)
        if reader.broken >= _MOST_BROKEN:
            message = gettext_noop("{most} records in a row are broken; the rest of the file was not read.")
            yield place, unread(place, "too_many_broken", message, most=_MOST_BROKEN)
            return
    if not reader.seen:
        yield place or 1, unread(place or 1, "no_records", gettext_noop("The file holds no records."))


def _spread() -> Remark:
    message = gettext_noop(
        "The records are spread over many lines, which JSON Lines may not be; they were read one by one."
    )
    return Remark(place=2, code="json_spread", message=message)


class _Reader:
    """Reads records one by one; a mapping of fields is worked out once for each shape of record."""

    def __init__(self, options: Mapping[str, str | bool]) -> None:
        self.options = options
        self.shapes: dict[tuple[str, ...], dict[str, str]] = {}
        self.seen = self.broken = 0

    def items(self, value: bytes, place: int) -> Iterator[Item]:
        """Yields what one record holds: an article, a list of them, or a text that stands alone."""
        self.seen += 1
        record = decoded(value, place)
        if isinstance(record, Unreadable):
            self.broken += 1
            yield place, record
        else:
            self.broken = 0
            yield from self._of(record, place)

    def _of(self, record: Any, place: int) -> Iterator[Item]:
        if isinstance(record, str):
            yield from items_of(Found(paragraphs=[record]), place)
        elif not isinstance(record, dict):
            message = gettext_noop("The record is neither an object nor a text.")
            yield place, unread(place, "not_a_record", message)
        elif inner := self._inner(record):
            for item in inner:
                yield from self._of(item, place)
        else:
            yield from self._article(record, place)

    def _inner(self, record: dict[str, Any]) -> list[Any] | None:
        """Returns the list of objects that an object is only the wrapping of, as in `{"articles": […]}`."""
        lists = [value for value in record.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
        return lists[0] if len(lists) == 1 and missing(list(record), self.options, 0) else None

    def _article(self, record: dict[str, Any], place: int) -> Iterator[Item]:
        shape = tuple(record)
        fields = self.shapes.get(shape)
        if fields is None:
            if problem := missing(shape, self.options, place):
                yield place, problem
                return
            fields = mapping(shape, self.options)
            if len(self.shapes) < _SHAPES:
                if fields not in self.shapes.values():
                    yield place, guesses(fields, place)
                self.shapes[shape] = fields
        yield from items_of(found_in(record, fields), place)


def recognise(name: str, head: bytes) -> int:
    """Any JSON may be of articles; formats with annotations know theirs better."""
    return int(name.lower().endswith(IMPORTER.suffixes))


IMPORTER = Importer(
    key="json", title=gettext_noop("JSON with a mapping of fields"), suffixes=(".json", ".jsonl", ".ndjson"),
    read=read, recognise=recognise, options=(*OPTIONS, ENCODING),
)  # fmt: skip
