"""doccano's JSONL: a line for each view, with spans in `label`, or with spans and relations as objects.

What identifies the article stands in `meta`: doccano spreads nothing of it over the record.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from annotations.errors import gettext_noop
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.jsonl import json_lines
from annotations.exporters.losses import Loss
from annotations.exporters.pairs import pairs
from annotations.exporters.placing import extents
from annotations.exporters.units import converter
from annotations.exporters.views import View, views
from annotations.records import Record
from annotations.registry import CODE_POINT, Option, offsets_option

SPANS, RELATIONS = "spans", "relations"
TASK = Option(
    key="task",
    title=gettext_noop("Kind of project"),
    default=RELATIONS,
    choices=((RELATIONS, gettext_noop("Spans and relations")), (SPANS, gettext_noop("Spans only"))),
)


def write(records: Iterable[Record], writing: Writing) -> Iterator[bytes]:
    """Yields the lines."""
    return json_lines(_rows(records, writing))


def _rows(records: Iterable[Record], writing: Writing) -> Iterator[dict[str, Any]]:
    number = 0
    for record in records:
        convert = converter(record.text, writing.options["offsets"])
        for view in views(record):
            number += 1
            spans = [(span, *convert(start, end)) for span, start, end in extents(view, writing.losses)]
            row: dict[str, Any] = {"id": number, "text": record.text}
            if writing.options["task"] == SPANS:
                row["label"] = [[start, end, span.label] for span, start, end in spans]
                for relation in view.relations:
                    ends = [relation.head, relation.via, relation.tail]
                    writing.losses.add(Loss("relations", record.id, view.set_id, relation.id, relation.label, was=ends))
            else:
                row |= _objects(view, spans, writing)
            yield row | {"Comments": [], "meta": view.meta}


def _objects(view: View, spans: list[tuple[Any, int, int]], writing: Writing) -> dict[str, Any]:
    """Returns spans and relations as objects; doccano's ids are numbers."""
    numbers = {span.id: number for number, (span, _start, _end) in enumerate(spans, 1)}
    found = pairs(view, writing.losses)
    return {
        "entities": [
            {"id": numbers[span.id], "label": span.label, "start_offset": start, "end_offset": end}
            for span, start, end in spans
        ],
        "relations": [
            {"id": number, "from_id": numbers[pair.head], "to_id": numbers[pair.tail], "type": pair.label}
            for number, pair in enumerate(found, 1)
        ],
    }


EXPORTER = Exporter(
    key="doccano", title=gettext_noop("doccano JSONL"), suffix="jsonl", media_type="application/x-ndjson",
    carries=frozenset({"spans", "characters", "nested", "relations", "sets", "meta"}), writer=write,
    options=(TASK, offsets_option(CODE_POINT)),
)  # fmt: skip
