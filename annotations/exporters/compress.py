"""How is a stream of bytes packed? As one gzip file, in constant memory."""

import gzip
import io
from collections.abc import Iterable, Iterator


def gzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yields the chunks as one gzip file; without a time in its header, so that the same corpus gives the same file."""
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, compresslevel=6) as packer:
        for chunk in chunks:
            packer.write(chunk)
            if buffer.tell():
                yield buffer.getvalue()
                buffer.seek(0)
                buffer.truncate()
    yield buffer.getvalue()
