"""A web archive (WARC), as Common Crawl publishes them: the article of each page that was answered as HTML."""

import zlib
from collections.abc import Iterator, Mapping
from typing import IO, Any

from annotations.errors import gettext_noop
from annotations.importers.base import Importer, Item, Unreadable
from annotations.importers.html import page_items
from annotations.importers.limits import MIB, MOST_PAGE

_GZIP = b"\x1f\x8b"
_PAGES = ("text/html", "application/xhtml+xml")


def read(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
    """Yields the article of each page; the place is the number of its record among the archive's."""
    if not _begins_as_archive(file):
        message = gettext_noop("The file is no web archive: it does not begin as one.")
        yield 1, Unreadable(place=1, code="no_archive", message=message)
        return
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    place = pages = 0
    try:
        for place, record in enumerate(ArchiveIterator(file), 1):
            if record.rec_type == "response" and _is_page(record):
                pages += 1
                yield from _page(record, place)
    except (ArchiveLoadFailed, zlib.error, EOFError, OSError, ValueError, AttributeError, IndexError) as error:
        message = gettext_noop("From here on the web archive is damaged or cut off: {problem}")
        data = {"problem": str(error)[:200]}
        yield place + 1, Unreadable(place=place + 1, code="archive_damaged", message=message, data=data)
        return
    if not pages:
        message = gettext_noop("The file holds no web pages: {records} records, none of them an answer in HTML.")
        yield place or 1, Unreadable(place=place or 1, code="no_records", message=message, data={"records": place})


def _begins_as_archive(file: IO[bytes]) -> bool:
    """Whether the first bytes, unpacked, are those of a record; leaves the file at its beginning."""
    head = file.read(512)
    file.seek(0)
    try:
        head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 16) if head.startswith(_GZIP) else head
    except zlib.error:
        return False
    return head.startswith(b"WARC/")


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    kind = (headers.get_header("Content-Type") or "").lower() if headers else ""
    return headers is not None and headers.get_statuscode() == "200" and kind.startswith(_PAGES)


def _page(record: Any, place: int) -> Iterator[Item]:
    content = record.content_stream().read(MOST_PAGE + 1)
    if len(content) <= MOST_PAGE and _is_cut(record):
        message = gettext_noop("The file ends in the middle of this page.")
        yield place, Unreadable(place=place, code="cut_off", message=message)
        return
    kind = record.http_headers.get_header("Content-Type") or ""
    asked = kind.lower().partition("charset=")[2].split(";")[0].strip(" \"'")
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    crawled = record.rec_headers.get_header("WARC-Date")
    meta = {"crawled_at": crawled} if crawled else {}
    yield from page_items(content, place, stated=asked, url=url.strip("<>"), meta=meta)


def _is_cut(record: Any) -> bool:
    """Whether less of a record is there than it says, after its page has been read."""
    while record.raw_stream.read(MIB):
        pass
    return getattr(record.raw_stream, "limit", 0) > 0


def recognise(name: str, head: bytes) -> int:
    """By the first line of a record, else by a name that only web archives have."""
    if head.startswith(b"WARC/"):
        return 3
    return 2 if name.lower().endswith(".warc.gz") and head.startswith(_GZIP) else int(name.lower().endswith(".warc"))


IMPORTER = Importer(
    key="warc", title=gettext_noop("Web archive (WARC)"), suffixes=(".warc", ".warc.gz"), read=read,
    recognise=recognise,
)  # fmt: skip
