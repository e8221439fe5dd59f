"""How is a stream of bytes packed? As one gzip file, in constant memory."""

import gzip
import io
from collections.abc import Iterable, Iterator


def gzipped(chunks: Iterable[bytes], *, level: int = 6, at_once: bool = False) -> Iterator[bytes]:
    """Yields the chunks as one gzip file; without a time in its header, so that the same corpus gives the same file.

    With `at_once` what is in the first chunk leaves with it, before enough has come to be packed well.
    """
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, compresslevel=level) as packer:
        for chunk in chunks:
            packer.write(chunk)
            if at_once:
                packer.flush()
                at_once = False
            if buffer.tell():
                yield buffer.getvalue()
                buffer.seek(0)
                buffer.truncate()
    yield buffer.getvalue()
