"""CSV, TSV and other tables in text: an article a row, the columns mapped by the names in the first one."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import IO

from annotations.errors import gettext_noop
from annotations.importers.base import Importer, Item, Remark, Unreadable
from annotations.importers.encodings import ENCODING, ESCAPED, EncodingUnclear, text_of
from annotations.importers.fields import OPTIONS, found_in, guesses, mapping, missing
from annotations.importers.found import items_of
from annotations.importers.limits import MOST_TEXT
from annotations.registry import Option

_DELIMITERS = (",", "\t", ";", "|")
_NO_DELIMITER = "\x1f"  # of a table with one column, whose commas are its text's
_SAMPLE_ROWS = 50
# Above the names of the columns may stand what the table is called, of which week it is, and by whom.
_MOST_ABOVE = 20
_AS_WIDE = 0.8
_SAMPLE = 256 * 1024
MOST_COLUMNS = 1000
_LONGEST_NAME = 1000

DELIMITER = Option(
    key="delimiter",
    title=gettext_noop("Columns are divided by"),
    choices=(
        ("", gettext_noop("recognised")), (",", gettext_noop("comma")), ("\t", gettext_noop("tab")),
        (";", gettext_noop("semicolon")), ("|", gettext_noop("vertical line")),
    ),
)  # fmt: skip


def read(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
    """Yields the article of each row; the place is the number of the line in which its row ends."""
    try:
        stream, encoding = text_of(file, asked=str(options.get("encoding") or ""))
    except EncodingUnclear as error:
        yield 1, Unreadable(place=1, code=error.code, message=error.message, data=error.data)
        return
    try:
        if remark := encoding.remark():
            yield 1, remark
        sample = _sample(stream)
        stream.seek(0)
        csv.field_size_limit(MOST_TEXT)
        rows = _rows(stream, str(options.get("delimiter") or "") or delimiter_of(sample))
        yield from table_items(rows, options)
    finally:
        stream.detach()


def _sample(stream: io.TextIOWrapper) -> str:
    try:
        return stream.read(_SAMPLE)
    except UnicodeDecodeError:  # UTF-16 that is cut in the middle of a character: reading its lines will say so
        return ""


def delimiter_of(sample: str) -> str:
    """Returns the delimiter that gives the first row several columns and the others as many.

    Where the first row has one and is no column's name but a title, the one that gives nearly all rows as many.
    """
    found = {delimiter: _widths(sample, delimiter) for delimiter in _DELIMITERS}
    scores = {
        delimiter: (widths.count(widths[0]) / len(widths), widths[0])
        for delimiter, widths in found.items()
        if widths and 1 < widths[0] <= MOST_COLUMNS
    }
    if not scores and missing([sample.split("\n", 1)[0].strip('"\r ')], {}, 0):
        for delimiter, widths in found.items():
            usual = max(widths, key=widths.count, default=1)
            if 1 < usual <= MOST_COLUMNS and widths.count(usual) >= _AS_WIDE * len(widths):
                scores[delimiter] = widths.count(usual) / len(widths), usual
    return max(scores, key=lambda delimiter: scores[delimiter], default=_NO_DELIMITER)


def _widths(sample: str, delimiter: str) -> list[int]:
    widths: list[int] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if row and len(widths) < _SAMPLE_ROWS:
                widths.append(len(row))
    except csv.Error:
        pass
    return widths if len(widths) < 2 or len(sample) < _SAMPLE else widths[:-1]  # the last row may be cut


Row = tuple[int, list[str] | Unreadable]


def _rows(stream: io.TextIOWrapper, delimiter: str) -> Iterator[Row]:
    """Yields rows with the number of their last line, or why one can't be read; the next line goes on."""
    lines = _Lines(stream)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            message = gettext_noop(
                "The row holds a cell of more than {most} characters; is a quotation mark left open?"
            )
            yield lines.place, Unreadable(
                place=lines.place, code="cell_too_long", message=message, data={"most": MOST_TEXT}
            )  # fmt: skip
            continue
        except UnicodeDecodeError as error:
            message = gettext_noop("From here on the file is not {encoding} and was not read.")
            data = {"encoding": error.encoding}
            yield lines.place + 1, Unreadable(place=lines.place + 1, code="not_decodable", message=message, data=data)
            return
        if lines.cut:
            lines.cut = False
            message = gettext_noop("The line is longer than {most} bytes.")
            yield lines.place, Unreadable(
                place=lines.place, code="line_too_long", message=message, data={"most": MOST_TEXT}
            )  # fmt: skip
        else:
            yield lines.place, row


class _Lines:
    """The lines of a text, none longer than an article may be: of a longer one the rest is passed over."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self.stream, self.place, self.cut = stream, 0, False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.stream.readline(MOST_TEXT)
        if not line:
            raise StopIteration
        self.place += 1
        if len(line) == MOST_TEXT and not line.endswith(("\n", "\r")):
            self.cut = True
            while (rest := self.stream.readline(MOST_TEXT)) and not rest.endswith(("\n", "\r")):
                pass
            return ""
        return line


def table_items(
    rows: Iterator[tuple[int, Sequence[object] | Unreadable]], options: Mapping[str, str | bool]
) -> Iterator[Item]:
    """Yields the articles of rows, of which the first one that has a name for the text names the columns."""
    header: list[str] = []
    fields: dict[str, str] = {}
    above: list[tuple[int, list[str], Unreadable]] = []
    place = 0
    for place, row in rows:
        if isinstance(row, Unreadable):
            yield place, row
        elif not any(cell not in ("", None) for cell in row):
            continue
        elif not header:
            cells = enumerate(row[:MOST_COLUMNS], 1)
            names = [str(cell).strip()[:_LONGEST_NAME] or f"column {at}" for at, cell in cells]
            if problem := missing(names, options, place):
                above.append((place, names, problem))
                if len(above) > _MOST_ABOVE:
                    break
                continue
            if above:
                yield place, _left_above(above, place)
            header, fields = names, mapping(names, options)
            yield place, guesses(fields, place)
        elif problem := _misshapen(row, header, place):
            yield place, problem
        else:
            yield from items_of(found_in(dict(zip(header, row, strict=False)), fields), place)
    if above and not header:
        yield place, replace(_likeliest(above), place=place)
    elif not header:
        yield place or 1, Unreadable(place=place or 1, code="empty", message=gettext_noop("The file holds no text."))


def _left_above(above: list[tuple[int, list[str], Unreadable]], place: int) -> Remark:
    message = gettext_noop("{count} rows above the names of the columns were left out: «{text}»")
    said = " ".join(name for _place, names, _problem in above for name in _said(names))
    return Remark(place=place, code="rows_above", message=message, data={"count": len(above), "text": said[:120]})


def _likeliest(above: list[tuple[int, list[str], Unreadable]]) -> Unreadable:
    """Returns what is wrong with the row that looks most as if it named the columns: the first of the widest."""
    return max(above, key=lambda row: len(_said(row[1])))[2]


def _said(names: list[str]) -> list[str]:
    return [name for at, name in enumerate(names, 1) if name != f"column {at}"]


def _misshapen(row: Sequence[object], header: list[str], place: int) -> Unreadable | None:
    """Says what is wrong with a row that can't be laid under the header."""
    if any(cell not in ("", None) for cell in row[len(header) :]):
        message = gettext_noop("The row has {cells} cells, the first row {columns}; is a quotation mark missing?")
        data = {"cells": len(row), "columns": len(header)}
        return Unreadable(place=place, code="row_width", message=message, data=data)
    if any(isinstance(cell, str) and ESCAPED.search(cell) for cell in row):
        message = gettext_noop("The row holds bytes that the file's encoding does not have.")
        return Unreadable(place=place, code="not_decodable", message=message)
    return None


def recognise(name: str, head: bytes) -> int:
    """A table in text has no mark; only the name says it."""
    return int(name.lower().endswith(IMPORTER.suffixes))


IMPORTER = Importer(
    key="csv", title=gettext_noop("Table (CSV, TSV)"), suffixes=(".csv", ".tsv", ".tab"), read=read,
    recognise=recognise, options=(*OPTIONS, DELIMITER, ENCODING),
)  # fmt: skip
