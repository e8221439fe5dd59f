"""How do two versions of a set differ, to be drawn? The text with what came, went and changed, and a list beside it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from annotations.kinds.base import SLOTS
from annotations.kinds.difference import Changed, Thing, difference
from annotations.kinds.state import SetState
from annotations.models import AnnotationSet
from annotations.queries.sentences import Sentences, entities_named
from annotations.records import Range, RelationRecord, SpanRecord
from annotations.text.segments import Mark, render_paragraph, segment, short_id

ADDED, REMOVED, CHANGED, SAME = "added", "removed", "changed", "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One line of the list: what became of a thing, its label and words, where it stands in the text.

    `fields` says of what changed what it was and what it is: (what, before, after). `color` is the label's.
    """

    thing: str
    state: str
    color: str
    label: str
    words: str
    ranges: tuple[Range, ...] = ()
    fields: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The paragraphs as HTML (safe), the differences in the order of the text, how many of each state."""

    paragraphs: list[str]
    differences: list[Difference]
    counts: Counter[str]


def compare(annotation_set: AnnotationSet, before: SetState, after: SetState) -> Comparison:
    """Draws what leads from one state of a set to another."""
    changes = difference(before, after)
    sentences = Sentences(annotation_set.project_id)
    sentences.learn_entities(entities_named(changes))
    spans = before.spans | after.spans
    differences = [_difference(changed, sentences, spans) for changed in changes]
    article = annotation_set.article
    sections = [(part["kind"], part["start"], part["end"]) for part in article.sections]
    marks = _marks(changes, differences, before, after, sentences)
    paragraphs = [render_paragraph(article.text, part) for part in segment(article.text, marks, sections=sections)]
    return Comparison(paragraphs=paragraphs, differences=differences, counts=Counter(one.state for one in differences))


def state_of(changed: Changed) -> str:
    """Returns what became of a thing."""
    return ADDED if changed.before is None else REMOVED if changed.after is None else CHANGED


def _difference(changed: Changed, sentences: Sentences, spans: Mapping[str, SpanRecord]) -> Difference:
    before, after = changed.before, changed.after
    shown = next(thing for thing in (after, before) if thing is not None)
    label, words = sentences.named(shown, spans.get)
    fields = sentences.fields(before, after, spans.get) if before is not None and after is not None else []
    row = sentences.labels.get(shown.label)
    return Difference(
        thing=changed.thing, state=state_of(changed), color=row.color if row else "slate", label=label, words=words,
        ranges=_ranges(shown, spans), fields=fields,
    )  # fmt: skip


def _ranges(thing: Thing, spans: Mapping[str, SpanRecord]) -> tuple[Range, ...]:
    """Returns where a thing stands: a span's own ranges, those of the spans that a relation joins."""
    if isinstance(thing, SpanRecord):
        return thing.ranges
    if isinstance(thing, RelationRecord):
        ends = (spans.get(str(getattr(thing, slot))) for slot in SLOTS)
        return tuple(piece for span in ends if span for piece in span.ranges)
    return ()


def _marks(
    changes: list[Changed], differences: list[Difference], before: SetState, after: SetState, sentences: Sentences
) -> list[Mark]:
    """Returns a mark for each span of either state: numbered like the list, those that stayed the same behind it."""
    marks = []
    for at, (changed, shown) in enumerate(zip(changes, differences, strict=True)):
        span, old = changed.after or changed.before, changed.before
        if not isinstance(span, SpanRecord):
            continue
        marks.append(_mark(at, span, shown.state, sentences, shown.label))
        if isinstance(old, SpanRecord) and old.ranges != span.ranges:
            marks.append(_mark(at, old, REMOVED, sentences, shown.label))
    same = [span for uid, span in after.spans.items() if before.spans.get(uid) == span]
    numbered = enumerate(same, start=len(changes))
    return marks + [
        _mark(at, span, SAME, sentences, sentences.named(span, after.spans.get)[0]) for at, span in numbered
    ]


def _mark(at: int, span: SpanRecord, state: str, sentences: Sentences, label: str) -> Mark:
    """Draws a span like an entity: each has an underline of its own, the innermost of what differs a tint."""
    row = sentences.labels.get(span.label)
    kind = "entity" if state != SAME and row and row.kind != "claim" else "drawn"
    return Mark(short_id(at), span.label, kind, state, span.ranges, label)
