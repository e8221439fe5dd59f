"""Disagreement as data: each article's tokens with the tags of everybody, of the gold, and the shares of each tag.

A line is an article. `annotators` are pseudonyms, the same in all exports of a project; `soft` counts finished
annotators only, so that it is a distribution over those who had their say. Tags are IOB2 of one kind of span; the
outermost where spans overlap.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from annotations.errors import gettext_noop
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.jsonl import json_lines
from annotations.exporters.placing import apart, placed
from annotations.exporters.tags import tags
from annotations.exporters.views import View, views
from annotations.exporters.words import Words
from annotations.records import Record
from annotations.registry import Option
from annotations.states import FINISHED

LAYER = Option(
    key="layer",
    title=gettext_noop("Kind of span"),
    default="entity",
    choices=(
        ("entity", gettext_noop("entity")), ("claim", gettext_noop("claim")), ("cue", gettext_noop("cue")),
        ("expression", gettext_noop("expression")),
    ),
)  # fmt: skip


def write(records: Iterable[Record], writing: Writing) -> Iterator[bytes]:
    """Yields the lines."""
    return json_lines(_row(record, writing) for record in records)


def _row(record: Record, writing: Writing) -> dict[str, Any]:
    words = writing.words(record)
    found = [(view, _tags(view, words, writing)) for view in views(record) if view.work]
    finished = [view for view, _tags in found if _is_finished(view)]
    people = [(view, told) for view, told in found if view in finished]
    return {
        "id": record.id,
        "text_sha256": record.text_sha256,
        "text": record.text,
        "tokens": [record.text[start:end] for start, end in words.tokens],
        "token_offsets": words.tokens,
        "gold": next((told for view, told in found if view.name == "gold"), None),
        "annotators": {view.name: told for view, told in people},
        "others": {view.name: told for view, told in found if view not in finished and view.name != "gold"},
        "soft": [_shares(told) for told in zip(*(told for _view, told in people), strict=True)],
        "labels": _labels([view for view, _tags in found], finished),
    }


def _is_finished(view: View) -> bool:
    return view.work is not None and view.work.kind == "annotator" and view.work.status in FINISHED


def _tags(view: View, words: Words, writing: Writing) -> list[str]:
    kinds, losses = view.kinds, writing.losses
    mine = []
    for one in placed(view, words, losses):
        if kinds.get(one.label) == writing.options["layer"]:
            mine.append((one, one.label))
        else:
            losses.add(view.loss("spans", one.span))
    first, *others = apart(mine) or [[]]
    for one, _label in (one for layer in others for one in layer):
        losses.add(view.loss("overlapping", one.span))
    return tags(len(words.tokens), first)


def _shares(said: Iterable[str]) -> dict[str, float]:
    """Returns the share of each value, the largest first."""
    counts = Counter(said)
    order = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return {value: count / counts.total() for value, count in order}


def _labels(everybody: list[View], finished: list[View]) -> dict[str, Any]:
    """Returns for each article label who gave which value, and the shares among the finished."""
    keys = sorted({key for view in everybody for key in view.cats})
    return {
        key: {
            "views": {view.name: view.cats[key] for view in everybody if key in view.cats},
            "soft": _shares(view.cats[key] for view in finished if key in view.cats),
        }
        for key in keys
    }


EXPORTER = Exporter(
    key="disagreement", title=gettext_noop("Disagreement: everybody's tags and soft labels"), suffix="jsonl",
    media_type="application/x-ndjson", carries=frozenset({"labels", "sets"}), writer=write, options=(LAYER,),
    reports=frozenset({"spans"}),
)  # fmt: skip
