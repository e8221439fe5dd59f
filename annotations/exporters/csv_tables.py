"""CSV or TSV: a ZIP of four tables, articles, spans, relations and labels, joined by ids.

A spreadsheet runs a cell that begins as a formula does: `cells=safe` puts an apostrophe before it, which a program that
compares quotes has to know of; `cells=exact` writes what is there.
"""

from collections.abc import Iterable, Iterator

from annotations.errors import gettext_noop
from annotations.exporters.archive import Member, readme, zipped
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.carries import FEATURES
from annotations.exporters.csv_rows import BOM, CELLS, csv_rows
from annotations.exporters.spool import Spool
from annotations.exporters.tables import COLUMNS, spooled
from annotations.records import Record
from annotations.registry import Option

ROWS = 500
SEPARATOR = Option(
    key="separator",
    title=gettext_noop("Columns apart by"),
    default="comma",
    choices=(("comma", gettext_noop("commas (CSV)")), ("tab", gettext_noop("tabs (TSV)"))),
)


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
    cells, separator = writing.options["cells"], "\t" if writing.options["separator"] == "tab" else ","
    yield BOM + csv_rows([COLUMNS[name]], cells=cells, separator=separator)
    for rows in spool.batches(name, ROWS):
        yield csv_rows(rows, cells=cells, separator=separator)


EXPORTER = Exporter(
    key="csv", title=gettext_noop("Tables as CSV or TSV"), suffix="csv.zip", media_type="application/zip",
    carries=FEATURES, writer=write, options=(SEPARATOR, CELLS),
)  # fmt: skip
