"""W3C Web Annotations (JSON-LD): single ones, lists, pages and collections, with the texts that they are about.

An annotation names its text and does not hold it: so the file is a ZIP of annotations with their texts (.txt) beside
them, or an object with `text` and `annotations`, or each target's source has its text as `value`.
"""

import re
import tempfile
from collections.abc import Iterator, Mapping
from typing import IO, Any

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.annotator import ANNOTATOR, by_annotator
from annotations.importers.base import HEAD, Importer, Item, Unreadable
from annotations.importers.found import clean
from annotations.importers.frame import OFFSETS
from annotations.importers.limits import MIB, MOST_TEXT
from annotations.importers.objects import dicts, first_objects, objects
from annotations.importers.shelf import Shelf
from annotations.importers.unpacking import open_archive, unpacked
from annotations.importers.w3c_document import Document, targets
from annotations.importers.work import unreadable
from annotations.registry import CODE_POINT
from annotations.text.freeze import decode_utf8

_IN_MEMORY = 8 * MIB
_MAGIC = b"PK\x03\x04"
_CONTEXT = b"www.w3.org/ns/anno"
_LISTS = ("annotations", "items", "resources", "first")
_DEEPEST = 8


@by_annotator
def read(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
    """Yields each text with all its annotations, a set for each creator; the place is the text's number."""
    unit = str(options.get(OFFSETS.key) or CODE_POINT)
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
        sources = _Sources(Shelf(spool))
        place = wrong = 0
        for problem in sources.fill(file):
            wrong += 1
            yield 1, problem
        for place, source in enumerate(sources.shelf.places, 1):
            try:
                text = sources.text(source)
                if text is None:
                    yield place, _textless(place, source, len(sources.shelf.places[source]))
                else:
                    document = Document(place, text, source, unit)
                    document.take(list(sources.shelf.take(source)))
                    yield from document.items()
            except NewsroomError as error:
                yield place, unreadable(place, error)
        if not place and not wrong:
            yield 1, Unreadable(place=1, code="empty", message=gettext_noop("The file holds no annotations."))


def _textless(place: int, source: str, count: int) -> Unreadable:
    message = gettext_noop("{count} annotations of «{source}» were left out: its text is not in the file.")
    return Unreadable(place=place, code="text_missing", message=message, data={"source": source[:200], "count": count})


class _Sources:
    """The annotations of a file by the text that they are about, and those texts."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf, self.texts = shelf, Shelf(shelf.file)
        self.names: dict[str, str] = {}

    def fill(self, file: IO[bytes]) -> Iterator[Unreadable]:
        """Takes in all of a file and yields what is wrong with it."""
        start = file.read(len(_MAGIC))
        file.seek(0)
        if start != _MAGIC:
            yield from self._annotations(file)
            return
        try:
            archive = open_archive(file)
            for entry in archive.infolist():
                name = entry.filename
                if entry.is_dir() or name.startswith("__MACOSX/"):
                    continue
                if name.endswith(".txt"):
                    content = decode_utf8(b"".join(unpacked(archive, entry, most=MOST_TEXT)))
                    self._text(name, clean(content))
                elif name.endswith((".json", ".jsonld", ".jsonl")):
                    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as member:
                        for piece in unpacked(archive, entry):
                            member.write(piece)
                        member.seek(0)
                        yield from self._annotations(member)
        except NewsroomError as error:
            yield unreadable(1, error)

    def _annotations(self, file: IO[bytes]) -> Iterator[Unreadable]:
        for _place, record in objects(file):
            if isinstance(record, Unreadable):
                yield Unreadable(
                    place=1, code=record.code, message=record.message, data=record.data | {"record": record.place}
                )
            else:
                yield from self._add(clean(record), None, 0)

    def _add(
        self, record: dict[str, Any], text: str | None, depth: int, known: dict[str, str] | None = None
    ) -> Iterator[Unreadable]:
        """Lays down an annotation, or all those in what holds them; the text beside them is theirs.

        One that is about another of the same page, `known` by its id, is about that one's text.
        """
        inner = [one for name in _LISTS for one in (dicts(record.get(name)) or dicts([record.get(name)]))]
        if isinstance(record.get("text"), str) and inner:
            text = f"#{len(self.names) + 1}"
            self._text(text, record["text"])
        if depth < _DEEPEST and inner:
            known = {}
            for one in inner:
                yield from self._add(one, text, depth + 1, known)
            return
        source = text or self._source(record)
        if known is not None and source is not None:
            source = known.get(source, source)
            known[str(record.get("id") or source)] = source
        if record.get("type") == "AnnotationCollection":
            message = gettext_noop("The collection only names its pages, which are not in the file.")
            yield Unreadable(place=1, code="pages_missing", message=message)
        elif source is None:
            message = gettext_noop("An annotation without a target was left out.")
            yield Unreadable(place=1, code="target_missing", message=message, data={"id": str(record.get("id"))[:200]})
        else:
            self.shelf.put(source, record)

    def _source(self, annotation: dict[str, Any]) -> str | None:
        for target in targets(annotation):
            source = target.get("source") or target if isinstance(target, dict) else target
            if isinstance(source, dict):
                name = str(source.get("id") or "")
                if isinstance(source.get("value"), str):
                    name = name or f"#{len(self.names) + 1}"
                    self._text(name, source["value"])
                source = name
            if isinstance(source, str) and source:
                return source
        return None

    def _text(self, name: str, text: str) -> None:
        """Keeps a text under its name and under what is left of it without folders and suffix."""
        if name not in self.names:
            self.texts.put(name, {"text": text})
        for known in (name, _last(name)):
            self.names.setdefault(known, name)

    def text(self, source: str) -> str | None:
        """Returns the text that a source names: by its whole name, or by the last part of it."""
        name = self.names.get(source) or self.names.get(_last(source))
        return None if name is None else next(self.texts.take(name))["text"]


def _last(name: str) -> str:
    return re.split(r"[/:]", name.split("#", 1)[0].split("?", 1)[0].rstrip("/"))[-1].removesuffix(".txt") or name


def recognise(name: str, head: bytes) -> int:
    """JSON that names the data model's context, or annotations with a target; a ZIP that holds .jsonld."""
    if head.startswith(_MAGIC):
        return 3 * (b".jsonld" in head)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return int(name.lower().endswith(".jsonld"))
    if _CONTEXT in head[:HEAD]:
        return 3
    found = first_objects(head)
    return 2 * (bool(found) and all("target" in record and "body" in record for record in found))


IMPORTER = Importer(
    key="w3c", title="W3C Web Annotation", suffixes=(".jsonld", ".json", ".jsonl", ".zip"), read=read,
    recognise=recognise, options=(OFFSETS, ANNOTATOR), annotated=True,
)  # fmt: skip
