"""Excel and OpenDocument sheets: an article a row, the columns mapped by the names in each sheet's first row."""

from collections.abc import Iterator, Mapping
from typing import IO, Any

from annotations.errors import gettext_noop
from annotations.importers.base import Importer, Item, Unreadable
from annotations.importers.fields import OPTIONS
from annotations.importers.limits import MOST_SHEET
from annotations.importers.table import table_items
from annotations.importers.unpacking import Unpackable, check_members
from annotations.registry import Option

_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = Option(key="sheet", title=gettext_noop("Sheet"), hint=gettext_noop("Its name; empty: all sheets."))


def read(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
    """Yields the article of each row of each sheet; the place is the row's number, counted on over the sheets."""
    if problem := _too_large(file):
        yield 1, problem
        return
    from python_calamine import CalamineWorkbook

    place = 0
    try:
        book = CalamineWorkbook.from_filelike(file)
        names = [name for name in book.sheet_names if name == (options.get("sheet") or name)]
        if not names:
            message = gettext_noop("There is no sheet «{sheet}».")
            yield 1, Unreadable(place=1, code="sheet_missing", message=message, data={"sheet": options.get("sheet")})
        for name in names:
            rows = _rows(book.get_sheet_by_name(name), place)
            for reached, item in table_items(rows, options):
                place = reached
                yield place, item
    except BaseException as error:
        if not _is_calamines(error):
            raise
        message = gettext_noop("The sheet can't be read: {problem}")
        yield place or 1, Unreadable(
            place=place or 1, code="sheet_unreadable", message=message, data={"problem": str(error)[:300]}
        )  # fmt: skip


def _is_calamines(error: BaseException) -> bool:
    """Whether the library gave up on a damaged file; where its Rust code panics, that is no Exception."""
    from python_calamine import CalamineError

    return isinstance(error, CalamineError | OSError | ValueError) or type(error).__name__ == "PanicException"


def _too_large(file: IO[bytes]) -> Unreadable | None:
    """Says of a file that is too large to be laid out in memory, packed or unpacked; leaves it at its beginning."""
    size = file.seek(0, 2)
    file.seek(0)
    try:
        if size <= MOST_SHEET and file.read(4) == _ZIP:
            check_members(file, most=MOST_SHEET)
    except Unpackable as error:
        return Unreadable(place=1, code=error.code, message=error.message, data=error.data)
    finally:
        file.seek(0)
    if size > MOST_SHEET:
        message = gettext_noop("A sheet may have {most} bytes at most; save it as CSV, which is read row by row.")
        return Unreadable(place=1, code="too_large", message=message, data={"most": MOST_SHEET})
    return None


def _rows(sheet: Any, before: int) -> Iterator[tuple[int, list[object]]]:
    """Yields rows with their numbers; whole numbers come as floats, a sheet's only kind of number.

    A cell that was merged over several rows says the same in each of them; the file has it in the first one only.
    """
    merged: dict[int, list[tuple[int, int]]] = {}
    left = sheet.start[1] if sheet.start else 0
    for (first, column), (last, _column) in sheet.merged_cell_ranges or ():
        if last > first:
            merged.setdefault(first, []).append((column - left, last))
    held: dict[int, tuple[int, object]] = {}
    for number, cells in enumerate(sheet.iter_rows()):
        row = [int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in cells]
        for column in [column for column, (last, _cell) in held.items() if last < number]:
            del held[column]
        for column, (_last, cell) in held.items():
            row[column] = cell if row[column] == "" else row[column]
        held |= {column: (last, row[column]) for column, last in merged.get(number, ()) if 0 <= column < len(row)}
        yield before + number + 1, row


def recognise(name: str, head: bytes) -> int:
    """By the containers that sheets come in, with a name that says one, or by the parts of a workbook."""
    said = name.lower().endswith(IMPORTER.suffixes)
    if head.startswith(_ZIP) and (b"xl/workbook" in head or b"opendocument.spreadsheet" in head):
        return 3
    return 2 if said and head.startswith((_ZIP, _COMPOUND)) else int(said)


IMPORTER = Importer(
    key="sheet", title=gettext_noop("Excel or OpenDocument sheet"), suffixes=(".xlsx", ".xls", ".xlsb", ".ods"),
    read=read, recognise=recognise, options=(*OPTIONS, SHEET),
)  # fmt: skip
