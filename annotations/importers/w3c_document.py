"""What do the Web Annotations of one text say? Tags of places are spans, tags of other annotations relations."""

from collections.abc import Iterator
from typing import Any

from annotations.errors import gettext_noop
from annotations.importers.base import Item
from annotations.importers.objects import dicts, listed
from annotations.importers.w3c_selectors import Selecting
from annotations.importers.work import LONGEST_SHOWN, Reading, Work, titled
from annotations.records import EntityRecord

_LINKING = ("identifying", "linking")
_TAGGING = ("tagging", "classifying")
CATEGORY = "tag"


class Document:
    """One text with its annotations on the way to a draft."""

    def __init__(self, place: int, text: str, source: str, unit: str) -> None:
        self.reading, self.source, self.unit = Reading(place, text), source, unit
        self.works: dict[str, Work] = {}
        self.kinds: dict[str, str] = {}
        self.known: dict[str, tuple[Work, str]] = {}

    def take(self, annotations: list[dict[str, Any]]) -> None:
        """Takes all annotations in: those of places first, for others may be about them."""
        selecting = Selecting(self.reading.frame, unit=self.unit)
        ids = {str(one.get("id")) for one in annotations if one.get("id")}
        late = []
        for annotation in annotations:
            ends = [target for target in targets(annotation) if isinstance(target, str) and target in ids]
            if len(ends) > 1:
                late.append((annotation, ends))
            else:
                self._annotation(annotation, selecting)
        for annotation, ends in late:
            self._relation(annotation, ends)

    def items(self) -> Iterator[Item]:
        """Yields the draft and what was noticed."""
        titles = tuple(titled(label, kind) for label, kind in sorted(self.kinds.items()))
        yield from self.reading.items(labels=titles, meta={"source": self.source[:500]})

    def _work(self, annotation: dict[str, Any]) -> Work:
        name = _person(annotation.get("creator"))
        if name not in self.works:
            self.works[name] = self.reading.work(annotator=name[:40] or None)
        return self.works[name]

    def _annotation(self, annotation: dict[str, Any], selecting: Selecting) -> None:
        work = self._work(annotation)
        tags, entity = self._bodies(annotation, work)
        places = []
        for target in targets(annotation):
            selectors = dicts(listed(target.get("selector"))) if isinstance(target, dict) else []
            if not selectors and isinstance(target, dict) and target.get("selector"):
                self._left_out(work, annotation)
                continue
            places.append(selecting.ranges(selectors) if selectors else ())
            if places[-1] is None:
                self._left_out(work, annotation)
            elif selecting.alike:
                self._alike(work, annotation, selecting.alike.score)
        for at, place in enumerate(places):
            for tag in tags if place is not None else ():
                self._keep(work, annotation, tag, place, entity=entity, first=at == 0 and tag == tags[0])

    def _keep(
        self, work: Work, annotation: dict[str, Any], tag: str, place: Any, *, entity: str | None, first: bool
    ) -> None:
        if not place:
            if work.label(CATEGORY, tag[:80]):
                self.kinds[CATEGORY] = "article"
            return
        id = str(annotation.get("id") or "")[:200]
        id = id if id and first and id not in work.spans else f"{id}#{len(work.spans) + 1}"
        if work.span(tag, place, id=id, entity=entity) and first:
            self.known[str(annotation.get("id"))] = work, id

    def _bodies(self, annotation: dict[str, Any], work: Work) -> tuple[list[str], str | None]:
        """Returns an annotation's tags, its motivation where it has none, and the entity that it names."""
        motivations = [one for one in listed(annotation.get("motivation")) if isinstance(one, str)]
        tags: list[str] = []
        entity: str | None = None
        bodies = [*listed(annotation.get("body")), *listed(annotation.get("bodyValue"))]
        for body in bodies:
            purpose = (body.get("purpose") if isinstance(body, dict) else "") or (motivations or ["tagging"])[0]
            value = body if isinstance(body, str) else _value(body)
            if value and purpose in _TAGGING:
                tags.append(value.rsplit("/", 1)[-1].rsplit("#", 1)[-1] if "://" in value else value)
            elif value and purpose in _LINKING and entity is None:
                entity = value[:80]
                self.reading.entities.setdefault(entity, EntityRecord(entity, "", value[:300], "", entity, ()))
            else:
                message = gettext_noop("A body of the annotation ({purpose}) was left out: «{text}»")
                work.remark("body", message, purpose=str(purpose)[:40], text=str(value)[:LONGEST_SHOWN])
        return list(dict.fromkeys(tags)) or [(motivations or ["annotation"])[0]], entity

    def _relation(self, annotation: dict[str, Any], ends: list[str]) -> None:
        work = self._work(annotation)
        [label, *_others], _entity = self._bodies(annotation, work)
        head, *tails = [self.known.get(end) for end in ends]
        for tail in tails:
            if head is None or tail is None or head[0] is not tail[0]:
                message = gettext_noop("The relation «{label}» was left out: one of its ends is not here.")
                work.remark("end_missing", message, label=label[:LONGEST_SHOWN])
            elif head[0].relation(label, head[1], tail[1]):
                self.kinds[label] = "relation"

    def _left_out(self, work: Work, annotation: dict[str, Any]) -> None:
        message = gettext_noop("The annotation «{id}» was left out: its target is no place of the text.")
        work.remark("target_unknown", message, id=str(annotation.get("id") or "")[:LONGEST_SHOWN])

    def _alike(self, work: Work, annotation: dict[str, Any], score: float) -> None:
        message = gettext_noop("The place of «{id}» was found by its words only ({score} of 100).")
        work.remark("target_alike", message, id=str(annotation.get("id") or "")[:LONGEST_SHOWN], score=score)


def targets(annotation: dict[str, Any]) -> list[Any]:
    """Returns what an annotation is about, whether it names them one by one, as a composite, a choice or a list."""
    found: list[Any] = []
    for target in listed(annotation.get("target")):
        inner = target.get("items") if isinstance(target, dict) else None
        found += listed(inner) if inner else [target]
    return found


def _value(body: Any) -> str:
    if not isinstance(body, dict):
        return ""
    return next((body[name] for name in ("value", "source", "id") if isinstance(body.get(name), str)), "")


def _person(given: Any) -> str:
    """Returns the name of a creator: its nickname or name, else the end of its address."""
    creator = next(iter(listed(given)), "")
    if isinstance(creator, dict):
        names = (creator.get(key) for key in ("nickname", "name", "id"))
        creator = next((name for name in names if isinstance(name, str) and name), "")
    return creator.rstrip("/").rsplit("/", 1)[-1][:40] if isinstance(creator, str) else ""
