"""Which spans and relations does a CAS hold? Of any layer; without a type system what points where is seen.

Every annotation but tokens, sentences and the document itself is a span: its label is the value that its layer gives
it, else the layer's name. Annotations that point at two others as governor and dependent, links with a role, and other
pointers are relations.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from annotations.errors import gettext_noop
from annotations.importers.base import Item
from annotations.importers.cas import Feature, Said, View
from annotations.importers.work import Reading, Work, titled

_STRUCTURE = {"Token", "Sentence", "Paragraph", "DocumentMetaData", "DocumentAnnotation", "TagsetDescription"}
_LISTS = {"FSArray", "FSList", "NonEmptyFSList", "EmptyFSList"}
_VALUES = (
    "value", "PosValue", "DependencyType", "label", "category", "identifier", "referenceType", "referenceRelation",
)  # fmt: skip
_GOVERNED = (("Governor", "Dependent"), ("Source", "Target"), ("source", "target"))
_INCEPTION = re.compile(r"(?:^|/)(?:annotation|curation)/([^/]+)/([^/]+)\.\w+\Z")


class Taken:
    """One text of a CAS with its annotations, on their way into a set."""

    def __init__(self, place: int, view: View, name: str) -> None:
        self.reading, self.name, self.unit = Reading(place, view.text), name, view.unit
        # INCEpTION exports a folder for each document with a file for each annotator.
        parts = _INCEPTION.search(name)
        self.document = parts[1] if parts else name
        self.work: Work = self.reading.work(annotator=parts[2][:40] if parts else None)
        self.elements: dict[str, Feature] = view.elements
        self.kinds: dict[str, str] = {}
        self.links: dict[str, tuple[str, str] | None] = {}

    def items(self) -> Iterator[Item]:
        """Takes spans in, then what points at them."""
        left = Counter(one.layer for one in self.elements.values() if one.placed and one.layer in _STRUCTURE)
        pointing = []
        for one in self.elements.values():
            if one.placed and one.layer not in _STRUCTURE and not self._ends(one):
                self._span(one)
            if one.layer not in _STRUCTURE:
                pointing.append(one)
        for one in pointing:
            self._relations(one)
        for layer, count in left.items():
            message = gettext_noop("{count} annotations of the layer {layer} were left out: they are made anew here.")
            self.reading.remark("structure", message, layer=layer, count=count)
        meta = {"file": self.name.rsplit("/", 1)[-1][:200]} if self.name else {}
        titles = tuple(titled(label, kind) for label, kind in sorted(self.kinds.items()))
        id = self.reading.id_of(self.document) if self.document else None
        yield from self.reading.items(id=id, meta=meta, labels=titles)

    def _scalars(self, one: Feature) -> dict[str, str]:
        """Returns the features that say something themselves."""
        return {
            name: value for name, value in one.features.items()
            if isinstance(value, str) and (name in one.plain or not self._points(value))
        }  # fmt: skip

    def _span(self, one: Feature) -> None:
        scalars = self._scalars(one)
        label = next((scalars.pop(name) for name in _VALUES if scalars.get(name)), one.layer)
        self.work.span(label, [(one.begin, one.end)], id=one.id, unit=self.unit, attributes=scalars)

    def _ends(self, one: Feature) -> tuple[str, str] | None:
        """Returns the two annotations that a relation layer joins; None for another layer."""
        for names in _GOVERNED:
            ends = [self._targets(one.may_point(name)) for name in names]
            if all(len(found) == 1 for found in ends):
                return ends[0][0], ends[1][0]
        return None

    def _targets(self, value: Said) -> Sequence[str]:
        """Returns the placed annotations that a feature's value points at; none where it is a plain value."""
        ids = _ids(value)
        return ids if all(id in self.elements and self.elements[id].placed for id in ids) else ()

    def _points(self, value: str) -> bool:
        """Whether a feature's value, if it has one, points: at annotations, at links to them, at lists of either.

        «5» may be a grade: what has the id 5 and can be no end of a relation, as a tag's description, is not meant.
        """
        return all(id in self.elements and _leads_on(self.elements[id]) for id in _ids(value))

    def _relations(self, one: Feature) -> None:
        if ends := self._ends(one):
            scalars = self._scalars(one)
            label = next((scalars[name] for name in _VALUES if scalars.get(name)), one.layer)
            if one.placed or one.id not in self.work.spans:
                self._join(label, *ends)
            return
        if not one.placed:
            return
        for name in one.features:
            value = one.may_point(name)
            for id in self._targets(value):
                self._join(name, one.id, id)
            for id in _ids(value):
                if link := self._link(id):
                    self._join(link[0] or name, one.id, link[1])

    def _link(self, id: str) -> tuple[str, str] | None:
        """Returns the role and the target of a link; None where it is none."""
        if id not in self.links:
            link = self.elements.get(id)
            targets = self._targets(link.may_point("target")) if link is not None and not link.placed else ()
            role = link.features.get("role") if link is not None else None
            self.links[id] = (role if isinstance(role, str) else "", targets[0]) if targets else None
        return self.links[id]

    def _join(self, label: str, head: str, tail: str) -> None:
        for id in (head, tail):
            one = self.elements[id]
            if id not in self.work.spans and one.layer in _STRUCTURE:
                self.work.span(one.layer, [(one.begin, one.end)], id=id, unit=self.unit)
        if self.work.relation(label, head, tail):
            self.kinds[label] = "relation"


def _leads_on(one: Feature) -> bool:
    return one.placed or "target" in one.features or one.layer in _LISTS


def _ids(value: Said) -> Sequence[str]:
    """Returns what a value points at if it does: the ids that it is, or the words of its text, as XMI writes them."""
    return value.split() if isinstance(value, str) else value
