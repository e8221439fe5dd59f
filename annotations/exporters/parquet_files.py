"""How do rows become a Parquet file? By row groups, so that memory holds one; the same rows give the same bytes."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

# Articles in a row group; a reader holds one at a time, too.
GROUP = 500


def write_parquet(path: Path, schema: Any, batches: Iterable[list[dict[str, Any]]]) -> int:
    """Writes rows under a schema of pyarrow's, each batch as a row group; returns their number."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    count = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in batches:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema), row_group_size=len(rows))
            count += len(rows)
    return count
