"""How are rows written as CSV or TSV, exactly or so that a spreadsheet runs none of their cells?"""

import csv
import io
from collections.abc import Iterable
from typing import Any

from annotations.errors import gettext_noop
from annotations.exporters.spreadsheet import harmless
from annotations.registry import Option

SAFE, EXACT = "safe", "exact"
CELLS = Option(
    key="cells",
    title=gettext_noop("Cells that look like formulas"),
    default=SAFE,
    choices=((SAFE, gettext_noop("safe for spreadsheets")), (EXACT, gettext_noop("as they are"))),
    hint=gettext_noop("An apostrophe keeps a spreadsheet from running them; programs want them as they are."),
)
# Excel takes a file without it for one of the machine's old code page.
BOM = "\ufeff".encode()


def csv_rows(rows: Iterable[Iterable[Any]], *, cells: str, separator: str = ",") -> bytes:
    """Returns rows in UTF-8, with CRLF as the standard has it."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=separator, lineterminator="\r\n")
    writer.writerows(map(_harmless, rows) if cells == SAFE else rows)
    return made.getvalue().encode()


def _harmless(row: Iterable[Any]) -> list[Any]:
    return [harmless(cell) if isinstance(cell, str) else cell for cell in row]
