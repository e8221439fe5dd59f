"""spaCy as JSON Lines: text, words and spaces, entities and span groups by character; ten lines make a `Doc` of it."""

from collections.abc import Iterable, Iterator

from annotations.errors import gettext_noop
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.jsonl import json_lines
from annotations.exporters.spacy_parts import GROUP, parts
from annotations.exporters.views import views
from annotations.records import Record


def write(records: Iterable[Record], writing: Writing) -> Iterator[bytes]:
    """Yields a line for each view; offsets are code points, as spaCy's are."""
    return json_lines(_rows(records, writing))


def _rows(records: Iterable[Record], writing: Writing) -> Iterator[dict[str, object]]:
    for record in records:
        words = writing.words(record)
        for view in views(record):
            made = parts(view, words, writing.losses)
            spans = [[one.start, one.end, one.label] for one in made.spans]
            yield {
                "text": record.text,
                "words": made.words,
                "spaces": made.spaces,
                "entities": [[one.start, one.end, one.label] for one in made.ents],
                "spans": {GROUP: spans},
                "cats": made.cats,
                "meta": view.meta,
            }


EXPORTER = Exporter(
    key="spacy-jsonl", title=gettext_noop("spaCy JSONL"), suffix="jsonl", media_type="application/x-ndjson",
    carries=frozenset({"spans", "labels", "sets", "meta"}), writer=write,
)  # fmt: skip
