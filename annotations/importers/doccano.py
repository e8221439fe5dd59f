"""doccano's JSONL: spans as `label` or `entities`, relations, and labels of the whole text (`cats`, or plain names)."""

from collections.abc import Iterator, Mapping
from typing import IO, Any

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.annotator import ANNOTATOR, by_annotator
from annotations.importers.base import Importer, Item, Unreadable
from annotations.importers.frame import OFFSETS
from annotations.importers.objects import first_objects, listed, objects, rest_of
from annotations.importers.work import Reading, Work, unreadable
from annotations.registry import Option

TEXT = Option(key="text", title=gettext_noop("Field of the text"), default="text")
LABEL = Option(key="label", title=gettext_noop("Field of the labels"), default="label")
CATEGORY = Option(
    key="category", title=gettext_noop("Label of the article that plain names are values of"), default="category"
)
_OWN = {"id", "entities", "relations", "cats", "Comments"}


@by_annotator
def read(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
    """Yields each record with one set; fields beside doccano's own go to the metadata."""
    names = [str(options.get(option.key) or option.default) for option in (TEXT, LABEL, CATEGORY, OFFSETS)]
    for place, record in objects(file):
        if isinstance(record, Unreadable):
            yield place, record
            continue
        try:
            yield from _items(place, record, *names)
        except NewsroomError as error:
            yield place, unreadable(place, error)


def _items(place: int, record: dict[str, Any], text: str, label: str, category: str, unit: str) -> Iterator[Item]:
    reading = Reading(place, record.get(text))
    work = reading.work()
    for given in (record.get(label), record.get("entities")):
        for item in given if isinstance(given, list) else [given] if isinstance(given, str) else []:
            _label(work, item, category=category, unit=unit)
    for name in listed(record.get("cats")):
        _label(work, name, category=category, unit=unit)
    for relation in listed(record.get("relations")):
        if isinstance(relation, dict):
            work.relation(relation.get("type"), relation.get("from_id"), relation.get("to_id"))
        else:
            work.remark("relation_unreadable", gettext_noop("A relation that is no object was left out."))
    for comment in listed(record.get("Comments")):
        reading.remark("comment", gettext_noop("A comment was left out: «{text}»"), text=str(comment)[:60])
    yield from reading.items(meta=rest_of(record, {*_OWN, text, label}))


def _label(work: Work, item: Any, *, category: str, unit: str) -> None:
    if isinstance(item, str):
        work.label(category, item)
    elif isinstance(item, list) and len(item) == 3:
        work.span(item[2], [(item[0], item[1])], unit=unit)
    elif isinstance(item, dict):
        id = None if item.get("id") is None else str(item["id"])
        work.span(item.get("label"), [(item.get("start_offset"), item.get("end_offset"))], id=id, unit=unit)
    else:
        work.remark("label_unreadable", gettext_noop("A label that is neither a name nor a span was left out."))


def recognise(name: str, head: bytes) -> int:
    """Records with a text beside `label` or `entities` in doccano's shapes."""
    found = first_objects(head)
    return 2 * any("text" in record and _is_ours(record) for record in found)


def _is_ours(record: dict[str, Any]) -> bool:
    for given in (record.get("label"), record.get("entities")):
        if isinstance(given, list) and given:
            first = given[0]
            if isinstance(first, str) or (isinstance(first, list) and len(first) == 3):
                return True
            if isinstance(first, dict) and "start_offset" in first:
                return True
    return False


IMPORTER = Importer(
    key="doccano", title="doccano JSONL", suffixes=(".jsonl", ".json"), read=read, recognise=recognise,
    options=(TEXT, LABEL, CATEGORY, OFFSETS, ANNOTATOR), annotated=True,
)  # fmt: skip
