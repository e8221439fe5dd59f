"""spaCy as JSON: entities and groups of spans by character, categories with their scores, as trainings have them."""

from collections.abc import Iterator, Mapping
from typing import IO, Any

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.annotator import ANNOTATOR, by_annotator
from annotations.importers.base import Importer, Item, Unreadable
from annotations.importers.doccano import CATEGORY, TEXT
from annotations.importers.frame import OFFSETS
from annotations.importers.objects import first_objects, listed, objects, rest_of
from annotations.importers.work import LONGEST_SHOWN, Reading, Work, unreadable
from annotations.kinds.judge import MAX_VALUE
from annotations.records import TopicRecord

# Words and blanks are made anew here.
_OWN = {"entities", "ents", "spans", "cats", "words", "spaces", "tokens"}
# From here on a category applies, as spaCy's own scorer has it.
_APPLIES = 0.5
# What a topic's key holds.
_LONGEST_TOPIC = 80


@by_annotator
def read(file: IO[bytes], options: Mapping[str, str | bool]) -> Iterator[Item]:
    """Yields each record with one set; what stands among the entities and in a group is one span."""
    text, category, unit = (str(options.get(option.key) or option.default) for option in (TEXT, CATEGORY, OFFSETS))
    for place, record in objects(file):
        if isinstance(record, Unreadable):
            yield place, record
            continue
        try:
            yield from _items(place, record, text, category, unit)
        except NewsroomError as error:
            yield place, unreadable(place, error)


def _items(place: int, record: dict[str, Any], text: str, category: str, unit: str) -> Iterator[Item]:
    reading = Reading(place, record.get(text))
    work = reading.work()
    groups = record["spans"] if isinstance(record.get("spans"), dict) else {"": record.get("spans")}
    seen: set[tuple[Any, ...]] = set()
    for given in (record.get("entities"), record.get("ents"), *groups.values()):
        for span in listed(given):
            _span(work, span, seen, unit=unit)
    cats = record.get("cats")
    for name, score in cats.items() if isinstance(cats, dict) else []:
        _category(work, name, score, category)
    yield from reading.items(meta=rest_of(record, {*_OWN, text}))


def _span(work: Work, given: Any, seen: set[tuple[Any, ...]], *, unit: str) -> None:
    if isinstance(given, dict):
        given = [given.get(name) for name in ("start", "end", "label")]
    if not isinstance(given, list) or len(given) < 3:
        work.remark("label_unreadable", gettext_noop("A span that is no list of start, end and label was left out."))
        return
    start, end, label = given[:3]
    known = (str(start), str(end), str(label))
    if known not in seen:
        seen.add(known)
        work.span(label, [(start, end)], unit=unit)


def _category(work: Work, name: str, score: Any, category: str) -> None:
    """Keeps a category that applies.

    As our own export has them, «stance=agree» is the value of a label and «stance:topic=agree» one towards a topic; a
    plain name is a value of the label asked for.
    """
    if not isinstance(score, int | float):
        message = gettext_noop("The score of «{name}» is no number; the category was left out.")
        work.remark("score_unreadable", message, name=name.replace("\x00", "\ufffd")[:LONGEST_SHOWN])
    elif score >= _APPLIES:
        label, said, value = name.partition("=")
        label, towards, topic = (label if said else category).partition(":")
        value = value if said else name
        if "\x00" in name or len(value) > MAX_VALUE or (towards and not 0 < len(topic) <= _LONGEST_TOPIC):
            message = gettext_noop(
                "The category «{name}» was left out: a topic and a value have between 1 and 80 characters, none of "
                "them NUL."
            )
            work.remark("category_unfit", message, name=name.replace("\x00", "\ufffd")[:LONGEST_SHOWN])
            return
        if topic:
            work.record.topics.setdefault(topic, TopicRecord(topic, topic, topic, ""))
        work.label(label, value, topic=topic or None)


def recognise(name: str, head: bytes) -> int:
    """Records with scores by category, or with groups of spans by name, neither of which doccano has."""
    found = first_objects(head)
    return 3 * any("text" in record and _is_ours(record) for record in found)


def _is_ours(record: dict[str, Any]) -> bool:
    cats, groups = record.get("cats"), record.get("spans")
    is_scored = isinstance(cats, dict) and all(isinstance(score, int | float) for score in cats.values())
    is_grouped = isinstance(groups, dict) and all(isinstance(group, list) for group in groups.values())
    return is_scored or (is_grouped and "entities" in record)


IMPORTER = Importer(
    key="spacy-jsonl", title=gettext_noop("spaCy JSONL"), suffixes=(".jsonl", ".json"), read=read,
    recognise=recognise, options=(TEXT, CATEGORY, OFFSETS, ANNOTATOR), annotated=True,
)  # fmt: skip
