"""Which features of a CAS say something themselves, and which point? Its type system knows, where it comes along.

XMI writes both as text: «5» is a grade, or the annotation with the number 5. Source: the UIMA type system descriptor.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from annotations.errors import NewsroomError, gettext_noop

# The ranges whose values are no ids; subtypes of String are, too.
_PLAIN = {"String", "Integer", "Long", "Short", "Byte", "Float", "Double", "Boolean"}
_ARRAYS = {f"{name}{kind}" for name in _PLAIN for kind in ("Array", "List")}
_RANGES = {f"uima.cas.{name}" for name in _PLAIN | _ARRAYS}
_NAMESPACE = re.compile(r"http:///(.*)\.ecore\Z")
# The names of features by the name of their type, as XMI's namespaces and elements give it.
PlainFeatures = Mapping[str, frozenset[str]]


def plain_features(roots: Iterable[Any]) -> PlainFeatures:
    """Returns for each type that the descriptors define its features that are plain values, inherited ones included."""
    parents: dict[str, str] = {}
    ranges: dict[str, dict[str, str]] = {}
    for root in roots:
        for one in root.iterfind(".//{*}typeDescription"):
            name = (one.findtext("{*}name") or "").strip()
            parents[name] = (one.findtext("{*}supertypeName") or "").strip()
            for feature in one.iterfind("{*}features/{*}featureDescription"):
                said = (feature.findtext(f"{{*}}{tag}") or "" for tag in ("name", "rangeTypeName"))
                known, of = (part.strip() for part in said)
                ranges.setdefault(name, {})[known] = of
    return {name: frozenset(_plain(name, parents, ranges)) for name in parents}


def _plain(name: str, parents: dict[str, str], ranges: dict[str, dict[str, str]]) -> set[str]:
    return {
        feature
        for of in _line(name, parents)
        for feature, said in ranges.get(of, {}).items()
        if not _RANGES.isdisjoint(_line(said, parents))
    }


def _line(name: str, parents: dict[str, str]) -> list[str]:
    """Returns a type and those it inherits from; a descriptor that goes round in circles is followed once."""
    line: list[str] = []
    while name and name not in line:
        line.append(name)
        name = parents.get(name, "")
    return line


def type_of(tag: str) -> str:
    """Returns the name of the type that an XMI element is of."""
    namespace, _, layer = tag.removeprefix("{").rpartition("}")
    found = _NAMESPACE.match(namespace)
    package = found[1].replace("/", ".") if found else ""
    return layer if package in ("", "uima.noNamespace") else f"{package}.{layer}"


def root_of(content: bytes) -> Any:
    """Parses XML from elsewhere: nothing is fetched or expanded, and it defines no entities. Raises NewsroomError."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        message = gettext_noop("The file is no XML: {problem}")
        raise NewsroomError(code="not_xml", message=message, data={"problem": str(error)[:120]}) from error
    if root.getroottree().docinfo.doctype:
        raise NewsroomError(code="has_doctype", message=gettext_noop("The file defines entities of its own."))
    return root
