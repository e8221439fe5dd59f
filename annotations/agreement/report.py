"""All measures of one project: counted article by article, then put together.

A person takes part in an article with one set. Only articles that two people or more annotated are counted. Pairs of
people are pooled for the overall figures (micro), and told apart in `pairs`.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations

from annotations.agreement import confusion, kappa, krippendorff, relation_f1, span_f1, tokens
from annotations.agreement.tally import REPLICATES, Counts, Figure, Tally
from annotations.records import AnnotationSetRecord, Record, SpanRecord

SPAN_KINDS = ("entity", "claim", "cue", "expression")
RELATION_KINDS = ("attribution", "stance", "relation")
MOST_EXAMPLES = 20
Pair = tuple[str, str]
Cell = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Example:
    """A place where two people differ: the article, the two, and the span of each, where there is one."""

    article: str
    pair: Pair
    spans: tuple[SpanRecord | None, SpanRecord | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelAgreement:
    """One span label: how many spans, how alike in label and bounds, how alike in label alone, alpha over words."""

    label: str
    spans: int
    exact: Figure
    partial: Figure
    alpha: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAgreement:
    """Two people: the articles they share, their spans' and relations' F1."""

    people: Pair
    articles: int
    exact: Figure
    partial: Figure
    relations: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAgreement:
    """One article label, with its topic: units, share of equal values, and agreement beyond chance.

    `cohen` is by pair; `fleiss` by the number of people who gave a value.
    """

    label: str
    topic: str | None
    units: int
    equal: Figure
    alpha: Figure
    cohen: dict[Pair, Figure]
    fleiss: dict[int, Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a project's agreement is; `annotations` counts spans and relations, `alpha` is by kind, over words."""

    articles: int
    annotations: int
    exact: Figure
    partial: Figure
    relations: Figure
    relations_on_matched_spans: Figure
    alpha: dict[str, Figure]
    labels: list[LabelAgreement]
    pairs: list[PairAgreement]
    documents: list[DocumentAgreement]
    confusion: dict[str, dict[Cell, int]]
    examples: dict[Cell, list[Example]] = field(default_factory=dict)


class Agreement:
    """Counts records as they stream by; `kinds` says of which kind each label key is."""

    def __init__(self, kinds: Mapping[str, str], *, replicates: int = REPLICATES) -> None:
        self.kinds = kinds
        self.tally = Tally(replicates=replicates)
        self.articles = self.annotations = 0
        self.shared: Counter[Pair] = Counter()
        self.cells: dict[str, Counter[Cell]] = defaultdict(Counter)
        self.examples: dict[Cell, list[Example]] = defaultdict(list)
        self.people_of: dict[tuple[str, str | None], set[int]] = defaultdict(set)

    def add(self, record: Record) -> None:
        """Counts one article; its sets must be those to compare, one a person."""
        works = sorted(record.annotation_sets, key=lambda work: work.annotator or "")
        if len(works) < 2:
            return
        self.articles += 1
        self.annotations += sum(len(work.spans) + len(work.relations) for work in works)
        counts: Counts = Counter()
        for one, other in combinations(works, 2):
            pair = (one.annotator or "", other.annotator or "")
            self.shared[pair] += 1
            counts.update(span_f1.count(one.spans, other.spans, scope=pair))
            counts.update(relation_f1.count(one, other, scope=pair))
            self._confuse(record.id, pair, one, other)
        counts.update(self._words(record.text, works))
        counts.update(self._documents(works))
        self.tally.add(counts, article=record.id)

    def _confuse(self, article: str, pair: Pair, one: AnnotationSetRecord, other: AnnotationSetRecord) -> None:
        for kind in SPAN_KINDS:
            ours, theirs = (self._of_kind(work.spans, kind) for work in (one, other))
            for case in confusion.cases(ours, theirs):
                our, their = case
                cell = (our.label if our else None, their.label if their else None)
                self.cells[kind][cell] += 1
                differ = our is None or their is None or (our.label, our.ranges) != (their.label, their.ranges)
                if differ and len(self.examples[cell]) < MOST_EXAMPLES:
                    self.examples[cell].append(Example(article, pair, case))

    def _of_kind(self, spans: Sequence[SpanRecord], kind: str) -> list[SpanRecord]:
        return [span for span in spans if self.kinds.get(span.label) == kind]

    def _words(self, text: str, works: Sequence[AnnotationSetRecord]) -> Counts:
        words = tokens.words(text)
        counts: Counts = Counter()
        for kind in SPAN_KINDS:
            keys = {key for key, of in self.kinds.items() if of == kind}
            units = tokens.unit_counts(words, [work.spans for work in works], labels=keys)
            for unit, times in units.items():
                counts.update(krippendorff.coincidences(unit, scope=kind, times=times))
            for key in {key for unit in units for value in unit for key in value}:
                # Many sets of labels occur, few combinations of yes and no: these are counted once each.
                has: Counter[tuple[bool, ...]] = Counter()
                for unit, times in units.items():
                    has[tuple(key in value for value in unit)] += times
                for answers, times in has.items():
                    counts.update(krippendorff.coincidences(answers, scope=("has", key), times=times))
        return counts

    def _documents(self, works: Sequence[AnnotationSetRecord]) -> Counts:
        said = [{(label.label, label.topic): label.value for label in work.labels} for work in works]
        counts: Counts = Counter()
        for scope in {scope for values in said for scope in values}:
            unit = [values.get(scope) for values in said]
            counts.update(krippendorff.coincidences(unit, scope=scope))
            counts.update(kappa.count_unit(unit, scope=scope))
            if None not in unit:
                self.people_of[scope].add(len(unit))
            for (at, one), (to, other) in combinations(enumerate(works), 2):
                pair = (one.annotator or "", other.annotator or "")
                counts.update(kappa.count_pair(unit[at], unit[to], scope=(scope, pair)))
            counts[("document", scope)] += 1
        return counts

    def report(self) -> Report:
        """Returns the figures of all that was added."""
        pairs = sorted(self.shared)
        spans = [key for key, kind in self.kinds.items() if kind in SPAN_KINDS]
        relations = [key for key, kind in self.kinds.items() if kind in RELATION_KINDS]
        return Report(
            articles=self.articles,
            annotations=self.annotations,
            exact=self._f1(span_f1.EXACT, pairs, spans),
            partial=self._f1(span_f1.PARTIAL, pairs, spans),
            relations=self._relations(pairs, relations),
            relations_on_matched_spans=self._relations(pairs, relations, on_matched_spans=True),
            alpha={kind: self._alpha(kind) for kind in SPAN_KINDS},
            labels=[found for key in spans if (found := self._label(key, pairs)).spans],
            pairs=[self._pair(pair, spans, relations) for pair in pairs],
            documents=[self._document(*scope, pairs) for scope in self._document_scopes()],
            confusion={kind: dict(cells) for kind, cells in self.cells.items()},
            examples=dict(self.examples),
        )

    def _f1(self, kind: str, pairs: Sequence[Pair], labels: Sequence[str]) -> Figure:
        return self.tally.figure(lambda tally: span_f1.f1(tally, kind=kind, scopes=pairs, labels=labels))

    def _relations(self, pairs: Sequence[Pair], labels: Sequence[str], *, on_matched_spans: bool = False) -> Figure:
        return self.tally.figure(
            lambda tally: relation_f1.f1(tally, scopes=pairs, labels=labels, on_matched_spans=on_matched_spans)
        )

    def _alpha(self, scope: object) -> Figure:
        return self.tally.figure(lambda tally: krippendorff.alpha(tally, scope=scope))

    def _label(self, key: str, pairs: Sequence[Pair]) -> LabelAgreement:
        return LabelAgreement(
            label=key,
            spans=int(sum(self.tally.of(("spans", pair, key))[0] for pair in pairs)),
            exact=self._f1(span_f1.EXACT, pairs, [key]),
            partial=self._f1(span_f1.PARTIAL, pairs, [key]),
            alpha=self._alpha(("has", key)),
        )

    def _pair(self, pair: Pair, spans: Sequence[str], relations: Sequence[str]) -> PairAgreement:
        return PairAgreement(
            people=pair,
            articles=self.shared[pair],
            exact=self._f1(span_f1.EXACT, [pair], spans),
            partial=self._f1(span_f1.PARTIAL, [pair], spans),
            relations=self._relations([pair], relations),
        )

    def _document_scopes(self) -> list[tuple[str, str | None]]:
        scopes = [key[1] for key in self.tally.sums if key[0] == "document"]
        return sorted(scopes, key=lambda scope: (scope[0], scope[1] or ""))

    def _document(self, label: str, topic: str | None, pairs: Sequence[Pair]) -> DocumentAgreement:
        scope = (label, topic)
        return DocumentAgreement(
            label=label,
            topic=topic,
            units=int(self.tally.of(("document", scope))[0]),
            equal=self.tally.figure(lambda tally: kappa.equal(tally, scopes=[(scope, pair) for pair in pairs])),
            alpha=self._alpha(scope),
            cohen={pair: self.tally.figure(partial(kappa.cohen, scope=(scope, pair))) for pair in pairs},
            fleiss={
                people: self.tally.figure(partial(kappa.fleiss, scope=scope, people=people))
                for people in sorted(self.people_of[scope])
            },
        )
