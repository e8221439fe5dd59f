"""Which rows does a stance corpus hold? Those of JSON, of a table or a sheet, or of all such files in a ZIP archive.

A row says what stance an article takes towards a claim, or what an article's text is; which, its fields say.
"""

import csv
import tempfile
from collections.abc import Iterator, Mapping
from typing import IO, Any

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.base import HEAD, Unreadable
from annotations.importers.encodings import text_of
from annotations.importers.limits import MIB, MOST_SHEET, MOST_TEXT, MOST_UNPACKED
from annotations.importers.objects import objects
from annotations.importers.table import delimiter_of
from annotations.importers.unpacking import check_members, is_beside, open_archive, shown_name, unpacked

Row = dict[str, Any] | Unreadable
_ZIP, _IN_MEMORY, _SAMPLE = b"PK\x03\x04", 8 * MIB, 256 * 1024
# What the corpora of the field call their columns; «Unnamed: 0» is a data frame's index.
NAMES = {
    "article": ("news_id", "article_id", "body id", "body_id", "doc_id", "document_id"),
    "claim_id": ("claim_id", "target_id", "topic_id"),
    "claim": ("claim", "target", "topic", "proposition", "ادعا"),
    "text": ("text", "articlebody", "body", "article", "article_text", "content", "متن"),
    "headline": ("headline", "news_title", "title", "تیتر"),
    "stance": ("stance", "label", "موضع"),
    "evidence": ("evidence", "evidences", "rationale", "شاهد"),
}
_FIELD_OF = {name: field for field, names in NAMES.items() for name in names}


def named(row: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a row under our names; what is none of ours stays as it is called."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        field = _FIELD_OF.get(name.strip().lower(), "")
        key = field if field and field not in found else name
        if value not in (None, "") and name.strip() and not name.startswith("Unnamed:"):
            found[key] = value
    return found


def rows(file: IO[bytes], *, left: int = MOST_UNPACKED, within: bool = False) -> Iterator[Row]:
    """Yields the rows of a file as they are, or why one can't be read."""
    start = file.read(HEAD)
    file.seek(0)
    try:
        if start.startswith(_ZIP):
            yield from _archived(file, left=left, within=within)
        elif start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
            yield from (row for _place, row in objects(file))
        elif start.lstrip()[:1] == b"<":
            message = gettext_noop("The file is a page or XML and no stance corpus.")
            yield Unreadable(place=1, code="is_xml", message=message)
        else:
            yield from _table(file)
    except NewsroomError as error:
        yield Unreadable(place=1, code=error.code, message=error.message, data=error.data)


def _archived(file: IO[bytes], *, left: int, within: bool) -> Iterator[Row]:
    """A workbook is an archive, too; one that lies in an archive can only be that."""
    archive = open_archive(file)
    if within or "xl/workbook.xml" in archive.namelist():
        yield from _sheets(file)
        return
    for entry in archive.infolist():
        name = shown_name(entry)
        if entry.is_dir() or entry.filename.startswith("__MACOSX/") or name.startswith(".") or is_beside(name):
            continue
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as member:
            for piece in unpacked(archive, entry, most=left):
                left -= len(piece)
                member.write(piece)
            member.seek(0)
            yield from rows(member, left=left, within=True)


def _sheets(file: IO[bytes]) -> Iterator[Row]:
    if file.seek(0, 2) > MOST_SHEET:
        message = gettext_noop("A sheet may have {most} bytes at most; save it as CSV, which is read row by row.")
        raise NewsroomError(code="too_large", message=message, data={"most": MOST_SHEET})
    file.seek(0)
    check_members(file, most=MOST_SHEET)
    file.seek(0)
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(file)
        for name in book.sheet_names:
            header: list[str] | None = None
            for cells in book.get_sheet_by_name(name).iter_rows():
                # A sheet has one kind of number: whole ones come as floats.
                values = [int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in cells]
                if header is None:
                    header = [str(value) for value in values]
                else:
                    yield dict(zip(header, map(_plain, values), strict=False))
    except (CalamineError, OSError, ValueError) as error:
        message = gettext_noop("The sheet can't be read: {problem}")
        raise NewsroomError(code="sheet_unreadable", message=message, data={"problem": str(error)[:300]}) from error


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool) else str(value)


def _table(file: IO[bytes]) -> Iterator[Row]:
    stream, _encoding = text_of(file)
    try:
        csv.field_size_limit(MOST_TEXT)
        sample = stream.read(_SAMPLE)
        stream.seek(0)
        for row in csv.DictReader(_lines(stream), delimiter=delimiter_of(sample)):
            yield {name: value for name, value in row.items() if name is not None and value is not None}
    except UnicodeDecodeError as error:
        message = gettext_noop("From here on the file is not {encoding} and was not read.")
        raise NewsroomError(code="not_decodable", message=message, data={"encoding": error.encoding}) from error
    except csv.Error as error:
        message = gettext_noop("The row holds a cell of more than {most} characters; is a quotation mark left open?")
        raise NewsroomError(code="cell_too_long", message=message, data={"most": MOST_TEXT}) from error
    finally:
        stream.detach()


def _lines(stream: IO[str]) -> Iterator[str]:
    while line := stream.readline(MOST_TEXT):
        if len(line) == MOST_TEXT and not line.endswith(("\n", "\r")):
            message = gettext_noop("The line is longer than {most} bytes.")
            raise NewsroomError(code="line_too_long", message=message, data={"most": MOST_TEXT})
        yield line
