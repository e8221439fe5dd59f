"""What does one article with its annotations look like, outside of any database or format?

`Record` is what leaves (exporters, agreement and suggesters read it), `Draft` what comes in (importers make it).
All values are frozen. Offsets are Unicode code points, half-open, in logical order, over `text`.
docs/format.md describes the fields; annotations/exporters/record.schema.json checks them.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, UnsetType

Range = tuple[int, int]
SCHEMA_VERSION = "newsroom/1"
QUOTE_GAP = " … "
# What the tables hold; a longer one is refused where a record is read, with its place.
Key = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
LabelKey = Annotated[str, msgspec.Meta(pattern="^[A-Za-z][A-Za-z0-9_.-]{0,39}\\Z")]
Short = Annotated[str, msgspec.Meta(max_length=80)]
Title = Annotated[str, msgspec.Meta(max_length=300)]


def nested_deeper(value: Any, most: int) -> bool:
    """Whether lists and objects stand in each other more than `most` deep."""
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return most == 0 or any(nested_deeper(item, most - 1) for item in inner if isinstance(item, dict | list))
    return False


def holds_nul(value: Any) -> bool:
    """Whether a string anywhere in a JSON value holds NUL, which PostgreSQL can't store."""
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(holds_nul(item) for pair in value.items() for item in pair)
    return isinstance(value, list) and any(holds_nul(item) for item in value)


def quote_of(text: str, ranges: Iterable[Range]) -> str:
    """Returns the text of a span; pieces of a discontinuous one are joined by space, U+2026, space."""
    return QUOTE_GAP.join([text[start:end] for start, end in ranges])


class Section(msgspec.Struct, frozen=True):
    """A part of the one text: headline, lead, body …"""

    kind: str
    start: int
    end: int


class SpanRecord(msgspec.Struct, frozen=True, gc=False):
    """A labelled piece of the text; `entity` is the key of a knowledge base entry."""

    id: str
    label: str
    ranges: tuple[Range, ...]
    quote: str
    attributes: dict[str, Any] = {}
    entity: str | None = None


class RelationRecord(msgspec.Struct, frozen=True, gc=False):
    """head – via – tail; an end is a span id, `article`, `implicit` or `topic:<key>`."""

    id: str
    label: str
    head: str
    via: str | None
    tail: str
    attributes: dict[str, Any] = {}


class ArticleLabelRecord(msgspec.Struct, frozen=True, gc=False):
    """A value said of the whole article, or of its relation to a topic."""

    label: str
    topic: str | None
    value: str


class ProvenanceRecord(msgspec.Struct, frozen=True, gc=False):
    """From where one annotation of a gold set comes: `[set id, annotation id]` of each; none where it is nobody's."""

    id: str
    sources: tuple[tuple[str, str], ...]


class AnnotationSetRecord(msgspec.Struct, frozen=True):
    """One annotator's work; `annotator` is a pseudonym, null for gold. Times are RFC 3339 in UTC.

    `provenance` stands only in a gold set that was adjudicated from others.
    """

    id: str
    kind: str
    annotator: str | None
    status: str
    created_at: str
    updated_at: str
    submitted_at: str | None
    spans: tuple[SpanRecord, ...]
    relations: tuple[RelationRecord, ...]
    labels: tuple[ArticleLabelRecord, ...]
    provenance: tuple[ProvenanceRecord, ...] | UnsetType = UNSET


def labels_of(work: AnnotationSetRecord) -> Iterator[str]:
    """Yields the label of each annotation of a set."""
    yield from (span.label for span in work.spans)
    yield from (relation.label for relation in work.relations)
    yield from (label.label for label in work.labels)


class LabelTitle(msgspec.Struct, frozen=True):
    """What a label key used in the record stands for."""

    key: LabelKey
    kind: str
    title_fa: Short
    title_en: Short


class EntityRecord(msgspec.Struct, frozen=True):
    """A knowledge base entry that a span of the record is linked to."""

    key: Key
    label: Annotated[str, msgspec.Meta(max_length=40)]
    name: Title
    name_en: Title
    external_id: Short
    aliases: tuple[str, ...]


class TopicRecord(msgspec.Struct, frozen=True):
    """A topic that a relation or label of the record names."""

    key: Key
    title_fa: Title
    title_en: Title
    proposition: str


class SourceRecord(msgspec.Struct, frozen=True):
    """The outlet that published the article."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    domain: Annotated[str, msgspec.Meta(max_length=253)]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One article with its annotations, self-contained; the order of the fields is the order of the keys."""

    schema: str = SCHEMA_VERSION
    release: str | None = None
    id: str
    offset_unit: str = "code_point"
    text_sha256: str
    text: str
    language: str
    sections: tuple[Section, ...]
    source: SourceRecord | None
    url: str
    author: str
    published_at: str | None
    supersedes: str | None
    labels: tuple[LabelTitle, ...]
    entities: tuple[EntityRecord, ...]
    topics: tuple[TopicRecord, ...]
    annotation_sets: tuple[AnnotationSetRecord, ...]
    meta: dict[str, Any]


class DraftSpan(msgspec.Struct, frozen=True, gc=False):
    """A span as an importer found it; without an id one is made."""

    label: str
    ranges: tuple[Range, ...]
    quote: str
    id: str | None = None
    attributes: dict[str, Any] = {}
    entity: str | None = None


class DraftRelation(msgspec.Struct, frozen=True):
    """A relation as an importer found it; its ends name spans of the same draft set by id."""

    label: str
    head: str
    tail: str
    via: str | None = None
    id: str | None = None
    attributes: dict[str, Any] = {}


class DraftSet(msgspec.Struct, frozen=True):
    """One annotator's work as an importer found it."""

    id: str | None = None
    kind: str = "imported"
    annotator: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    status: str = "submitted"
    created_at: str | None = None
    updated_at: str | None = None
    submitted_at: str | None = None
    spans: tuple[DraftSpan, ...] = ()
    relations: tuple[DraftRelation, ...] = ()
    labels: tuple[ArticleLabelRecord, ...] = ()
    provenance: tuple[ProvenanceRecord, ...] | UnsetType = UNSET


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One article as an importer found it, before anything is stored; all but the text may be missing."""

    text: str
    schema: str | None = None
    text_sha256: str | None = None
    offset_unit: str = "code_point"
    id: str | None = None
    language: Annotated[str, msgspec.Meta(min_length=1, max_length=15)] = "fa"
    sections: tuple[Section, ...] = ()
    source: SourceRecord | None = None
    url: str = ""
    author: Title = ""
    published_at: str | None = None
    supersedes: str | None = None
    labels: tuple[LabelTitle, ...] = ()
    entities: tuple[EntityRecord, ...] = ()
    topics: tuple[TopicRecord, ...] = ()
    annotation_sets: tuple[DraftSet, ...] = ()
    meta: dict[str, Any] = {}

    @property
    def uncertainty(self) -> float | None:
        """How unsure a program was of what it found; no part of a record, so no key of one says it."""
        return None


class ScoredDraft(Draft, frozen=True, kw_only=True):
    """A draft from a format in which programs say how unsure they are, from 0 to 1."""

    uncertainty: float | None = None
