"""Label Studio's JSON: a task for each article with an annotation for each set, and the configuration that shows it.

Machines' sets are predictions, gold is `ground_truth`. Offsets are UTF-16 units, as its editor counts in the browser.
Tasks and annotations are numbered within the file: its converter asks for numbers, its importer gives its own.
"""

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

import msgspec

from annotations.errors import gettext_noop
from annotations.exporters.archive import Member, readme, zipped
from annotations.exporters.base import Exporter, Writing
from annotations.exporters.label_studio_config import Config
from annotations.exporters.losses import Loss
from annotations.exporters.pairs import pairs
from annotations.exporters.placing import extents
from annotations.exporters.units import converter
from annotations.exporters.views import View, views
from annotations.records import Record, SpanRecord
from annotations.registry import UTF16, offsets_option

TEXT = {"to_name": "text", "origin": "manual"}


def write(records: Iterable[Record], writing: Writing) -> Iterator[bytes]:
    """Yields a ZIP of tasks.json and config.xml."""
    return zipped(_members(records, writing), large=True)


def _members(records: Iterable[Record], writing: Writing) -> Iterator[Member]:
    yield readme("Label Studio", "Make a project with config.xml as its labelling interface, then import tasks.json.")
    config = Config()
    yield "tasks.json", _tasks(records, writing, config)
    yield "config.xml", [config.xml().encode()]
    yield "losses.jsonl", writing.losses.lines()


def _tasks(records: Iterable[Record], writing: Writing, config: Config) -> Iterator[bytes]:
    """Yields the array's pieces; a task at a time."""
    yield b"["
    annotations = count(1)
    for number, record in enumerate(records, start=1):
        yield b",\n" if number > 1 else b"\n"
        task = {"id": number, **_task(record, writing, config, annotations)}
        yield msgspec.json.encode(task, order="deterministic")
    yield b"\n]\n"


def _task(record: Record, writing: Writing, config: Config, annotations: Iterator[int]) -> dict[str, Any]:
    found = [view for view in views(record) if view.work]
    machine = [view for view in found if view.work and view.work.kind == "machine"]
    human = [view for view in found if view not in machine]
    return {
        "data": {"text": record.text, "meta": [view.meta for view in (*human, *machine)] or [View(record, None).meta]},
        "annotations": [
            {
                "id": next(annotations),
                "unique_id": view.work and view.work.id,
                "was_cancelled": False,
                "ground_truth": view.name == "gold",
                "result": list(_results(view, writing, config)),
            }
            for view in human
        ],
        "predictions": [
            {"model_version": view.name, "result": list(_results(view, writing, config))} for view in machine
        ],
    }


def _results(view: View, writing: Writing, config: Config) -> Iterator[dict[str, Any]]:
    convert, kinds, entities = converter(view.record.text, writing.options["offsets"]), view.kinds, view.entity_ids
    for span, start, end in extents(view, writing.losses):
        first, last = convert(start, end)
        place = {"start": first, "end": last, "text": view.record.text[start:end]}
        name = config.span(kinds[span.label], span.label, view.record)
        yield _result(span.id, name, "labels", place | {"labels": [span.label]})
        yield from _attributes(span, place, config)
        if span.entity:
            yield _result(span.id, config.link(), "textarea", place | {"text": [entities[span.entity]]})
    for pair in pairs(view, writing.losses):
        config.relations.add(pair.label)
        yield {
            "from_id": pair.head, "to_id": pair.tail, "type": "relation", "direction": "right", "labels": [pair.label],
        }  # fmt: skip
    for relation in view.relations:
        if relation.attributes:
            given = (view.record.id, view.work and view.work.id, relation.id, relation.label)
            writing.losses.add(Loss("attributes", *given, was=relation.attributes, count=len(relation.attributes)))
    for label, value in view.cats.items():
        name = label.replace(":", ".")
        yield {
            "id": name,
            "from_name": config.choice(name, value),
            **TEXT,
            "type": "choices",
            "value": {"choices": [value]},
        }


def _attributes(span: SpanRecord, place: dict[str, Any], config: Config) -> Iterator[dict[str, Any]]:
    """Yields the attributes as choices made for the region; what is no string is written as JSON."""
    for name, value in span.attributes.items():
        said = value if isinstance(value, str) else msgspec.json.encode(value, order="deterministic").decode()
        yield _result(span.id, config.choice(name, said, of=span.label), "choices", place | {"choices": [said]})


def _result(id: str, name: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"id": id, "from_name": name, **TEXT, "type": kind, "value": value}


EXPORTER = Exporter(
    key="label-studio", title=gettext_noop("Label Studio JSON, with its configuration"), suffix="label-studio.zip",
    media_type="application/zip", writer=write, options=(offsets_option(UTF16),),
    carries=frozenset(
        {"spans", "characters", "nested", "attributes", "entities", "relations", "labels", "sets", "meta"}
    ),
)  # fmt: skip
