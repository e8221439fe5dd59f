"""How far is the adjudication of one article? The units of its sets beside what stands in the gold set."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotations.adjudication.align import Alignment, ends_of
from annotations.adjudication.spans import value_of
from annotations.adjudication.units import UNIT_END, Candidate, Member, Unit, Value, canonical
from annotations.kinds.base import SLOTS
from annotations.records import ArticleLabelRecord, RelationRecord, SpanRecord


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an annotation of the gold set comes from: annotations of the sets, and the unit where it was decided."""

    sources: frozenset[Member]
    unit: str | None = None


@dataclass(slots=True)
class Gold:
    """What stands in the gold set, by id, and where it comes from."""

    spans: Mapping[str, SpanRecord] = field(default_factory=dict)
    relations: Mapping[str, RelationRecord] = field(default_factory=dict)
    labels: Mapping[tuple[str, str | None], ArticleLabelRecord] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)


class Case:
    """One article's adjudication: what is held, open, agreed and accepted, agreed and still to be accepted."""

    def __init__(self, alignment: Alignment, gold: Gold) -> None:
        self.alignment, self.gold = alignment, gold
        self._held: dict[str, list[str]] = {unit.key: [] for unit in alignment.units}
        self._place(gold.spans, [unit for unit in alignment.units if unit.noun == "span"])
        # The ends of relations are looked up among the spans, so these come after them.
        self._place(gold.relations, [unit for unit in alignment.units if unit.noun == "relation"])

    def _place(self, standing: Mapping[str, SpanRecord | RelationRecord], units: list[Unit]) -> None:
        """Gives each annotation of the gold set to its unit: by what is known of it, else by what it says."""
        by_member = {member: unit.key for unit in units for member in unit.members}
        unclaimed: list[str] = []
        for uid in standing:
            origin = self.gold.origins.get(uid)
            if origin is None:
                unclaimed.append(uid)
                continue
            unit_key = origin.unit or next((by_member[m] for m in origin.sources if m in by_member), "")
            if unit_key in self._held:
                self._held[unit_key].append(uid)
        by_value = {canonical(self.said(standing[uid])): uid for uid in unclaimed}
        for unit in units if by_value else ():
            for candidate in unit.candidates:
                known = by_value.get(canonical(candidate.value))
                if known is not None and not self._held[unit.key]:
                    self._held[unit.key].append(known)

    def said(self, annotation: SpanRecord | RelationRecord) -> Value:
        """Returns what an annotation of the gold set says, in the terms of candidates."""
        if isinstance(annotation, SpanRecord):
            return value_of(annotation)
        units = {uid: key for key, uids in self._held.items() for uid in uids}

        def end(name: str | None) -> str | None:
            return f"{UNIT_END}{units[name]}" if name in units else name

        ends = {slot: end(getattr(annotation, slot)) for slot in SLOTS}
        return {"label": annotation.label, **ends, "attributes": annotation.attributes}

    def held(self, unit: Unit) -> list[str]:
        """Returns the ids of the gold annotations that stand for a unit of spans or relations."""
        return list(self._held.get(unit.key, ()))

    def end_of(self, name: str | None, *, works: frozenset[str] | set[str] = frozenset()) -> str | None:
        """Returns what stands in the gold set for an end of a candidate; None for nothing.

        Where several spans stand for the end's unit, it is the one that comes from one of `works`.
        """
        if name is None or not name.startswith(UNIT_END):
            return name
        uids = self._held.get(name.removeprefix(UNIT_END), [])
        own = [u for u in uids if u in self.gold.origins and {m.work for m in self.gold.origins[u].sources} & works]
        return next(iter(own or uids), None)

    def waits_for(self, candidate: Candidate) -> list[str]:
        """Returns the keys of the span units that have to be decided before a relation can be taken."""
        if "head" not in candidate.value:
            return []
        return [key for key in ends_of(candidate.value) if not self._held[key] and key not in self.alignment.decisions]

    def is_void(self, candidate: Candidate) -> bool:
        """Whether a relation has lost an end: its span was decided away. Without its middle it can stand."""
        ends = [candidate.value.get(slot) for slot in ("head", "tail")]
        keys = [end.removeprefix(UNIT_END) for end in ends if end and end.startswith(UNIT_END)]
        return any(not self._held[key] and key in self.alignment.decisions for key in keys)

    def is_accepted(self, unit: Unit) -> bool:
        """Whether what all say of an agreed unit stands in the gold set."""
        if unit.noun != "label":
            return bool(self._held[unit.key])
        value = unit.candidates[0].value
        said = self.gold.labels.get((value["label"], value["topic"]))
        return said is not None and said.value == value["value"]

    def is_settled(self, unit: Unit) -> bool:
        """Whether nothing is left to be done about a unit."""
        if unit.key in self.alignment.decisions:
            return True
        return (unit.agreed and self.is_accepted(unit)) or all(self.is_void(c) for c in unit.candidates)

    def open_units(self) -> list[Unit]:
        """Returns the disagreements that nobody has decided, in the order of the text."""
        return [unit for unit in self.alignment.units if not unit.agreed and not self.is_settled(unit)]

    def acceptable(self) -> list[Unit]:
        """Returns what is agreed and can be taken over at once: relations where their spans are or come with them."""
        pending = [unit for unit in self.alignment.agreed if not self.is_settled(unit)]
        coming = {unit.key for unit in pending if unit.noun == "span"}
        return [unit for unit in pending if set(self.waits_for(unit.candidates[0])) <= coming]

    def pending(self) -> list[Unit]:
        """Returns what is agreed and does not stand in the gold set yet, what waits for a decision included."""
        return [unit for unit in self.alignment.agreed if not self.is_settled(unit)]
