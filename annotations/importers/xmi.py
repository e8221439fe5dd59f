"""UIMA CAS as XMI, as INCEpTION and DKPro write it: one file, or a ZIP of many with or without their type system.

Offsets are UTF-16 units. What a number is, a value or a pointer, a type system in the archive says; without one what
points where is seen in the file.
"""

from collections.abc import Iterator
from functools import partial
from typing import IO, Any

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.annotator import ANNOTATOR
from annotations.importers.base import Importer
from annotations.importers.cas import Feature, Said, View, views
from annotations.importers.cas_files import MAGIC, Parse, reader
from annotations.importers.cas_types import PlainFeatures, plain_features, root_of, type_of
from annotations.importers.limits import MIB
from annotations.importers.unpacking import open_archive, unpacked

_ID = "{http://www.omg.org/XMI}id"
_OWN = {_ID, "sofa", "begin", "end"}
# INCEpTION lays one beside each document, all alike.
_MOST_TYPES, _MOST_TYPE_SYSTEM = 20, 4 * MIB


def _parser(file: IO[bytes]) -> Parse:
    """Returns a parser that knows the type systems beside the files, where they lie in an archive that can be read."""
    start = file.read(len(MAGIC))
    file.seek(0)
    try:
        found = [root_of(content) for content in _type_systems(file)] if start == MAGIC else []
    except NewsroomError:  # each file of the archive says what is wrong with it
        found = []
    file.seek(0)
    return partial(parse, plain=plain_features(found))


def _type_systems(file: IO[bytes]) -> Iterator[bytes]:
    """Yields the type systems of an archive, equal ones once. Raises Unpackable."""
    archive = open_archive(file)
    seen: set[tuple[int, int]] = set()
    for entry in archive.infolist():
        alike = entry.CRC, entry.file_size
        if entry.filename.lower().endswith("typesystem.xml") and alike not in seen and len(seen) < _MOST_TYPES:
            seen.add(alike)
            yield b"".join(unpacked(archive, entry, most=_MOST_TYPE_SYSTEM))


def parse(content: bytes, plain: PlainFeatures | None = None) -> list[View]:
    """Reads an XMI file: a view for each sofa that has a text. Raises NewsroomError."""
    root = _root(content)
    texts: dict[str, str] = {}
    found: list[tuple[str, Feature]] = []
    for element in root:
        if not isinstance(element.tag, str):
            continue
        layer = element.tag.rpartition("}")[2]
        id = element.get(_ID, "")
        if layer == "Sofa":
            if element.get("sofaString"):
                texts[id] = element.get("sofaString")
        elif layer not in ("View", "NULL"):
            begin, end = _number(element.get("begin")), _number(element.get("end"))
            known = plain.get(type_of(element.tag), frozenset()) if plain else frozenset()
            found.append((element.get("sofa", ""), Feature(id, layer, begin, end, dict(_features(element)), known)))
    if not texts:
        raise NewsroomError(code="empty", message=gettext_noop("The file holds no text."))
    return views(texts, found)


def _root(content: bytes) -> Any:
    root = root_of(content)
    if not root.tag.endswith("}XMI"):
        raise NewsroomError(code="not_xmi", message=gettext_noop("The file is no XMI."))
    return root


def _features(element: Any) -> Iterator[tuple[str, Said]]:
    yield from ((name, value) for name, value in element.attrib.items() if name not in _OWN)
    children: dict[str, list[str]] = {}
    for child in element:
        if isinstance(child.tag, str):
            children.setdefault(child.tag, []).append(child.text or "")
    yield from ((name, " ".join(values)) for name, values in children.items())


def _number(given: str | None) -> int | None:
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 10 else None


def recognise(name: str, head: bytes) -> int:
    """The root of XMI, or an archive with an .xmi among its first files."""
    if head.startswith(MAGIC):
        return 3 * (b".xmi" in head)
    return 3 * (b"<xmi:XMI" in head[:2000])


IMPORTER = Importer(
    key="xmi", title="UIMA CAS XMI", suffixes=(".xmi", ".zip"), read=reader(_parser, ".xmi"), recognise=recognise,
    options=(ANNOTATOR,), annotated=True,
)  # fmt: skip
