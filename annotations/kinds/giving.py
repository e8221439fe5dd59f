"""What becomes of a hit that is given a label? New, relabelled, already so, or not clear enough to touch."""

import uuid
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from annotations import edits
from annotations.edits import AnyOperation
from annotations.kinds.scheme import LabelRule
from annotations.records import Range, SpanRecord


class Fate(StrEnum):
    """What giving a label does to one hit."""

    NEW = "new"
    RELABELLED = "relabelled"
    SAME = "same"
    SEVERAL = "several"


class Given(NamedTuple):
    """The fate of a hit with the operation that brings it about, and the label it had."""

    fate: Fate
    operation: AnyOperation | None
    was: str | None = None


def covers(span: SpanRecord, hit: Range) -> bool:
    """Whether one piece of the span holds all of the hit."""
    return any(start <= hit[0] and hit[1] <= end for start, end in span.ranges)


def covering(spans: Iterable[SpanRecord], hit: Range) -> list[SpanRecord]:
    """Returns the spans that hold a hit, the tightest first."""
    found = [span for span in spans if covers(span, hit)]
    return sorted(found, key=lambda span: (span.ranges[-1][1] - span.ranges[0][0], span.id))


def give(
    label: LabelRule, hit: Range, quote: str, *, spans: Iterable[SpanRecord], kinds: dict[str, str], salt: str
) -> Given:
    """Returns what giving a label to a hit does to a set that holds these spans.

    A hit inside a span of the label has it already. One that bears another label of its kind on exactly these words is
    relabelled, and keeps attributes and entity; with several such labels nothing is guessed. `kinds` are the kinds of
    labels by key. Ids follow from `salt`, which names the edit and the set, and the hit: the same again is the same.
    """
    around = covering(spans, hit)
    if any(span.label == label.key for span in around):
        return Given(Fate.SAME, None, label.key)
    exact = [span for span in around if span.ranges == (hit,) and kinds.get(span.label) == label.kind]
    op_id, span_id = (str(uuid.uuid5(uuid.NAMESPACE_OID, f"{salt}:{noun}:{hit}")) for noun in ("op", "span"))
    if len(exact) > 1:
        return Given(Fate.SEVERAL, None)
    if exact:
        update = edits.SpanUpdate(op_id=op_id, id=exact[0].id, label=label.key)
        return Given(Fate.RELABELLED, update, exact[0].label)
    create = edits.SpanCreate(op_id=op_id, id=span_id, label=label.key, ranges=(hit,), quote=quote)
    return Given(Fate.NEW, create)
