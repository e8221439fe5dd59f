"""What came, went and changed from one release to the next? By the ids of articles and annotations."""

from collections.abc import Iterable, Iterator
from typing import IO, Any

import msgspec

from annotations.records import AnnotationSetRecord, Record, quote_of

SHOWN = 200
_decoder = msgspec.json.Decoder(Record)


class Difference(msgspec.Struct):
    """The numbers, and the first cases of each kind; `articles` and `annotations` count what came, went, changed."""

    articles: dict[str, int] = msgspec.field(default_factory=lambda: {"added": 0, "removed": 0, "changed": 0})
    annotations: dict[str, int] = msgspec.field(default_factory=lambda: {"added": 0, "removed": 0, "changed": 0})
    cases: list[dict[str, Any]] = msgspec.field(default_factory=list)


def between(before: IO[bytes], after: Iterable[bytes]) -> Difference:
    """Compares the lines of two native exports; memory holds a place in `before` for each of its articles.

    `before` must be seekable.
    """
    places = dict(_places(before))
    found, left = Difference(), set(places)
    for line in after:
        record = _decoder.decode(line)
        if record.id not in places:
            found.articles["added"] += 1
            _note(found, "added", record)
            for work in record.annotation_sets:
                found.annotations["added"] += len(list(_said(work)))
            continue
        left.discard(record.id)
        before.seek(places[record.id])
        old = before.readline()
        if old != line:
            _compare(found, _decoder.decode(old), record)
    for uid in sorted(left):
        before.seek(places[uid])
        record = _decoder.decode(before.readline())
        found.articles["removed"] += 1
        found.annotations["removed"] += sum(len(list(_said(work))) for work in record.annotation_sets)
        _note(found, "removed", record)
    return found


def _places(lines: IO[bytes]) -> Iterator[tuple[str, int]]:
    at = 0
    for line in lines:
        yield _decoder.decode(line).id, at
        at += len(line)


def _said(work: AnnotationSetRecord) -> Iterator[tuple[tuple[str, str], Any]]:
    for span in work.spans:
        yield (work.id, span.id), span
    for relation in work.relations:
        yield (work.id, relation.id), relation
    for label in work.labels:
        yield (work.id, f"{label.label} {label.topic}"), label


def _compare(found: Difference, old: Record, new: Record) -> None:
    there = dict(pair for work in old.annotation_sets for pair in _said(work))
    here = dict(pair for work in new.annotation_sets for pair in _said(work))
    added, removed = here.keys() - there.keys(), there.keys() - here.keys()
    changed = {key for key in here.keys() & there.keys() if here[key] != there[key]}
    found.articles["changed"] += 1
    for name, keys in (("added", added), ("removed", removed), ("changed", changed)):
        found.annotations[name] += len(keys)
    _note(found, "changed", new, {"added": len(added), "removed": len(removed), "changed": len(changed)})


def _note(found: Difference, what: str, record: Record, annotations: dict[str, int] | None = None) -> None:
    if sum(case["what"] == what for case in found.cases) >= SHOWN:
        return
    ranges = next(((part.start, part.end) for part in record.sections if part.kind == "headline"), None)
    headline = quote_of(record.text, [ranges]) if ranges else record.text.partition("\n")[0][:120]
    found.cases.append({"what": what, "article": record.id, "headline": headline, "annotations": annotations or {}})
