"""Label Studio's JSON: tasks with annotations, each a set; predictions as sets of machines; also the flat JSON_MIN."""

from collections.abc import Iterator, Mapping
from typing import IO, Any

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.annotator import ANNOTATOR, by_annotator
from annotations.importers.base import Importer, Item, Unreadable
from annotations.importers.objects import dicts, first_objects, listed, objects
from annotations.importers.work import Reading, Work, unreadable
from annotations.records import holds_nul
from annotations.registry import UTF16, Option

TEXT = Option(
    key="text", title=gettext_noop("Field of the text"), hint=gettext_noop("Empty: the one that annotations name.")
)
# What regions of a text are called in the labelling configuration.
_SPANS = {"labels", "hypertextlabels", "paragraphlabels"}


@by_annotator
def read(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
    """Yields each task with a set for each annotation and prediction. Offsets are UTF-16 units, or as quotes say."""
    for place, task in objects(file):
        if isinstance(task, Unreadable):
            yield place, task
            continue
        try:
            yield from _items(place, task, str(options.get("text") or ""))
        except NewsroomError as error:
            yield place, unreadable(place, error)


def _items(place: int, task: dict[str, Any], field: str) -> Iterator[Item]:
    data = task["data"] if isinstance(task.get("data"), dict) else task
    field = field or _text_field(data)
    reading = Reading(place, data.get(field))
    for annotation in dicts(task.get("annotations")):
        if annotation.get("was_cancelled"):
            reading.remark("cancelled", gettext_noop("An annotation that was cancelled was left out."))
            continue
        _results(reading.work(annotator=_person(annotation.get("completed_by"))), annotation.get("result"))
    for prediction in dicts(task.get("predictions")):
        version = str(prediction.get("model_version") or "")[:40]
        _results(reading.work(kind="machine", annotator=version or None), prediction.get("result"))
        for scored in (prediction, *dicts(prediction.get("result"))):
            reading.score(scored.get("score"))
    if data is task and isinstance(task.get("label"), list):
        work = reading.work(annotator=_person(task.get("annotator")))
        for at, region in enumerate(dicts(task["label"])):
            _region(work, region, f"r{at}")
    meta = {key: value for key, value in data.items() if key != field and data is not task and not holds_nul(value)}
    yield from reading.items(meta=meta)


def _text_field(data: dict[str, Any]) -> str:
    """Returns `text`, else the field with the longest string."""
    if isinstance(data.get("text"), str):
        return "text"
    strings = {key: len(value) for key, value in data.items() if isinstance(value, str) and " " in value.strip()}
    return max(strings, key=strings.__getitem__, default="text")


def _person(given: Any) -> str | None:
    """Returns a pseudonym of who annotated: an id, or an account's id; addresses stay outside."""
    if isinstance(given, dict):
        given = given.get("id")
    return f"user-{given}"[:40] if isinstance(given, int | str) and "@" not in str(given) else None


def _results(work: Work, results: Any) -> None:
    regions = {str(result.get("id")): result for result in dicts(results)}
    for result in dicts(results):
        kind, value = str(result.get("type")), result.get("value")
        if kind == "relation":
            continue
        if not isinstance(value, dict):
            work.remark("result_unreadable", gettext_noop("A result without a value was left out."))
        elif kind in _SPANS:
            _region(work, value, str(result.get("id")))
        elif kind == "choices" and "start" not in value:
            for choice in listed(value.get("choices")):
                work.label(str(result.get("from_name") or "category"), choice)
        elif kind == "choices" and str(result.get("id")) in work.spans:
            _attribute(work, result)
        else:
            message = gettext_noop("A result of the type «{type}» was left out: nothing here holds it.")
            work.remark("result_unknown", message, type=str(kind)[:40])
    for relation in (result for result in dicts(results) if result.get("type") == "relation"):
        ends = [str(relation.get("from_id")), str(relation.get("to_id"))]
        labels = listed(relation.get("labels")) or ["relation"]
        for label in labels if set(ends) <= regions.keys() else labels[:1]:
            work.relation(label, *(reversed(ends) if relation.get("direction") == "left" else ends))


def _region(work: Work, value: dict[str, Any], id: str) -> None:
    """Keeps a region once for each of its labels."""
    place = [(value.get("start"), value.get("end"))]
    labels = value.get("labels") or value.get("hypertextlabels") or value.get("paragraphlabels") or [None]
    for at, label in enumerate(labels if isinstance(labels, list) else [labels]):
        work.span(label, place, id=f"{id}.{at}" if at else id, quote=value.get("text"), unit=UTF16)


def _attribute(work: Work, result: dict[str, Any]) -> None:
    """Keeps a choice made for a region as an attribute of its span."""
    span = work.spans[str(result["id"])]
    choices = [choice for choice in listed(result["value"].get("choices")) if isinstance(choice, str)]
    if choices:
        span.attributes[str(result.get("from_name"))[:40]] = choices[0] if len(choices) == 1 else choices


def recognise(name: str, head: bytes) -> int:
    """Tasks with `data` beside `annotations` or `predictions`, or the flat form with regions."""
    found = first_objects(head)
    if any(isinstance(task.get("data"), dict) and task.keys() & {"annotations", "predictions"} for task in found):
        return 3
    flat = (region for task in found if "text" in task for region in dicts(task.get("label")))
    return 2 * any({"start", "end", "labels"} <= region.keys() for region in flat)


IMPORTER = Importer(
    key="label-studio", title="Label Studio JSON", suffixes=(".json",), read=read, recognise=recognise,
    options=(TEXT, ANNOTATOR), annotated=True,
)  # fmt: skip
