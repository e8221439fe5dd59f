"""What in an annotation set looks like a slip? Findings that a person mends or dismisses; none forbids anything.

`static/js/core/warnings.js` finds the same while somebody works; `tests/golden/warnings.json` and random sets hold both
to each other. docs/warnings.md says what each kind means. Offsets are code points, half-open.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotations.kinds.base import SLOTS
from annotations.kinds.scheme import LabelRule, Scheme
from annotations.kinds.wording import is_named, words_key
from annotations.records import RelationRecord, SpanRecord
from annotations.text.edges import cut_words, tidy, whole
from annotations.text.ink import Range

KINDS = ("edge", "cut", "duplicate", "otherwise", "required", "source", "end")
# Labels of the same words elsewhere: folded words -> label -> how often.
Elsewhere = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that looks wrong with a span or relation.

    `stamp` is a hash of what it is about (label, ranges or ends): who dismissed it hears of it again once that changes.
    """

    kind: str
    noun: str
    id: str
    start: int
    stamp: str
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The identity under which it is dismissed: `kind:id:stamp`."""
        return f"{self.kind}:{self.id}:{self.stamp}"


def find_warnings(
    text: str,
    scheme: Scheme,
    spans: Sequence[SpanRecord],
    relations: Sequence[RelationRecord],
    *,
    elsewhere: Elsewhere | None = None,
) -> list[Finding]:
    """Returns what looks wrong in one set, in the order of the text."""
    return _Inspection(text, scheme, spans, relations, elsewhere or {}).run()


class _Inspection:
    """One look at one set."""

    def __init__(
        self,
        text: str,
        scheme: Scheme,
        spans: Sequence[SpanRecord],
        relations: Sequence[RelationRecord],
        elsewhere: Elsewhere,
    ) -> None:
        self.text, self.relations, self.elsewhere = text, relations, elsewhere
        self.labels = {key: rule for key in scheme.labels if (rule := scheme.labels[key]).active}
        self.spans = {span.id: span for span in spans}
        self.uses = Counter(end for one in relations for slot in SLOTS if (end := getattr(one, slot)) in self.spans)

    def run(self) -> list[Finding]:
        found = [*self._edges(), *self._duplicates(), *self._otherwise(), *self._required(), *self._sources()]
        found += self._ends()
        return sorted(found, key=lambda one: (one.start, KINDS.index(one.kind), one.id, one.stamp))

    def _of_span(self, kind: str, span: SpanRecord, *more: str, **data: Any) -> Finding:
        ranges = ",".join(f"{start}-{end}" for start, end in span.ranges)
        stamp = _hash(" ".join([span.label, ranges, *more]))
        return Finding(kind=kind, noun="span", id=span.id, start=span.ranges[0][0], stamp=stamp, data=data)

    def _of_relation(self, kind: str, one: RelationRecord, *more: str, **data: Any) -> Finding:
        stamp = _hash(" ".join([one.label, one.head, one.via or "", one.tail, *more]))
        ends = [self.spans[end] for end in (one.via, one.head, one.tail) if end in self.spans]
        start = ends[0].ranges[0][0] if ends else 0
        return Finding(kind=kind, noun="relation", id=one.id, start=start, stamp=stamp, data=data)

    def _edges(self) -> Iterator[Finding]:
        for span in self.spans.values():
            tidied = [tidy(self.text, *piece) for piece in span.ranges]
            if (mend := _joined(tidied)) != list(span.ranges):
                yield self._of_span("edge", span, mend=mend)
            words = [word for piece in span.ranges for word in cut_words(self.text, *piece) if word]
            if words:
                mend = _joined(whole(self.text, *piece) for piece in span.ranges)
                yield self._of_span("cut", span, mend=mend, words=sorted(set(words)))

    def _duplicates(self) -> Iterator[Finding]:
        same: defaultdict[Any, list[Any]] = defaultdict(list)
        for span in self.spans.values():
            same[span.label, *(tidy(self.text, *piece) for piece in span.ranges)].append(span)
        for relation in self.relations:
            ends = (relation.head, relation.via, relation.tail)
            same[relation.label, *ends, repr(relation.attributes.get("polarity"))].append(relation)
        for twins in same.values():
            kept, *others = sorted(twins, key=self._worth) if len(twins) > 1 else twins
            for one in others:
                about = self._of_span if isinstance(one, SpanRecord) else self._of_relation
                yield about("duplicate", one, of=kept.id)

    def _worth(self, one: SpanRecord | RelationRecord) -> tuple[int, int, bool, str]:
        """What is kept of several comes first: what most stands on, then what says most."""
        return -self.uses[one.id], -len(one.attributes), getattr(one, "entity", None) is None, one.id

    def _otherwise(self) -> Iterator[Finding]:
        named = [one for one in self.spans.values() if is_named(self.labels.get(one.label), one.attributes)]
        keys = {span.id: words_key(span.quote) for span in named}
        here: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for span in named:
            here[keys[span.id]][span.label] += 1
        for span in named:
            key = keys[span.id]
            counts = here[key] + Counter(dict(self.elsewhere.get(key, {})))
            others = {k: n for k, n in counts.items() if k != span.label and n >= counts[span.label]}
            if key and others:
                yield self._of_span("otherwise", span, own=counts[span.label], others=others)

    def _required(self) -> Iterator[Finding]:
        for span in self.spans.values():
            for name in self._missing(span):
                yield self._of_span("required", span, name, name=name)
        for relation in self.relations:
            for name in self._missing(relation):
                yield self._of_relation("required", relation, name, name=name)

    def _missing(self, one: SpanRecord | RelationRecord) -> list[str]:
        rule = self.labels.get(one.label)
        required = rule.attributes.get("required", []) if rule else []
        return [name for name in required if name not in one.attributes]

    def _sources(self) -> Iterator[Finding]:
        attributions = {key: rule for key, rule in self.labels.items() if rule.kind == "attribution"}
        heads = {end for rule in attributions.values() for end in rule.ends.get("head", [])}
        said = {relation.head for relation in self.relations if relation.label in attributions}
        for span in self.spans.values():
            rule = self.labels.get(span.label)
            if rule and rule.kind == "claim" and {span.label, "@claim"} & heads and span.id not in said:
                yield self._of_span("source", span)

    def _ends(self) -> Iterator[Finding]:
        for relation in self.relations:
            rule = self.labels.get(relation.label)
            for slot in SLOTS:
                if rule and not self._fits(getattr(relation, slot), slot, rule):
                    yield self._of_relation("end", relation, slot, slot=slot)

    def _fits(self, end: str | None, slot: str, rule: LabelRule) -> bool:
        """Tells whether an end is there and the label takes it; nobody judges what bears an archived label."""
        if end is None:
            return slot == "via"
        if end in ("article", "implicit"):
            names = {f"@{end}"}
        elif end.startswith("topic:"):
            names = {"@topic"}
        elif end not in self.spans:
            return False
        else:
            label = self.labels.get(self.spans[end].label)
            if label is None:
                return True
            names = {label.key, f"@{label.kind}"}
        return bool(names & set(rule.ends.get(slot, [])))


def _joined(ranges: Iterable[Range]) -> list[Range]:
    """Returns ranges in order, what meets joined."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def _hash(said: str) -> str:
    """Returns FNV-1a in 32 bits as eight hexadecimal digits: JavaScript has no other hash at once and everywhere."""
    found = 0x811C9DC5
    for byte in said.encode():
        found = (found ^ byte) * 0x01000193 & 0xFFFFFFFF
    return f"{found:08x}"
