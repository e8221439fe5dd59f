"""A ZIP archive of files in any of the formats, archives too: each is recognised by itself and read as it comes."""

import tempfile
from collections.abc import Iterator, Mapping
from typing import IO

from msgspec.structs import replace as replace_struct

from annotations.errors import gettext_noop
from annotations.importers.base import Importer, Item, Remark, Unreadable, head_of
from annotations.importers.encodings import ENCODING
from annotations.importers.fields import OPTIONS
from annotations.importers.limits import ARCHIVES_DEEP, MIB, MOST_UNPACKED
from annotations.importers.unpacking import Unpackable, is_beside, open_archive, shown_name, unpacked
from annotations.records import Draft

_IN_MEMORY = 8 * MIB
_MAGIC = b"PK\x03\x04"
# What systems lay into archives by themselves.
_HIDDEN = ("__MACOSX/",)


def read(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
    """Yields the records of each file in the order of the archive; the place counts them through all files.

    Each says its file: drafts in `meta`, the others as `member` in their data.
    """
    place = 0
    last: Where | None = None
    for where, item in _members(file, options, _Budget(MOST_UNPACKED), depth=1):
        place += where != last
        last = where
        yield place, _placed(item, place)
    if not place:
        yield 1, Unreadable(place=1, code="empty", message=gettext_noop("The archive holds no files."))


# Where an item stands: the number of its file, of the file within that, and its place there.
Where = tuple[int, ...]
Placed = tuple[Where, Draft | Unreadable | Remark]


class _Budget:
    """How many bytes may still be unpacked, through all archives within archives."""

    def __init__(self, left: int) -> None:
        self.left = left


def _members(file: IO[bytes], options: Mapping[str, str | bool], budget: _Budget, *, depth: int) -> Iterator[Placed]:
    try:
        archive = open_archive(file)
    except Unpackable as error:
        yield (), _refused(error, 1)
        return
    for number, entry in enumerate(archive.infolist(), 1):
        name = shown_name(entry)
        if entry.is_dir() or entry.filename.startswith(_HIDDEN) or name.startswith("."):
            continue
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as member:
            try:
                for piece in unpacked(archive, entry, most=budget.left):
                    budget.left -= len(piece)
                    member.write(piece)
            except Unpackable as error:
                yield (number,), _refused(error, number)
                continue
            member.seek(0)
            for where, item in _member(member, name, options, budget, depth=depth):
                yield (number, *where), _named(item, name)


def _member(
    file: IO[bytes], name: str, options: Mapping[str, str | bool], budget: _Budget, *, depth: int
) -> Iterator[Placed]:
    from annotations.importers import recognised

    if is_beside(name):
        message = gettext_noop("«{member}» says something of the archive and was not read as an article.")
        yield (1,), Remark(place=1, code="beside", message=message, data={"member": name})
        return
    importer = recognised(name, head_of(file))
    if importer is None:
        message = gettext_noop("«{member}» is of no known format.")
        yield (1,), Unreadable(place=1, code="format_unknown", message=message, data={"member": name})
    elif importer is not IMPORTER:
        yield from (((place,), item) for place, item in importer.read(file, options))
    elif depth < ARCHIVES_DEEP:
        yield from _members(file, options, budget, depth=depth + 1)
    else:
        message = gettext_noop("«{member}» is an archive in an archive in an archive; unpack it first.")
        yield (1,), Unreadable(place=1, code="archive_too_deep", message=message, data={"member": name})


def _named(item: Draft | Unreadable | Remark, name: str) -> Draft | Unreadable | Remark:
    """Notes on an item which file it came from, unless an inner archive did already."""
    if isinstance(item, Draft):
        return item if "file" in item.meta else replace_struct(item, meta={**item.meta, "file": name})
    kind = type(item)
    return kind(place=item.place, code=item.code, message=item.message, data={"member": name, **item.data})


def _placed(item: Draft | Unreadable | Remark, place: int) -> Draft | Unreadable | Remark:
    if isinstance(item, Draft):
        return item
    return type(item)(place=place, code=item.code, message=item.message, data=item.data)


def _refused(error: Unpackable, place: int) -> Unreadable:
    return Unreadable(place=place, code=error.code, message=error.message, data=error.data)


def recognise(name: str, head: bytes) -> int:
    """By how archives begin and their name; formats that come in one have marks of their own within."""
    said = name.lower().endswith(IMPORTER.suffixes)
    return 2 if said and head.startswith(_MAGIC) else int(said or head.startswith(_MAGIC))


IMPORTER = Importer(
    key="zip", title=gettext_noop("ZIP archive"), suffixes=(".zip",), read=read, recognise=recognise,
    options=(*OPTIONS, ENCODING), annotated=True,
)  # fmt: skip
