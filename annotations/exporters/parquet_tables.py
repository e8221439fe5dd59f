"""Parquet: a ZIP of four tables, articles, spans, relations and labels, joined by ids, for pandas, DuckDB or Spark."""

from collections.abc import Iterable, Iterator
from typing import Any

from annotations.errors import gettext_noop
from annotations.exporters.archive import Member, readme, zipped
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.carries import FEATURES
from annotations.exporters.parquet_files import write_parquet
from annotations.exporters.spool import Spool, content_of
from annotations.exporters.tables import COLUMNS, NUMBERS, spooled
from annotations.records import Record

# Rows in a row group; of articles, with their texts, it holds fewer.
GROUPS = dict.fromkeys(COLUMNS, 5_000) | {"articles": 500}
BATCH = 250


def write(records: Iterable[Record], _writing: Writing) -> Iterator[bytes]:
    """Yields the ZIP; rows wait in files, for a Parquet file ends with a list of where all of it stands."""
    with Spool() as spool:
        yield from zipped(_members(records, spool), large=True)


def _members(records: Iterable[Record], spool: Spool) -> Iterator[Member]:
    yield readme("tables", "Offsets are Unicode code points, half-open. `attributes` and `meta` are JSON.")
    spooled(records, spool)
    for name, columns in COLUMNS.items():
        path = spool.path("parquet")
        write_parquet(path, _schema(columns), _rows(name, columns, spool), group=GROUPS[name])
        yield f"{name}.parquet", content_of(path)


def _rows(name: str, columns: tuple[str, ...], spool: Spool) -> Iterator[list[dict[str, Any]]]:
    for rows in spool.batches(name, BATCH):
        yield [dict(zip(columns, row, strict=True)) for row in rows]


def _schema(columns: tuple[str, ...]) -> Any:
    import pyarrow as pa

    return pa.schema([(name, pa.int32() if name in NUMBERS else pa.string()) for name in columns])


EXPORTER = Exporter(
    key="parquet", title=gettext_noop("Tables as Parquet"), suffix="parquet.zip", media_type="application/zip",
    library="pyarrow", carries=FEATURES, writer=write,
)  # fmt: skip
