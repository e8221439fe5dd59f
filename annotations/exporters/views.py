"""Whose view of an article is it? One set's spans, relations and labels; most formats know one at a time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from annotations.exporters.losses import Loss, ranges_said
from annotations.records import AnnotationSetRecord, Range, Record, RelationRecord, SpanRecord

UNANNOTATED = "unannotated"
_UNSAFE = re.compile(r"[^\w.-]|^\.")


@dataclass(frozen=True, slots=True)
class View:
    """An article with one set's work on it, or with none."""

    record: Record
    work: AnnotationSetRecord | None

    @property
    def name(self) -> str:
        """Whose it is: an annotator's pseudonym, `gold`, `machine-…`; `unannotated` where nobody worked on it."""
        if self.work is None:
            return UNANNOTATED
        if self.work.kind == "annotator":
            return self.work.annotator or "annotator"
        return f"{self.work.kind}-{self.work.annotator}" if self.work.annotator else self.work.kind

    @property
    def file_name(self) -> str:
        """The name as a part of a path: different for different names."""
        return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", self.name)

    @property
    def set_id(self) -> str | None:
        """The set's id."""
        return self.work.id if self.work else None

    @property
    def spans(self) -> tuple[SpanRecord, ...]:
        """The set's spans, by start, the longer first."""
        return self.work.spans if self.work else ()

    @property
    def relations(self) -> tuple[RelationRecord, ...]:
        """The set's relations."""
        return self.work.relations if self.work else ()

    @property
    def cats(self) -> dict[str, str]:
        """The values of the article labels, by `label` or `label:topic`."""
        labels = self.work.labels if self.work else ()
        return {f"{one.label}:{one.topic}" if one.topic else one.label: one.value for one in labels}

    @property
    def kinds(self) -> dict[str, str]:
        """Of which kind each label key is."""
        return {label.key: label.kind for label in self.record.labels}

    @property
    def entity_ids(self) -> dict[str, str]:
        """What each entity is known by outside, its own key where it is not."""
        return {entity.key: entity.external_id or entity.key for entity in self.record.entities}

    @property
    def meta(self) -> dict[str, Any]:
        """What identifies the article and the set, and what the source said, in one object of its own."""
        record = self.record
        return {
            "article": record.id,
            "text_sha256": record.text_sha256,
            "annotation_set": self.set_id,
            "kind": self.work and self.work.kind,
            "annotator": self.work and self.work.annotator,
            "status": self.work and self.work.status,
            "source": record.source and record.source.name,
            "url": record.url,
            "author": record.author,
            "published_at": record.published_at,
            "given": record.meta,
        }

    def loss(
        self,
        code: str,
        span: SpanRecord,
        *,
        became: tuple[Range, ...] | None = None,
    ) -> Loss:
        """Returns the case of a span that the format can't hold as it is."""
        said = None if became is None else ranges_said(became)
        return Loss(code, self.record.id, self.set_id, span.id, span.label, span.quote, ranges_said(span.ranges), said)


def views(record: Record) -> Iterator[View]:
    """Yields a record's views, one for each set; one without a set where there is none."""
    for work in record.annotation_sets or (None,):
        yield View(record, work)
