"""brat standoff: a ZIP of texts (.txt) with their annotations (.ann) beside them.

Spans (T) with their fragments, relations (R), equivalences (*), events (E) as relations from the trigger to each of its
arguments, attributes (A, M) on spans and on triggers, references (N) as entities. Notes (#) have no place here.
"""

import re
from collections.abc import Iterator, Mapping
from typing import IO

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.annotator import ANNOTATOR, by_annotator
from annotations.importers.base import Importer, Item, Unreadable
from annotations.importers.frame import CODE_POINT, OFFSETS
from annotations.importers.limits import MOST_TEXT
from annotations.importers.unpacking import Unpackable, open_archive, unpacked
from annotations.importers.work import Reading, Work, titled, unreadable
from annotations.records import EntityRecord
from annotations.text.freeze import decode_utf8

# How an .ann begins.
_LINE = re.compile(rb"(?:\xef\xbb\xbf)?(?:[TREAMN#]\d+|\*)\t\S")
_SPAN = re.compile(r"(?P<label>\S+) (?P<pieces>\d+ \d+(?:;\d+ \d+)*)\Z")
_ARGUMENT = re.compile(r"(?P<role>[^\s:]+):(?P<id>\S+)")
_TWO = re.compile(r"(?P<label>\S+)\s+[^\s:]+:(?P<head>\S+)\s+[^\s:]+:(?P<tail>\S+)\s*\Z")
_EVENT = re.compile(r"(?P<label>[^\s:]+):(?P<trigger>T\S*)(?P<arguments>.*)\Z")


@by_annotator
def read(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
    """Yields each text that has an .ann beside it, in the order of their names; the place is their number."""
    unit = str(options.get(OFFSETS.key) or CODE_POINT)
    if _LINE.match(file.read(1000)):
        message = gettext_noop(
            "These are annotations without their text. Pack the .ann and the .txt of the same name into a ZIP."
        )
        yield 1, Unreadable(place=1, code="text_missing", message=message)
        return
    try:
        archive = open_archive(file)
    except Unpackable as error:
        yield 1, unreadable(1, error)
        return
    entries = {entry.filename: entry for entry in archive.infolist() if not entry.filename.startswith("__MACOSX/")}
    pairs = sorted(name for name in entries if name.endswith(".ann") and f"{name[:-4]}.txt" in entries)
    alone = sorted(name for name in entries if name.endswith(".ann") and f"{name[:-4]}.txt" not in entries)
    for place, name in enumerate(pairs, 1):
        try:
            both = (entries[f"{name[:-4]}.txt"], entries[name])
            text, lines = (decode_utf8(b"".join(unpacked(archive, entry, most=MOST_TEXT))) for entry in both)
            yield from _items(place, text, lines, name=name[:-4], unit=unit)
        except NewsroomError as error:
            yield place, unreadable(place, error)
    for place, name in enumerate(alone, len(pairs) + 1):
        message = gettext_noop("«{member}» has no text beside it.")
        yield place, Unreadable(place=place, code="text_missing", message=message, data={"member": name[-200:]})
    if not pairs and not alone:
        message = gettext_noop("The archive holds no .ann files.")
        yield 1, Unreadable(place=1, code="empty", message=message)


def _items(place: int, text: str, lines: str, *, name: str, unit: str) -> Iterator[Item]:
    reading = Reading(place, text)
    document = _Document(reading.work(), unit)
    document.read([line for line in lines.splitlines() if line.strip()])
    titles = tuple(titled(label, kind) for label, kind in sorted(document.kinds.items()))
    yield from reading.items(id=reading.id_of(name), meta={"file": name.rsplit("/", 1)[-1][:200]}, labels=titles)


class _Document:
    """The lines of one .ann, kind by kind: what others stand on comes first."""

    def __init__(self, work: Work, unit: str) -> None:
        self.work, self.unit = work, unit
        self.triggers: dict[str, str] = {}
        self.kinds: dict[str, str] = {}

    def read(self, lines: list[str]) -> None:
        """Takes all lines in."""
        steps = {"T": self._span, "E": self._trigger, "R": self._relation, "*": self._alike}
        steps |= {"A": self._attribute, "M": self._attribute, "N": self._reference, "#": self._note}
        for kinds in ("T", "E", "R*", "AMN#"):
            for line in lines:
                if line[0] in kinds:
                    id, _tab, rest = line.partition("\t")
                    steps[line[0]](id, rest)
        for line in lines:
            if line[0] == "E":
                self._arguments(line.partition("\t")[2])
            elif line[0] not in steps:
                self._unknown(line)

    def _unknown(self, line: str) -> None:
        message = gettext_noop("A line that is none of brat's was left out: «{line}»")
        self.work.remark("line_unknown", message, line=line[:60])

    def _span(self, id: str, rest: str) -> None:
        given, _tab, quote = rest.partition("\t")
        found = _SPAN.match(given)
        if found is None:
            self._unknown(f"{id}\t{rest}")
            return
        pieces = [tuple(map(int, piece.split())) for piece in found["pieces"].split(";")]
        self.work.span(found["label"], pieces, id=id, quote=quote or None, unit=self.unit)  # type: ignore[arg-type]

    def _trigger(self, id: str, rest: str) -> None:
        if found := _EVENT.match(rest):
            self.triggers[id] = found["trigger"]

    def _arguments(self, rest: str) -> None:
        """Joins an event's trigger to each argument; an argument that is an event stands for its trigger."""
        found = _EVENT.match(rest)
        if found is None:
            self._unknown(rest)
            return
        for argument in _ARGUMENT.finditer(found["arguments"]):
            role = argument["role"]
            if self.work.relation(role, found["trigger"], self.triggers.get(argument["id"], argument["id"])):
                self.kinds[role] = "relation"

    def _relation(self, id: str, rest: str) -> None:
        found = _TWO.match(rest)
        if found is None:
            self._unknown(f"{id}\t{rest}")
            return
        ends = (self.triggers.get(found[end], found[end]) for end in ("head", "tail"))
        if self.work.relation(found["label"], *ends):
            self.kinds[found["label"]] = "relation"

    def _alike(self, _id: str, rest: str) -> None:
        """An equivalence joins each member to the first."""
        label, *members = rest.split()
        for member in members[1:]:
            if self.work.relation(label, members[0], member):
                self.kinds[label] = "relation"

    def _attribute(self, id: str, rest: str) -> None:
        name, _space, more = rest.partition(" ")
        of, _space, value = more.partition(" ")
        span = self.work.spans.get(self.triggers.get(of, of))
        if span is None or name in span.attributes:
            message = gettext_noop("The attribute {id} ({name}) was left out: nothing here holds it.")
            self.work.remark("attribute_placeless", message, id=id[:20], name=name[:40])
        else:
            span.attributes[name] = value.strip() or True

    def _reference(self, id: str, rest: str) -> None:
        given, _tab, name = rest.partition("\t")
        _label, _space, more = given.partition(" ")
        of, _space, reference = more.partition(" ")
        span = self.work.spans.get(of)
        if span is None or not reference or span.entity is not None:
            message = gettext_noop("The reference {id} was left out: nothing here holds it.")
            self.work.remark("reference_placeless", message, id=id[:20])
            return
        key = reference.strip()[:80]
        entity = EntityRecord(
            key=key, label="", name=(name or span.quote)[:300], name_en="", external_id=key, aliases=()
        )
        self.work.record.entities.setdefault(key, entity)
        self.work.link(of, key)

    def _note(self, id: str, rest: str) -> None:
        message = gettext_noop("The note {id} was left out: «{text}»")
        self.work.remark("note", message, id=id[:20], text=rest[:60])


def recognise(name: str, head: bytes) -> int:
    """An archive among whose first files is an .ann; one alone is known, so that it can be said what it needs."""
    if head.startswith(b"PK\x03\x04"):
        return 3 * (b".ann" in head)
    return 2 * (name.lower().endswith(".ann") and _LINE.match(head) is not None)


IMPORTER = Importer(
    key="brat", title="brat (ZIP)", suffixes=(".zip",), read=read, recognise=recognise, options=(OFFSETS, ANNOTATOR),
    annotated=True,
)  # fmt: skip
