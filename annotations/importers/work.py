"""One record's annotations while a reader finds them: what can be kept becomes a set, what can't is remarked on."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.base import Item, Remark, Unreadable
from annotations.importers.frame import Frame
from annotations.importers.limits import MOST_TEXT
from annotations.records import (
    ArticleLabelRecord,
    Draft,
    DraftRelation,
    DraftSet,
    DraftSpan,
    EntityRecord,
    LabelTitle,
    ScoredDraft,
    TopicRecord,
    quote_of,
)
from annotations.registry import CODE_POINT, UTF16
from annotations.text.freeze import text_sha256

LONGEST_SHOWN = 60


class Work:
    """One annotator's work as it is read; `remark` notes what of it can't be represented."""

    def __init__(self, record: "Reading", **fields: Any) -> None:
        self.record, self.fields = record, fields
        self.spans: dict[str, DraftSpan] = {}
        self.relations: list[DraftRelation] = []
        self.labels: dict[tuple[str, str | None], ArticleLabelRecord] = {}

    def span(
        self,
        label: Any,
        pieces: Sequence[tuple[Any, Any]],
        *,
        id: str | None = None,
        quote: Any = None,
        unit: str = CODE_POINT,
        attributes: Mapping[str, Any] | None = None,
        entity: str | None = None,
    ) -> bool:
        """Keeps a span whose offsets mean a place of the text; returns whether it did.

        Where the file states the quote, it must stand there; if it stands there in the other unit, that is what the
        offsets meant.
        """
        if not isinstance(label, str) or not label.strip("\x00 \t\r\n"):
            self.remark("label_missing", gettext_noop("A span without a label was left out."))
            return False
        label = label.replace("\x00", "")
        frame = self.record.frame
        ranges = frame.ranges(pieces, unit=unit)
        if isinstance(quote, str) and (ranges is None or not _same(quote_of(frame.text, ranges), quote)):
            other = frame.ranges(pieces, unit=CODE_POINT if unit == UTF16 else UTF16)
            if other is None or not _same(quote_of(frame.text, other), quote):
                message = gettext_noop("At {place} stands something else than «{quote}»; the span was left out.")
                self.remark("quote_differs", message, quote=quote[:LONGEST_SHOWN], place=_shown(pieces))
                return False
            ranges = other
        if ranges is None:
            if any(frame.is_empty(*piece) for piece in pieces):
                message = gettext_noop("A span «{label}» of no length at {place} was left out.")
                self.remark("span_empty", message, label=label[:LONGEST_SHOWN], place=_shown(pieces))
            else:
                message = gettext_noop("{place} of «{label}» is no place in the text; the span was left out.")
                self.remark("offsets_outside", message, label=label[:LONGEST_SHOWN], place=_shown(pieces))
            return False
        key = id if id is not None else f"#{len(self.spans) + 1}"
        if key in self.spans:
            self.remark("id_twice", gettext_noop("The id {id} stands twice; the second was left out."), id=key)
            return False
        self.spans[key] = DraftSpan(
            label=label, ranges=ranges, quote=quote_of(frame.text, ranges), id=key, entity=entity,
            attributes=dict(attributes or {}),
        )  # fmt: skip
        return True

    def relation(self, label: Any, head: Any, tail: Any, **fields: Any) -> bool:
        """Keeps a relation both ends of which are spans that were kept; returns whether it did."""
        label = label if isinstance(label, str) and label.strip() else "relation"
        if str(head) not in self.spans or str(tail) not in self.spans:
            message = gettext_noop("The relation «{label}» was left out: one of its ends is not here.")
            self.remark("end_missing", message, label=label[:LONGEST_SHOWN])
            return False
        self.relations.append(DraftRelation(label=label, head=str(head), tail=str(tail), **fields))
        return True

    def label(self, label: Any, value: Any, *, topic: str | None = None) -> bool:
        """Keeps a value said of the whole article; returns whether it did. One label has one value."""
        if not isinstance(label, str) or not isinstance(value, str) or not label or not value:
            self.remark("label_missing", gettext_noop("A value of the article without a name was left out."))
            return False
        if (label, topic) in self.labels:
            message = gettext_noop("«{label}» has a second value, «{value}», which was left out.")
            self.remark("value_twice", message, label=label[:LONGEST_SHOWN], value=value[:LONGEST_SHOWN])
            return False
        self.labels[label, topic] = ArticleLabelRecord(label, topic, value)
        return True

    def link(self, span: str, entity: str) -> None:
        """Links a span that was kept to an entity of the record."""
        self.spans[span] = replace(self.spans[span], entity=entity)

    def remark(self, code: str, message: str, **data: Any) -> None:
        """Notes what could not be kept."""
        self.record.remark(code, message, **data)

    def draft(self) -> DraftSet:
        """Returns the set."""
        return DraftSet(
            spans=tuple(self.spans.values()), relations=tuple(self.relations), labels=tuple(self.labels.values()),
            **self.fields,
        )  # fmt: skip


class Reading:
    """One record as it is read: its text in a frame, the works on it, and what was noticed. Raises NewsroomError."""

    def __init__(self, place: int, text: Any) -> None:
        if not isinstance(text, str) or not text.strip():
            raise NewsroomError(code="empty", message=gettext_noop("The record holds no text."))
        if len(text) > MOST_TEXT:
            message = gettext_noop("An article may have {most} bytes at most.")
            raise NewsroomError(code="too_large", message=message, data={"most": MOST_TEXT})
        self.place, self.frame = place, Frame(text)
        self.works: list[Work] = []
        self.remarks: list[Remark] = []
        self.kinds: dict[str, str] = {}
        self.entities: dict[str, EntityRecord] = {}
        self.topics: dict[str, TopicRecord] = {}
        self.uncertainty: float | None = None

    def work(self, **fields: Any) -> Work:
        """Begins another annotator's work; `fields` are those of DraftSet."""
        self.works.append(Work(self, **fields))
        return self.works[-1]

    def remark(self, code: str, message: str, **data: Any) -> None:
        """Notes what could not be kept."""
        self.remarks.append(Remark(place=self.place, code=code, message=message, data=data))

    def score(self, given: Any) -> None:
        """Notes how sure a program was of something it found, from 0 to 1; the least sure counts.

        All else is no score.
        """
        if isinstance(given, int | float) and not isinstance(given, bool) and 0 <= given <= 1:
            self.uncertainty = max(self.uncertainty or 0.0, 1.0 - given)

    def id_of(self, name: str) -> str:
        """Returns an id for the text of a file: two files with one text are two articles, a file read again is one."""
        return f"{name} {text_sha256(self.frame.text)}"

    def items(self, **fields: Any) -> Iterator[Item]:
        """Yields the draft and what was noticed; `fields` are those of Draft."""
        said = fields | {
            "text": self.frame.text, "annotation_sets": tuple(work.draft() for work in self.works),
            "entities": tuple(self.entities.values()), "topics": tuple(self.topics.values()),
        }  # fmt: skip
        scored = self.uncertainty is not None
        yield self.place, ScoredDraft(uncertainty=self.uncertainty, **said) if scored else Draft(**said)
        yield from ((self.place, remark) for remark in self.remarks)


def unreadable(place: int, error: NewsroomError) -> Unreadable:
    """Returns an error as what is wrong with a record."""
    return Unreadable(place=place, code=error.code, message=error.message, data=error.data)


def or_empty(items: Iterator[Item]) -> Iterator[Item]:
    """Yields the items, or that there are none."""
    is_empty = True
    for item in items:
        is_empty = False
        yield item
    if is_empty:
        yield 1, Unreadable(place=1, code="empty", message=gettext_noop("The file holds no text."))


def titled(label: str, kind: str) -> LabelTitle:
    """Returns the definition of a label whose kind the file says; its name is its title."""
    return LabelTitle(key=label, kind=kind, title_fa=label[:80], title_en=label[:80])


def _same(found: str, stated: str) -> bool:
    """Whether a quote is what stands there, but for how white space and the joint of fragments are written."""
    return "".join(found.replace("…", "").split()) == "".join(stated.replace("…", "").split())


def _shown(pieces: Sequence[tuple[Any, Any]]) -> str:
    return ", ".join(f"{str(start)[:20]}–{str(end)[:20]}" for start, end in pieces[:3])
