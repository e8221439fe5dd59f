"""What is in a file, before any of it is stored? Counts and samples, in one pass and constant memory."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotations.importers.base import Item, Remark, Unreadable
from annotations.records import Draft, DraftSet

SAMPLES = 3
PROBLEMS = 20
LONGEST_SAMPLE = 120
# An incoming label: of which kind, and its name as the file has it. The same name may stand for a span and a relation.
Incoming = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelUse:
    """An incoming label: how often it occurs, as which kind, and a few of the words or values it was given to."""

    kind: str
    label: str
    count: int
    samples: tuple[str, ...]
    attributes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One of the first records, to be recognised by."""

    place: int
    headline: str
    source: str
    published_at: str | None
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A file's records by what they hold; `whole` says whether its end was reached."""

    records: int
    unreadable: int
    remarks: int
    sets: int
    spans: int
    relations: int
    labels: tuple[LabelUse, ...]
    samples: tuple[Sample, ...]
    problems: tuple[Unreadable | Remark, ...]
    whole: bool


def uses(draft: Draft, work: DraftSet) -> Iterator[tuple[Incoming, str, dict[str, object]]]:
    """Yields each use of a label in a set: the label, what it was given to, its attributes.

    A label's kind is what the draft defines it as; else spans are entities.
    """
    kinds = {label.key: label.kind for label in draft.labels}
    for span in work.spans:
        yield (kinds.get(span.label, "entity"), span.label), span.quote, span.attributes
    for relation in work.relations:
        yield (kinds.get(relation.label, "relation"), relation.label), "", relation.attributes
    for label in work.labels:
        yield ("article", label.label), label.value, {}


class Surveyor:
    """Takes items as they stream by and says at any time what they were."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.uses: Counter[Incoming] = Counter()
        self.quotes: dict[Incoming, dict[str, None]] = {}
        self.attributes: dict[Incoming, dict[str, None]] = {}
        self.samples: list[Sample] = []
        self.problems: list[Unreadable | Remark] = []

    def add(self, place: int, item: Draft | Unreadable | Remark) -> None:
        """Counts one item."""
        if isinstance(item, Draft):
            self._draft(place, item)
            return
        self.counts["unreadable" if isinstance(item, Unreadable) else "remarks"] += 1
        if len(self.problems) < PROBLEMS:
            self.problems.append(item)

    def _draft(self, place: int, draft: Draft) -> None:
        self.counts["records"] += 1
        if len(self.samples) < SAMPLES:
            self.samples.append(_sample(place, draft))
        for work in draft.annotation_sets:
            self.counts["sets"] += 1
            self.counts["spans"] += len(work.spans)
            self.counts["relations"] += len(work.relations)
            for incoming, given_to, attributes in uses(draft, work):
                self.uses[incoming] += 1
                self.attributes.setdefault(incoming, {}).update(dict.fromkeys(attributes))
                quotes = self.quotes.setdefault(incoming, {})
                if given_to and len(quotes) < SAMPLES:
                    quotes[given_to[:LONGEST_SAMPLE]] = None

    def survey(self, *, whole: bool = True) -> Survey:
        """Returns what has been seen so far; labels with the most used first."""
        return Survey(
            **{name: self.counts[name] for name in ("records", "unreadable", "remarks", "sets", "spans", "relations")},
            labels=tuple(
                LabelUse(
                    kind=incoming[0], label=incoming[1], count=count, samples=tuple(self.quotes.get(incoming, ())),
                    attributes=tuple(self.attributes[incoming]),
                )
                for incoming, count in sorted(self.uses.items(), key=lambda pair: (-pair[1], pair[0]))
            ),
            samples=tuple(self.samples),
            problems=tuple(self.problems),
            whole=whole,
        )  # fmt: skip


def survey(items: Iterable[Item], *, most: int | None = None) -> Survey:
    """Returns what the items are, of at most that many records."""
    seen = Surveyor()
    for place, item in items:
        if most is not None and seen.counts["records"] >= most:
            return seen.survey(whole=False)
        seen.add(place, item)
    return seen.survey()


def _sample(place: int, draft: Draft) -> Sample:
    headline = next((draft.text[part.start : part.end] for part in draft.sections if part.kind == "headline"), "")
    return Sample(
        place=place,
        headline=(headline or draft.text.strip().split("\n", 1)[0])[:LONGEST_SAMPLE],
        source=draft.source.name if draft.source else "",
        published_at=draft.published_at,
        length=len(draft.text),
    )
