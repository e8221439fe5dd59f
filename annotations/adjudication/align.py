"""What is agreed, what is to be decided, and which of it was decided before? The units of one article."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotations.adjudication.relations import label_units, relation_units
from annotations.adjudication.spans import span_units
from annotations.adjudication.units import UNIT_END, Kinds, Noun, Unit, Value, canonical
from annotations.kinds.base import SLOTS
from annotations.records import AnnotationSetRecord, Range

NOUN_ORDER = {"label": 0, "span": 1, "relation": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision as it was made: about what, between which values, for which; `own` where it is no candidate's."""

    unit: str
    noun: Noun
    group: str
    candidates: tuple[Value, ...]
    taken: tuple[Value, ...]
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """All units in the order of the text, and the decisions that were made of them, by key.

    A decision is `dated` where what it took is not said by any set any more, or something else is; it stands all the
    same. `lost` are the decisions of what no set speaks of any more; their annotations stand in the gold set.
    """

    units: tuple[Unit, ...]
    decisions: dict[str, Decided] = field(default_factory=dict)
    dated: frozenset[str] = frozenset()
    lost: tuple[Decided, ...] = ()

    def unit(self, key: str) -> Unit | None:
        """Returns a unit by its key."""
        return next((unit for unit in self.units if unit.key == key), None)

    @property
    def agreed(self) -> list[Unit]:
        """What all sets say alike and nobody decided otherwise."""
        return [unit for unit in self.units if unit.agreed and unit.key not in self.decisions]

    @property
    def differing(self) -> list[Unit]:
        """What there is or was to decide."""
        return [unit for unit in self.units if not unit.agreed or unit.key in self.decisions]


def align(works: Sequence[AnnotationSetRecord], kinds: Kinds, decided: Iterable[Decided] = ()) -> Alignment:
    """Aligns sets of one article; the order of the sets does not matter. `kinds` says of which kind each label is."""
    known = list(decided)
    spans, taken, lost = _recognised(span_units(works, kinds), [one for one in known if one.noun == "span"])
    relations, more, gone = _recognised(
        relation_units(works, kinds, spans), [one for one in known if one.noun == "relation"]
    )
    labels, last, left = _recognised(label_units(works), [one for one in known if one.noun == "label"])
    units = sorted((*spans, *relations, *labels), key=_text_order)
    decisions = taken | more | last
    dated = frozenset(unit.key for unit in units if unit.key in decisions and _is_dated(unit, decisions[unit.key]))
    return Alignment(units=tuple(units), decisions=decisions, dated=dated, lost=(*lost, *gone, *left))


def _text_order(unit: Unit) -> tuple[Any, ...]:
    return unit.at, NOUN_ORDER[unit.noun], -(unit.ranges[-1][1] if unit.ranges else 0), unit.key


def _recognised(units: list[Unit], decided: list[Decided]) -> tuple[list[Unit], dict[str, Decided], list[Decided]]:
    """Finds each decision's unit: by its key, else the one that is likest; that then bears the decision's key."""
    by_key = {unit.key: unit for unit in units}
    found = {one.unit: one for one in decided if one.unit in by_key}
    free = {key: unit for key, unit in by_key.items() if key not in found}
    waiting = [one for one in decided if one.unit not in by_key]
    ranked = sorted(
        (-likeness, one.unit, unit.key)
        for one in waiting
        for unit in free.values()
        if (likeness := _likeness(one, unit))
    )
    again = {one.unit: one for one in waiting}
    names: dict[str, str] = {}
    for _less, old, new in ranked:
        if old in again and new not in names:
            found[old], names[new] = again.pop(old), old
    return [unit.renamed(names.get(unit.key, unit.key)) for unit in units], found, list(again.values())


def _likeness(one: Decided, unit: Unit) -> float:
    """How much a unit is what was decided: a value that both hold, then the text that both cover; 0 for not at all."""
    if one.group != unit.group:
        return 0.0
    here = {canonical(candidate.value) for candidate in unit.candidates}
    same = len(here & {canonical(value) for value in (*one.candidates, *one.taken)})
    if one.noun != "span":
        return float(same) + _ends_shared(one, unit)
    there = [piece for value in (*one.candidates, *one.taken) for piece in value["ranges"]]
    return same + _share(there, unit.ranges)


def _ends_shared(one: Decided, unit: Unit) -> float:
    """Whether a relation still stands between a span unit of before and what it stood to; a half says no more."""
    before = {(value.get("head"), value.get("tail")) for value in one.candidates}
    now = {(candidate.value.get("head"), candidate.value.get("tail")) for candidate in unit.candidates}
    return 0.5 if before & now else 0.0


def _share(ours: Iterable[Sequence[int]], theirs: Iterable[Range]) -> float:
    mine = {point for start, end in ours for point in range(start, end)}
    other = {point for start, end in theirs for point in range(start, end)}
    return len(mine & other) / max(len(mine | other), 1)


def _is_dated(unit: Unit, decided: Decided) -> bool:
    """Whether what was taken is said no more, or something is said that was not there to be chosen."""
    here = {canonical(candidate.value) for candidate in unit.candidates}
    before = {canonical(value) for value in decided.candidates}
    gone = not decided.own and any(canonical(value) not in here for value in decided.taken)
    return gone or not here <= before


def ends_of(value: Value) -> list[str]:
    """Returns the keys of the span units that a relation's value stands on."""
    ends = [value[slot] for slot in SLOTS]
    return [end.removeprefix(UNIT_END) for end in ends if end and end.startswith(UNIT_END)]
