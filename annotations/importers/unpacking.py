"""How is a ZIP archive opened without being blown up by it? Entry by entry, counted while it unpacks.

What an archive says of its sizes is not trusted, nor are its names: nothing is ever written under them.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.limits import MIB, MOST_FILES, MOST_RATIO, MOST_UNPACKED, RATIO_FROM

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# What names are written in by programs that don't say it: as on the disk, by DOS's Arabic page, by that of Windows.
_NAMES = ("utf-8", "cp720", "cp1256")
_SAYS_UTF8 = 0x800
_ARABIC = re.compile("[\x20-\x7e\u0600-\u06ff\u200c]+")
# What lies beside articles: what an archive is, how its annotations are shown, what an export of ours could not hold.
_BESIDE = re.compile(r"(?:readme|licen[cs]e)(?:\.(?:txt|md))?|losses\.jsonl|config\.xml", re.IGNORECASE)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Unpackable(NewsroomError):
    """Raised where an archive or one of its files can't or must not be unpacked."""


def open_archive(file: IO[bytes]) -> zipfile.ZipFile:
    """Opens an archive and looks at its list, whose names become what their writers meant. Raises Unpackable."""
    try:
        archive = zipfile.ZipFile(file)
    except _BROKEN as error:
        message = gettext_noop("The archive is damaged or was cut off: its list of files can't be read.")
        raise Unpackable(code="archive_damaged", message=message) from error
    if len(archive.infolist()) > MOST_FILES:
        message = gettext_noop("The archive holds more than {most} files.")
        raise Unpackable(code="archive_too_many", message=message, data={"most": MOST_FILES})
    for entry in archive.infolist():
        entry.filename = _name(entry)
    return archive


def _name(entry: zipfile.ZipInfo) -> str:
    """Returns an entry's name, which Python reads in DOS's first page where the archive does not say UTF-8."""
    if entry.flag_bits & _SAYS_UTF8 or entry.filename.isascii():
        return entry.filename
    for codec in _NAMES:
        try:
            name = entry.filename.encode("cp437").decode(codec)
        except UnicodeError:
            continue
        if codec == "utf-8" or _ARABIC.fullmatch(name):
            return name
    return entry.filename


def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, most: int = MOST_UNPACKED) -> Iterator[bytes]:
    """Yields an entry's bytes piece by piece, as long as it stays in bounds. Raises Unpackable."""
    name, size = shown_name(entry), 0
    if entry.flag_bits & 1:
        message = gettext_noop("«{member}» is locked by a password.")
        raise Unpackable(code="archive_locked", message=message, data={"member": name})
    try:
        with archive.open(entry) as member:
            while piece := member.read(MIB):
                size += len(piece)
                if size > most:
                    message = gettext_noop("«{member}» unpacks to more than {most} bytes.")
                    raise Unpackable(code="too_large", message=message, data={"member": name, "most": most})
                if size > RATIO_FROM and size > MOST_RATIO * max(entry.compress_size, 1):
                    message = gettext_noop("«{member}» unpacks to more than {ratio} times its size, as bombs do.")
                    raise Unpackable(code="archive_bomb", message=message, data={"member": name, "ratio": MOST_RATIO})
                yield piece
    except _BROKEN as error:
        message = gettext_noop("«{member}» is damaged and can't be unpacked.")
        raise Unpackable(code="archive_damaged", message=message, data={"member": name}) from error


def check_members(file: IO[bytes], *, most: int) -> None:
    """Unpacks an archive to nowhere, for a library that would do so without looking. Raises Unpackable."""
    archive, left = open_archive(file), most
    for entry in archive.infolist():
        left -= sum(map(len, unpacked(archive, entry, most=left)))


def shown_name(entry: zipfile.ZipInfo) -> str:
    """Returns the last part of an entry's name, for people to read and to tell its format by."""
    name = entry.filename.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    return _CONTROLS.sub("\ufffd", name)[:200]


def is_beside(name: str) -> bool:
    """Whether a file's name says that it is about the archive and holds no article."""
    return bool(_BESIDE.fullmatch(name))
