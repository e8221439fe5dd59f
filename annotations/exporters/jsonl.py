"""Newsroom's own JSON Lines: one record a line, nothing lost.

UTF-8 without BOM, `\\n` after each line, keys in the order of annotations/records.py; described in docs/format.md.
"""

from collections.abc import Iterable, Iterator

import msgspec

from annotations.errors import gettext_noop
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.carries import FEATURES
from annotations.records import Record

CHUNK = 256 * 1024


def write(records: Iterable[Record], _writing: Writing) -> Iterator[bytes]:
    """Yields the lines of the records in chunks of about CHUNK bytes."""
    return json_lines(records)


def json_lines(rows: Iterable[object]) -> Iterator[bytes]:
    """Yields each row as a line of JSON, in chunks of about CHUNK bytes."""
    # Databases give the keys of an object in orders of their own; those of a record stand as its fields do.
    encode = msgspec.json.Encoder(order="deterministic").encode
    buffer = bytearray()
    for row in rows:
        buffer += encode(row)
        buffer += b"\n"
        if len(buffer) >= CHUNK:
            yield bytes(buffer)
            buffer.clear()
    if buffer:
        yield bytes(buffer)


EXPORTER = Exporter(
    key="jsonl", title=gettext_noop("Newsroom JSONL"), suffix="jsonl", media_type="application/x-ndjson",
    carries=FEATURES, writer=write,
)  # fmt: skip
