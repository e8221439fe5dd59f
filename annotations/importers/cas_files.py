"""How are files with a CAS read, one or a ZIP of many, as INCEpTION exports them?"""

from collections.abc import Callable, Iterator, Mapping
from typing import IO

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.annotator import Read, by_annotator
from annotations.importers.base import Item, Unreadable
from annotations.importers.cas import View
from annotations.importers.cas_work import Taken
from annotations.importers.limits import MOST_RECORD
from annotations.importers.unpacking import Unpackable, open_archive, unpacked
from annotations.importers.work import unreadable

MAGIC = b"PK\x03\x04"
# The folders of INCEpTION's export, one for each document, with a file for each annotator.
FOLDERS = (b"annotation/", b"curation/")


Parse = Callable[[bytes], list[View]]


def reader(parser: Callable[[IO[bytes]], Parse], suffix: str) -> Read:
    """Returns a reader of a file, or of those with the suffix in a ZIP, that yields each view that has a text.

    The place is the number of the file. `parser` looks at the whole, and what it returns raises NewsroomError.
    """

    @by_annotator
    def read(file: IO[bytes], _options: Mapping[str, str | bool]) -> Iterator[Item]:
        place, parse = 0, parser(file)
        for place, (name, content) in enumerate(_files(file, suffix), 1):
            if isinstance(content, NewsroomError):
                yield place, unreadable(place, content)
                continue
            try:
                for view in parse(_bounded(content)):
                    yield from Taken(place, view, name).items()
            except NewsroomError as error:
                yield place, unreadable(place, error)
        if not place:
            message = gettext_noop("The archive holds no {suffix} files.")
            yield 1, Unreadable(place=1, code="empty", message=message, data={"suffix": suffix})

    return read


def _bounded(content: bytes) -> bytes:
    if len(content) > MOST_RECORD:
        message = gettext_noop("The file has more than {most} bytes.")
        raise NewsroomError(code="too_large", message=message, data={"most": MOST_RECORD})
    return content


def _files(file: IO[bytes], suffix: str) -> Iterator[tuple[str, bytes | NewsroomError]]:
    start = file.read(len(MAGIC))
    file.seek(0)
    if start != MAGIC:
        yield "", file.read(MOST_RECORD + 1)
        return
    try:
        archive = open_archive(file)
        entries = sorted(archive.infolist(), key=lambda entry: entry.filename)
    except Unpackable as error:
        yield "", error
        return
    for entry in entries:
        if entry.filename.endswith(suffix):
            try:
                yield entry.filename, b"".join(unpacked(archive, entry, most=MOST_RECORD))
            except Unpackable as error:
                yield entry.filename, error
