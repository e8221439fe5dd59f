"""spaCy's `DocBin`: a ZIP of folders that `spacy train` takes as they are, one for each view.

A `.spacy` file is read whole, so a folder has one for each `DOCUMENTS` articles. `doc.ents` holds entities, the
outermost where they overlap; `doc.spans["sc"]` all spans; `doc.user_data` spans, relations and metadata as they are.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from annotations.errors import gettext_noop
from annotations.exporters.archive import Member, readme, zipped
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.placing import Placed
from annotations.exporters.spacy_parts import GROUP, Parts, parts
from annotations.exporters.views import views
from annotations.records import Record

DOCUMENTS = 200
# What spaCy would save beside these is empty here: tags, lemmas, heads, morphology.
_SAVED = ("ORTH", "SPACY", "SENT_START", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID")


def write(records: Iterable[Record], writing: Writing) -> Iterator[bytes]:
    """Yields the ZIP; of each view the articles of one file are held in memory."""
    return zipped(_members(records, writing))


def _members(records: Iterable[Record], writing: Writing) -> Iterator[Member]:
    yield readme("spaCy DocBin", "A folder for each view: python -m spacy train … --paths.train gold")
    waiting: dict[str, _File] = {}
    begun: Counter[str] = Counter()
    for record in records:
        words = writing.words(record)
        for view in views(record):
            name = view.file_name
            if name not in waiting:
                begun[name] += 1
                waiting[name] = _File(f"{name}/{begun[name]:06}.spacy")
            waiting[name].add(parts(view, words, writing.losses))
            if len(waiting[name].docs) == DOCUMENTS:
                yield waiting.pop(name).member()
    for name in sorted(waiting):
        yield waiting[name].member()
    yield "losses.jsonl", writing.losses.lines()


class _File:
    """A file on its way; its vocabulary ends with it."""

    def __init__(self, name: str) -> None:
        from spacy.tokens import DocBin
        from spacy.vocab import Vocab

        self.name, self.vocab = name, Vocab()
        self.docs = DocBin(attrs=_SAVED, store_user_data=True)

    def member(self) -> Member:
        """Returns the file as a part of a ZIP."""
        return self.name, [self.docs.to_bytes()]

    def add(self, made: Parts) -> None:
        """Takes a view in."""
        from spacy.tokens import Doc

        starts: list[bool | int | None] = [False] * len(made.words)
        for first in made.sentences:
            starts[first] = True
        doc = Doc(self.vocab, words=made.words, spaces=made.spaces, sent_starts=starts, user_data=dict(made.user_data))
        keys = made.entity_ids
        doc.spans[GROUP] = [self._span(doc, made, one, keys) for one in made.spans]
        doc.set_ents([self._span(doc, made, one, keys) for one in made.ents])
        doc.cats = made.cats
        self.docs.add(doc)

    def _span(self, doc: Any, made: Parts, one: Placed, keys: dict[str, str]) -> Any:
        from spacy.tokens import Span

        first, last = made.range(one)
        return Span(doc, first, last, label=one.label, span_id=one.span.id, kb_id=keys.get(one.span.entity or "", ""))


EXPORTER = Exporter(
    key="spacy", title=gettext_noop("spaCy DocBin"), suffix="spacy.zip", media_type="application/zip", library="spacy",
    carries=frozenset({"spans", "attributes", "entities", "relations", "ends", "labels", "sets", "meta"}),
    writer=write,
)  # fmt: skip
