"""UIMA CAS as XMI, as INCEpTION and DKPro write it: one file, or a ZIP of many with or without their type system.

Offsets are UTF-16 units. No type system is needed: what points where is seen in the file.
"""

from collections.abc import Iterator
from typing import Any

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.annotator import ANNOTATOR
from annotations.importers.base import Importer
from annotations.importers.cas import Feature, Said, View, views
from annotations.importers.cas_files import MAGIC, reader

_ID = "{http://www.omg.org/XMI}id"
_OWN = {_ID, "sofa", "begin", "end"}


def parse(content: bytes) -> list[View]:
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
            found.append((element.get("sofa", ""), Feature(id, layer, begin, end, dict(_features(element)))))
    if not texts:
        raise NewsroomError(code="empty", message=gettext_noop("The file holds no text."))
    return views(texts, found)


def _root(content: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        message = gettext_noop("The file is no XML: {problem}")
        raise NewsroomError(code="not_xml", message=message, data={"problem": str(error)[:120]}) from error
    if root.getroottree().docinfo.doctype:
        raise NewsroomError(code="has_doctype", message=gettext_noop("The file defines entities of its own."))
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
    key="xmi", title="UIMA CAS XMI", suffixes=(".xmi", ".zip"), read=reader(parse, ".xmi"), recognise=recognise,
    options=(ANNOTATOR,), annotated=True,
)  # fmt: skip
