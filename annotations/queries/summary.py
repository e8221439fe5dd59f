"""What does a set say of its article, in a margin's width? Entities by count, claims with their sources, stances."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from annotations.models import AnnotationSet, Entity, Label, Topic
from annotations.queries.annotation_sets import relations_of, spans_of
from annotations.records import Range, RelationRecord, SpanRecord

Named = Callable[[str | None], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line: its words, how often they stand in the text, and where; `note` says more, `polarity` which way."""

    label: Label
    words: str
    count: int = 1
    ranges: tuple[Range, ...] = ()
    note: str = ""
    polarity: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The lines of a set, by what they are."""

    entities: list[Entry] = field(default_factory=list)
    claims: list[Entry] = field(default_factory=list)
    stances: list[Entry] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.entities or self.claims or self.stances)


def summary_of(annotation_set: AnnotationSet) -> Summary:
    """Reads a set and sums it up; entities by frequency, the rest in the order of the text."""
    project = annotation_set.project_id
    labels = {label.key: label for label in Label.objects.filter(project=project)}
    names = dict(
        Entity.objects.filter(project=project, spans__annotation_set=annotation_set).values_list("key", "name")
    )
    topics = {topic.key: topic.title_fa for topic in Topic.objects.filter(project=project)}
    spans, relations = spans_of(annotation_set), relations_of(annotation_set)
    by_id = {span.id: span for span in spans}

    def named(end: str | None) -> str:
        if end is None or end in ("article", "implicit"):
            return ""
        return topics.get(end.removeprefix("topic:"), "") or (by_id[end].quote if end in by_id else "")

    return Summary(
        _entities((span for span in spans if labels[span.label].kind == "entity"), labels, names),
        [
            Entry(label=labels[span.label], words=span.quote, ranges=span.ranges, note=_source(span, relations, named))
            for span in spans
            if labels[span.label].kind == "claim"
        ],
        [_stance(relation, labels, by_id, named) for relation in relations if labels[relation.label].kind == "stance"],
    )


def _entities(spans: Iterable[SpanRecord], labels: dict[str, Label], names: dict[str, str]) -> list[Entry]:
    groups: dict[tuple[str, str], list[SpanRecord]] = {}
    for span in spans:
        groups.setdefault((span.label, names.get(span.entity or "", span.quote)), []).append(span)
    entries = [
        Entry(
            label=labels[label], words=words, count=len(group),
            ranges=tuple(piece for span in group for piece in span.ranges),
        )
        for (label, words), group in groups.items()
    ]  # fmt: skip
    return sorted(entries, key=lambda entry: -entry.count)


def _source(span: SpanRecord, relations: list[RelationRecord], named: Named) -> str:
    sources = [relation.tail for relation in relations if relation.head == span.id]
    return named(sources[0]) if sources else ""


def _stance(relation: RelationRecord, labels: dict[str, Label], by_id: dict[str, SpanRecord], named: Named) -> Entry:
    ends = (relation.head, relation.via, relation.tail)
    return Entry(
        label=labels[relation.label],
        words=named(relation.head) or "…",
        note=named(relation.tail) or "…",
        polarity=str(relation.attributes.get("polarity", "")),
        ranges=tuple(piece for end in ends if end in by_id for piece in by_id[end].ranges),
    )
