"""A stream is packed as it comes: what was sent can be read before the rest is there."""

import zlib
from collections.abc import Iterator

import pytest

from annotations.exporters.compress import gzipped


@pytest.mark.parametrize("at_once", [True, False])
def test_the_first_record_is_there_before_the_second_is_asked_for(at_once: bool) -> None:
    asked = []

    def records() -> Iterator[bytes]:
        for record in ("خبر نخست\n".encode(), "خبر دوم\n".encode()):
            asked.append(record)
            yield record

    reader, packed = zlib.decompressobj(wbits=31), gzipped(records(), level=1, at_once=at_once)
    read = reader.decompress(next(packed))
    assert asked == ["خبر نخست\n".encode()]
    assert read == (asked[0] if at_once else b"")
    assert read + b"".join(map(reader.decompress, packed)) == "خبر نخست\nخبر دوم\n".encode()
    assert reader.eof
