"""Prodigy's JSONL: a line for each view, with tokens, spans on them and relations between them.

Tokens make up the text, blanks included, as Prodigy needs for relations; `token_end` is inclusive. A relation's end is
the last token of its span, with the whole span beside it. Attributes and links stay on the spans as keys of their own.
"""

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any

from annotations.errors import gettext_noop
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.jsonl import json_lines
from annotations.exporters.pairs import pairs
from annotations.exporters.placing import placed
from annotations.exporters.spacy_parts import tiled
from annotations.exporters.views import View, views
from annotations.exporters.words import Words
from annotations.records import Record


def write(records: Iterable[Record], writing: Writing) -> Iterator[bytes]:
    """Yields the lines; offsets are code points."""
    return json_lines(_rows(records, writing))


def _rows(records: Iterable[Record], writing: Writing) -> Iterator[dict[str, Any]]:
    for record in records:
        words = writing.words(record)
        made, spaces, numbers = tiled(record.text, words)
        ends = accumulate(len(word) + space for word, space in zip(made, spaces, strict=True))
        tokens = [
            {"text": word, "start": end - len(word) - space, "end": end - space, "id": number, "ws": space}
            for number, (word, space, end) in enumerate(zip(made, spaces, ends, strict=True))
        ]
        for view in views(record):
            yield _row(view, words, numbers, tokens, writing)


def _row(
    view: View, words: Words, numbers: list[int], tokens: list[dict[str, Any]], writing: Writing
) -> dict[str, Any]:
    spans: dict[str, dict[str, Any]] = {}
    for one in placed(view, words, writing.losses):
        spans[one.span.id] = {
            "start": one.start, "end": one.end, "token_start": numbers[one.first],
            "token_end": numbers[one.last - 1], "label": one.label, "id": one.span.id,
            "attributes": one.span.attributes, "entity": one.span.entity,
        }  # fmt: skip
    relations = [
        {
            "head": spans[pair.head]["token_end"], "child": spans[pair.tail]["token_end"], "label": pair.label,
            "head_span": _place(spans[pair.head]), "child_span": _place(spans[pair.tail]),
            "attributes": pair.attributes,
        }
        for pair in pairs(view, writing.losses, among=frozenset(spans))
    ]  # fmt: skip
    return {
        "text": view.record.text,
        "tokens": tokens,
        "spans": list(spans.values()),
        "relations": relations,
        "_view_id": "relations" if relations else "spans_manual",
        "_session_id": view.name,
        "answer": "accept",
        "meta": view.meta,
    }


def _place(span: dict[str, Any]) -> dict[str, Any]:
    return {key: span[key] for key in ("start", "end", "token_start", "token_end", "label")}


EXPORTER = Exporter(
    key="prodigy", title=gettext_noop("Prodigy JSONL"), suffix="jsonl", media_type="application/x-ndjson",
    carries=frozenset({"spans", "nested", "attributes", "entities", "relations", "sets", "meta"}), writer=write,
)  # fmt: skip
