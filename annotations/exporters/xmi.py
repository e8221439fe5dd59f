"""UIMA CAS as XMI, as INCEpTION and dkpro-cassis read it: a ZIP with a folder for each view, TypeSystem.xml beside it.

Entities are DKPro's NamedEntity, so that its layer shows them; claims, cues and expressions are Newsroom's own layer,
relations one that joins any two. Tokens and sentences come along. Offsets are UTF-16 units, as Java counts.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import count
from xml.sax.saxutils import quoteattr

import msgspec

from annotations.errors import gettext_noop
from annotations.exporters.archive import Member, readme, zipped
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.losses import Loss
from annotations.exporters.pairs import pairs
from annotations.exporters.placing import extents
from annotations.exporters.views import View, views
from annotations.exporters.words import Words
from annotations.exporters.xmi_types import NAMESPACES, TYPE_SYSTEM
from annotations.records import Record
from annotations.text.utf16 import Utf16Index

# What XML 1.0 can't hold, not even as a reference.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def write(records: Iterable[Record], writing: Writing) -> Iterator[bytes]:
    """Yields the ZIP, an article at a time."""
    return zipped(_members(records, writing))


def _members(records: Iterable[Record], writing: Writing) -> Iterator[Member]:
    yield readme("UIMA CAS XMI", "A folder for each view. Offsets are UTF-16 units.")
    yield "TypeSystem.xml", [TYPE_SYSTEM.encode()]
    for record in records:
        words = writing.words(record)
        for view in views(record):
            yield f"{view.file_name}/{record.id}.xmi", ["\n".join(_Cas(view, words, writing).lines()).encode()]
    yield "losses.jsonl", writing.losses.lines()


class _Cas:
    """One view on its way into an XMI file; every structure has a number, which the view lists."""

    def __init__(self, view: View, words: Words, writing: Writing) -> None:
        self.view, self.words, self.writing = view, words, writing
        self.units = Utf16Index(view.record.text).to_utf16
        self.numbers = count(2)
        self.members: list[int] = []

    def lines(self) -> Iterator[str]:
        """Yields the file."""
        record = self.view.record
        text = _ILLEGAL.sub(" ", record.text)
        if text != record.text:
            count = len(_ILLEGAL.findall(record.text))
            self.writing.losses.add(Loss("illegal", record.id, self.view.set_id, count=count))
        yield '<?xml version="1.0" encoding="UTF-8"?>'
        spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in NAMESPACES.items())
        yield f'<xmi:XMI {spaces} xmi:version="2.0">'
        yield '<cas:NULL xmi:id="0"/>'
        yield self._element(
            "meta:DocumentMetaData", 0, len(text), language=record.language, documentId=record.id,
            documentTitle=record.id, isLastSegment="false",
        )  # fmt: skip
        for start, end in self.words.tokens:
            yield self._element("segmentation:Token", start, end)
        for start, end in self.words.sentences:
            yield self._element("segmentation:Sentence", start, end)
        yield from self._annotations()
        yield (f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString={_quoted(text)}/>')
        yield f'<cas:View sofa="1" members="{" ".join(map(str, self.members))}"/>'
        yield "</xmi:XMI>\n"

    def _annotations(self) -> Iterator[str]:
        kinds, entities, losses = self.view.kinds, self.view.entity_ids, self.writing.losses
        placed: dict[str, tuple[int, int, int]] = {}
        for span, start, end in extents(self.view, losses):
            entity = entities.get(span.entity or "", "")
            if kinds[span.label] == "entity":
                line = self._element("ner:NamedEntity", start, end, value=span.label, identifier=entity)
                if span.attributes:
                    given = (self.view.record.id, self.view.set_id, span.id, span.label, span.quote)
                    losses.add(Loss("attributes", *given, was=span.attributes, count=len(span.attributes)))
            else:
                line = self._element(
                    "custom:NewsroomSpan", start, end, value=span.label, identifier=entity,
                    attributes=_json(span.attributes),
                )  # fmt: skip
            placed[span.id] = (self.members[-1], start, end)
            yield line
        for pair in pairs(self.view, losses):
            (head, _start, _end), (tail, start, end) = placed[pair.head], placed[pair.tail]
            yield self._element(
                "custom:NewsroomRelation", start, end, value=pair.label, Governor=str(head), Dependent=str(tail),
                attributes=_json(pair.attributes),
            )  # fmt: skip

    def _element(self, name: str, start: int, end: int, **features: str) -> str:
        number = next(self.numbers)
        self.members.append(number)
        place = f'xmi:id="{number}" sofa="1" begin="{self.units(start)}" end="{self.units(end)}"'
        given = "".join(f" {key}={_quoted(_ILLEGAL.sub(' ', value))}" for key, value in features.items() if value)
        return f"<{name} {place}{given}/>"


def _quoted(value: str) -> str:
    return quoteattr(value, _ESCAPED)


def _json(value: dict[str, object]) -> str:
    return msgspec.json.encode(value, order="deterministic").decode() if value else ""


EXPORTER = Exporter(
    key="xmi", title=gettext_noop("UIMA CAS XMI, with its type system"), suffix="xmi.zip",
    media_type="application/zip", writer=write, reports=frozenset({"attributes"}),
    carries=frozenset({"spans", "characters", "nested", "entities", "relations", "sets"}),
)  # fmt: skip
