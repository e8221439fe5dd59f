"""What stands in an XMI file? The texts of its views, and feature structures with what they hold, by id."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.limits import MOST_RECORD

_ID = "{http://www.omg.org/XMI}id"
_OWN = {_ID, "sofa", "begin", "end"}


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature structure: its layer, where it stands if anywhere (as the file says), its features as text."""

    id: str
    layer: str
    begin: int | None
    end: int | None
    features: dict[str, str]

    @property
    def placed(self) -> bool:
        """Whether it stands at a place of a text."""
        return self.begin is not None and self.end is not None


@dataclass(slots=True)
class View:
    """A text (sofa) and all feature structures that are in it or in no view."""

    text: str
    elements: dict[str, Feature] = field(default_factory=dict)


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
    return [
        View(text, {one.id: one for of, one in found if of in (sofa, "") or of not in texts})
        for sofa, text in texts.items()
    ]


def _root(content: bytes) -> Any:
    from lxml import etree

    if len(content) > MOST_RECORD:
        message = gettext_noop("The file has more than {most} bytes.")
        raise NewsroomError(code="too_large", message=message, data={"most": MOST_RECORD})
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


def _features(element: Any) -> Iterator[tuple[str, str]]:
    yield from ((name, value) for name, value in element.attrib.items() if name not in _OWN)
    children: dict[str, list[str]] = {}
    for child in element:
        if isinstance(child.tag, str):
            children.setdefault(child.tag, []).append(child.text or "")
    yield from ((name, " ".join(values)) for name, values in children.items())


def _number(given: str | None) -> int | None:
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 10 else None
