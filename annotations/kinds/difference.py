"""What lies between two states of a set, thing by thing, and which operations lead from one to the other?"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

import msgspec

from annotations.edits import AnyOperation
from annotations.kinds.base import SLOTS
from annotations.kinds.state import SetState
from annotations.kinds.touch import touched
from annotations.kinds.undo import Change, in_order, restoring
from annotations.records import ArticleLabelRecord, RelationRecord, SpanRecord

Thing = SpanRecord | RelationRecord | ArticleLabelRecord


class Changed(NamedTuple):
    """A span, relation or document label that differs: as it stood before and after, None where there was none.

    `thing` is named as in `touch.py`.
    """

    thing: str
    before: Thing | None
    after: Thing | None


def difference(before: SetState, after: SetState) -> list[Changed]:
    """Returns what differs: spans in the order of the text, then relations, then document labels."""
    spans = _differing("span", before.spans, after.spans)
    spans.sort(key=_place)
    relations = _differing("relation", before.relations, after.relations)
    old, new = ({f"{label}|{topic or ''}": row for (label, topic), row in s.labels.items()} for s in (before, after))
    return spans + relations + _differing("label", old, new)


def _differing[T: Thing](noun: str, before: Mapping[str, T], after: Mapping[str, T]) -> list[Changed]:
    keys = dict.fromkeys((*before, *after))
    pairs = ((key, before.get(key), after.get(key)) for key in keys)
    return [Changed(f"{noun}:{key}", old, new) for key, old, new in pairs if old != new]


def _place(changed: Changed) -> tuple[int, int, str]:
    match changed.after or changed.before:
        case SpanRecord() as span:
            return span.ranges[0][0], -span.ranges[-1][1], span.id
        case other:
            raise TypeError(other)


def changed_by(operation: AnyOperation, state: SetState) -> Changed | None:
    """Applies an operation to a state and returns what it changed there; None for one about the project's entities."""
    thing, _fields = touched(msgspec.to_builtins(operation))
    before = _standing(state, thing)
    state.apply(operation)
    return None if thing.startswith("entity:") else Changed(thing, before, _standing(state, thing))


def _standing(state: SetState, thing: str) -> Thing | None:
    noun, _, name = thing.partition(":")
    if noun == "label":
        label, _, topic = name.partition("|")
        return state.article_label(label, topic or None)
    return state.spans.get(name) if noun == "span" else state.relations.get(name)


def leading(now: SetState, then: SetState, *, salt: str) -> list[AnyOperation]:
    """Returns the operations that lead from one state to another, in an order that the judge accepts.

    A relation that changes its ends or label while one of the spans it joins gets another label is taken away and made
    again: in between, neither the old nor the new one need fit. `salt` is a UUID that the ids follow from.
    """
    found = difference(now, then)
    relabelled = {
        changed.thing.removeprefix("span:")
        for changed in found
        if isinstance(changed.before, SpanRecord)
        and isinstance(changed.after, SpanRecord)
        and changed.before.label != changed.after.label
    }
    # `restoring` leads from `after` to `before`, so the present stands behind here.
    parted = [_change(each.thing, None, each.before) for each in found if _must_part(each, relabelled)]
    apart = {change["thing"] for change in parted}
    rest = [_change(each.thing, each.after, None if each.thing in apart else each.before) for each in found]
    return in_order([*restoring(parted, salt=salt, named="gone"), *restoring(rest, salt=salt)])


def _must_part(changed: Changed, relabelled: Collection[str]) -> bool:
    old, new = changed.before, changed.after
    if not isinstance(old, RelationRecord) or not isinstance(new, RelationRecord):
        return False
    joins = {getattr(relation, slot) for relation in (old, new) for slot in SLOTS}
    same = all(getattr(old, field) == getattr(new, field) for field in ("label", *SLOTS))
    return not same and not joins.isdisjoint(relabelled)


def _change(thing: str, before: Thing | None, after: Thing | None) -> Change:
    return {"thing": thing, "before": _plain(before), "after": _plain(after)}


def _plain(value: Thing | None) -> Change | None:
    return None if value is None else msgspec.to_builtins(value)
