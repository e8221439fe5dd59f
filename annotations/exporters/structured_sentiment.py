"""Structured sentiment (SemEval-2022, task 10): who is for or against what, by which words.

A JSON array of texts, one for each view, with `opinions`: Source, Target and Polar_expression as texts beside offsets
`start:end` in code points. An end that is no span of the text is empty.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from annotations.errors import gettext_noop
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.losses import Loss
from annotations.exporters.stances import Stance, report_unused, stances
from annotations.exporters.views import View, views
from annotations.records import Record, SpanRecord

POLARITY = {"FAVOR": "Positive", "AGAINST": "Negative", "NONE": "Neutral"}


def write(records: Iterable[Record], writing: Writing) -> Iterator[bytes]:
    """Yields the array's pieces."""
    yield b"["
    first = True
    for record in records:
        for view in views(record):
            row = {"sent_id": f"{record.id}/{view.name}", "text": record.text, "opinions": _opinions(view, writing)}
            yield (b"\n" if first else b",\n") + msgspec.json.encode(row)
            first = False
    yield b"\n]\n"


def _opinions(view: View, writing: Writing) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    used: set[str] = set()
    for stance in stances(view):
        polarity = POLARITY.get(stance.polarity)
        if polarity is None:
            continue
        relation, spans = stance.relation, (stance.holder, stance.expression, stance.target)
        used.update((relation.id, *(span.id for span in spans if span)))
        ends = zip((relation.head, relation.via, relation.tail), spans, strict=True)
        lost = [end for end, span in ends if end is not None and span is None]
        if lost:
            writing.losses.add(Loss("ends", view.record.id, view.set_id, relation.id, relation.label, was=lost))
        found.append(_opinion(view, stance, polarity))
    report_unused(view, used, writing.losses)
    return found


def _opinion(view: View, stance: Stance, polarity: str) -> dict[str, Any]:
    return {
        "Source": _place(view, stance.holder),
        "Target": _place(view, stance.target),
        "Polar_expression": _place(view, stance.expression),
        "Polarity": polarity,
        "Intensity": "Standard",
    }


def _place(view: View, span: SpanRecord | None) -> list[list[str]]:
    ranges = span.ranges if span else ()
    return [[view.record.text[start:end] for start, end in ranges], [f"{start}:{end}" for start, end in ranges]]


EXPORTER = Exporter(
    key="structured-sentiment", title=gettext_noop("Structured sentiment"), suffix="json",
    media_type="application/json", carries=frozenset({"characters", "nested", "discontinuous", "sets"}),
    reports=frozenset({"spans", "relations", "ends", "attributes"}), writer=write,
)  # fmt: skip
