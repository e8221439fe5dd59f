"""How does a table leave, a concordance for one? As CSV that spreadsheets open in Persian and never run, row by row."""

import csv
from collections.abc import Iterable, Iterator, Sequence

COLUMNS = (
    "article", "headline", "source", "published", "url", "start", "end", "before", "hit", "after", "labels",
)  # fmt: skip
# A cell that begins so is a formula to a spreadsheet; behind an apostrophe it is text. Tab and CR are skipped by some.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# Excel takes a file without it for one of the machine's old code page.
_BOM = "\ufeff"


def harmless(cell: object) -> str:
    """Returns a cell's text, with an apostrophe before what a spreadsheet would run as a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


class _Echo:
    """A file that hands on what is written to it."""

    def write(self, line: str) -> str:
        """Returns the line."""
        return line


def rows_as_csv(rows: Iterable[Sequence[object]], columns: Sequence[str] = COLUMNS) -> Iterator[bytes]:
    """Yields the table in UTF-8 with a byte order mark, one row at a time; numbers in ASCII digits."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield (_BOM + writer.writerow(columns)).encode()
    for row in rows:
        yield writer.writerow([cell if isinstance(cell, int | float) else harmless(cell) for cell in row]).encode()
