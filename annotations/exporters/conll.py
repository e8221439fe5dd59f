"""CoNLL columns: a token a line with its IOB2 or IOBES tag, a ZIP with one file for each view, kind and layer.

A column holds one tag for a token: `gold/entity.conll` has what lies outermost, `gold/entity-2.conll` what lies in it.
Every file of a view has all its articles, so that files can be read side by side. Spellings: CoNLL-2003's four columns,
PEYMA's `token|B_PER`, ARMAN's `token B-pers`.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from annotations.errors import gettext_noop
from annotations.exporters.archive import Member, readme, zipped
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.placing import Placed, apart, placed
from annotations.exporters.spool import content_of
from annotations.exporters.tags import ARMAN, CONLL, PEYMA, SCHEME, SPELLING, named, tags
from annotations.exporters.views import View, views
from annotations.exporters.words import Words
from annotations.records import Record

DOCUMENT = "-DOCSTART- -X- -X- O\n\n"
_BETWEEN = {PEYMA: "|", ARMAN: " "}


def write(records: Iterable[Record], writing: Writing) -> Iterator[bytes]:
    """Yields the ZIP; columns wait in files, for a ZIP takes one file after the other."""
    with tempfile.TemporaryDirectory(prefix="newsroom-conll-") as folder:
        yield from zipped(_members(records, writing, Path(folder)), large=True)


def _members(records: Iterable[Record], writing: Writing, folder: Path) -> Iterator[Member]:
    yield readme(
        "CoNLL columns", f"Tags: {writing.options['scheme']}, spelled as {writing.options['spelling']}.",
        "A folder for each view; a file for each kind of span, further ones (-2, -3) for spans that overlap.",
    )  # fmt: skip
    columns: dict[str, _Columns] = {}
    for record in records:
        words = writing.words(record)
        for view in views(record):
            name = view.file_name
            if name not in columns:
                columns[name] = _Columns(folder / str(len(columns)), writing)
            columns[name].add(view, words)
    for name in sorted(columns):
        for layer, path in columns[name].files():
            yield f"{name}/{layer}.conll", content_of(path)
    yield "losses.jsonl", writing.losses.lines()


class _Columns:
    """The files of one view, on their way: one for each layer met so far, and one without tags for those to come."""

    def __init__(self, folder: Path, writing: Writing) -> None:
        self.folder, self.writing = folder, writing
        self.scheme, self.spelling = writing.options["scheme"], writing.options["spelling"]
        self.between = _BETWEEN.get(self.spelling, " _ _ ")
        self.joint = "_" if self.spelling == PEYMA else "-"
        self.layers: set[str] = set()
        folder.mkdir()

    @property
    def _untagged(self) -> Path:
        return self.folder / "untagged"

    def add(self, view: View, words: Words) -> None:
        """Writes an article to all files; a layer that is new begins with the articles before, without tags."""
        found = self._layers(view, words)
        for layer in sorted(found.keys() - self.layers):
            if self._untagged.exists():
                shutil.copyfile(self._untagged, self.folder / layer)
            self.layers.add(layer)
        sentences = list(self._sentences(view, words))
        for layer in [*self.layers, self._untagged.name]:
            written = tags(len(words.tokens), found.get(layer, []), scheme=self.scheme, joint=self.joint)
            with (self.folder / layer).open("a", encoding="utf-8", newline="") as file:
                if self.spelling == CONLL:
                    file.write(DOCUMENT)
                for first, forms in sentences:
                    lines = zip(forms, written[first : first + len(forms)], strict=True)
                    file.write("".join([f"{form}{tag}\n" for form, tag in lines]) + "\n")

    def files(self) -> list[tuple[str, Path]]:
        """Returns the layers in order, each with its file; where there was no span, the one without tags."""
        return [(layer, self.folder / layer) for layer in sorted(self.layers) or [self._untagged.name]]

    def _layers(self, view: View, words: Words) -> dict[str, list[tuple[Placed, str]]]:
        losses, kinds = self.writing.losses, view.kinds
        by_kind: dict[str, list[tuple[Placed, str]]] = {}
        for one, label in named(view, placed(view, words, losses), self.spelling, losses):
            by_kind.setdefault(kinds[one.label], []).append((one, label))
        found = {}
        for kind, spans in by_kind.items():
            for depth, layer in enumerate(apart(spans), 1):
                found[kind if depth == 1 else f"{kind}-{depth}"] = layer
                if depth > 1:
                    for one, _label in layer:
                        losses.add(view.loss("layered", one.span))
        return found

    def _sentences(self, view: View, words: Words) -> Iterator[tuple[int, list[str]]]:
        """Yields each sentence: the number of its first token, and of each token all of its line but the tag."""
        text = view.record.text
        for first, last in words.sentence_tokens():
            tokens = ("".join(text[start:end].split()) for start, end in words.tokens[first:last])
            yield first, [token + self.between for token in tokens]


EXPORTER = Exporter(
    key="conll", title=gettext_noop("CoNLL columns (IOB2, IOBES; PEYMA, ARMAN)"), suffix="conll.zip",
    media_type="application/zip", carries=frozenset({"spans", "sets"}), writer=write, options=(SCHEME, SPELLING),
)  # fmt: skip
