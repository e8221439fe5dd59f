"""brat standoff: a ZIP with a folder for each view, and the configuration that shows it from right to left.

Spans keep their pieces; offsets are code points of the .txt. Relations join two spans: a third end is a relation of its
own («attribution_cue»). What brat can't say of an attribute, blanks for one, stands in a note as JSON.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from annotations.errors import gettext_noop
from annotations.exporters.archive import Member, readme, zipped
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.brat_config import BratConfig, stored
from annotations.exporters.pairs import pairs
from annotations.exporters.views import View, views
from annotations.records import Record, SpanRecord

_SAYABLE = re.compile(r"[^\s,|:]+\Z")
_WIKIDATA = re.compile(r"[QPL]\d+\Z")


def write(records: Iterable[Record], writing: Writing) -> Iterator[bytes]:
    """Yields the ZIP, an article at a time."""
    return zipped(_members(records, writing))


def _members(records: Iterable[Record], writing: Writing) -> Iterator[Member]:
    # Readers look for the .ann of every .txt.
    said = "Unpack into brat's data folder. Offsets are Unicode code points of the .txt."
    yield readme("brat standoff", said, name="README")
    config = BratConfig()
    for record in records:
        for view in views(record):
            name = f"{view.file_name}/{record.id}"
            yield f"{name}.txt", [record.text.encode()]
            yield f"{name}.ann", ["".join(_Lines(view, writing, config).all()).encode()]
    yield "annotation.conf", [config.annotation().encode()]
    yield "visual.conf", [config.visual().encode()]
    yield "losses.jsonl", writing.losses.lines()


class _Lines:
    """The lines of one .ann, numbered kind by kind."""

    def __init__(self, view: View, writing: Writing, config: BratConfig) -> None:
        self.view, self.writing, self.config = view, writing, config
        self.attributes = self.notes = 0

    def all(self) -> Iterator[str]:
        """Yields spans with what is said of them, then relations."""
        entities, names = self.view.entity_ids, {one.key: one.name for one in self.view.record.entities}
        numbers: dict[str, str] = {}
        for number, span in enumerate(self.view.spans, 1):
            numbers[span.id] = f"T{number}"
            yield self._span(numbers[span.id], span)
            yield from self._said(numbers[span.id], span.label, span.attributes)
            if span.entity:
                base = "Wikidata" if _WIKIDATA.match(entities[span.entity]) else "Newsroom"
                key = re.sub(r"\s", "_", entities[span.entity])
                yield f"N{number}\tReference T{number} {base}:{key}\t{_line(names[span.entity])}\n"
        said: set[str] = set()
        for number, pair in enumerate(pairs(self.view, self.writing.losses), 1):
            self.config.relation(pair.label)
            yield f"R{number}\t{stored(pair.label)} Arg1:{numbers[pair.head]} Arg2:{numbers[pair.tail]}\n"
            if pair.id not in said:
                said.add(pair.id)
                yield from self._said(f"R{number}", pair.label, pair.attributes)

    def _span(self, id: str, span: SpanRecord) -> str:
        self.config.span(span.label, self.view.record)
        pieces = ";".join(f"{start} {end}" for start, end in span.ranges)
        quote = " ".join(self.view.record.text[start:end] for start, end in span.ranges)
        return f"{id}\t{stored(span.label)} {pieces}\t{_line(quote)}\n"

    def _said(self, id: str, label: str, attributes: dict[str, Any]) -> Iterator[str]:
        left = {}
        for name, value in attributes.items():
            said = value if isinstance(value, str) else msgspec.json.encode(value).decode()
            if value is not True and not _SAYABLE.match(said):
                left[name] = value
                continue
            self.attributes += 1
            self.config.attribute(name, None if value is True else said)
            yield f"A{self.attributes}\t{stored(name)} {id}{'' if value is True else f' {said}'}\n"
        if left:
            self.notes += 1
            yield f"#{self.notes}\tAnnotatorNotes {id}\t{msgspec.json.encode(left, order='deterministic').decode()}\n"


def _line(text: str) -> str:
    """Returns a text as brat quotes it: in one line, of the same length."""
    return re.sub(r"[\n\t\r]", " ", text)


EXPORTER = Exporter(
    key="brat", title=gettext_noop("brat standoff, with its configuration"), suffix="brat.zip",
    media_type="application/zip", writer=write,
    carries=frozenset({
        "spans", "characters", "nested", "discontinuous", "attributes", "entities", "relations", "sets",
    }),
)  # fmt: skip
