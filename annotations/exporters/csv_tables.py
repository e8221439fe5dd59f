"""CSV or TSV: a ZIP of four tables, articles, spans, relations and labels, joined by ids.

A spreadsheet runs a cell that begins as a formula does: `cells=safe` puts an apostrophe before it, which a program that
compares quotes has to know of; `cells=exact` writes what is there.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from annotations.errors import gettext_noop
from annotations.exporters.archive import Member, readme, zipped
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.carries import FEATURES
from annotations.exporters.concordance import harmless
from annotations.exporters.spool import Spool
from annotations.exporters.tables import COLUMNS, spooled
from annotations.records import Record
from annotations.registry import Option

ROWS = 500
SAFE, EXACT = "safe", "exact"
SEPARATOR = Option(
    key="separator",
    title=gettext_noop("Columns apart by"),
    default="comma",
    choices=(("comma", gettext_noop("commas (CSV)")), ("tab", gettext_noop("tabs (TSV)"))),
)
CELLS = Option(
    key="cells",
    title=gettext_noop("Cells that look like formulas"),
    default=SAFE,
    choices=((SAFE, gettext_noop("safe for spreadsheets")), (EXACT, gettext_noop("as they are"))),
    hint=gettext_noop("An apostrophe keeps a spreadsheet from running them; programs want them as they are."),
)
# Excel takes a file without it for one of the machine's old code page.
_BOM = "\ufeff"


def write(records: Iterable[Record], writing: Writing) -> Iterator[bytes]:
    """Yields the ZIP; rows wait in files, for a ZIP takes one table after the other."""
    with Spool() as spool:
        yield from zipped(_members(records, writing, spool), large=True)


def _members(records: Iterable[Record], writing: Writing, spool: Spool) -> Iterator[Member]:
    yield readme("tables", "UTF-8. Offsets are Unicode code points, half-open. `attributes` and `meta` are JSON.")
    spooled(records, spool)
    suffix = "tsv" if writing.options["separator"] == "tab" else "csv"
    for name in COLUMNS:
        yield f"{name}.{suffix}", _table(name, writing, spool)


def _table(name: str, writing: Writing, spool: Spool) -> Iterator[bytes]:
    tabs, safe = writing.options["separator"] == "tab", writing.options["cells"] == SAFE
    yield (_BOM + _lines([COLUMNS[name]], tabs=tabs)).encode()
    for rows in spool.batches(name, ROWS):
        yield _lines(map(_harmless, rows) if safe else rows, tabs=tabs).encode()


def _harmless(row: Iterable[Any]) -> list[Any]:
    return [harmless(cell) if isinstance(cell, str) else cell for cell in row]


def _lines(rows: Iterable[Iterable[Any]], *, tabs: bool) -> str:
    made = io.StringIO()
    csv.writer(made, delimiter="\t" if tabs else ",", lineterminator="\r\n").writerows(rows)
    return made.getvalue()


EXPORTER = Exporter(
    key="csv", title=gettext_noop("Tables as CSV or TSV"), suffix="csv.zip", media_type="application/zip",
    carries=FEATURES, writer=write, options=(SEPARATOR, CELLS),
)  # fmt: skip
