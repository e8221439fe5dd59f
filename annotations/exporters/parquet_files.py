"""How do rows become a Parquet file? By row groups, so that memory holds one; the same rows give the same bytes."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any


def write_parquet(path: Path, schema: Any, batches: Iterable[list[dict[str, Any]]], *, group: int) -> int:
    """Writes rows under a schema of pyarrow's, about `group` in a row group; returns their number.

    As Python's objects rows take twenty times the memory that they take in a table: so batches may be small.
    """
    import pyarrow as pa
    import pyarrow.parquet as parquet

    count, waiting, tables = 0, 0, []
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in batches:
            tables.append(pa.Table.from_pylist(rows, schema=schema))
            waiting += len(rows)
            if waiting >= group:
                writer.write_table(pa.concat_tables(tables))
                count, waiting, tables = count + waiting, 0, []
        if tables:
            writer.write_table(pa.concat_tables(tables))
    return count + waiting
