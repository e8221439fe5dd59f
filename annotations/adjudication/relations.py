"""Which relations and article labels of several sets are about the same? Those between the same units."""

from collections.abc import Mapping, Sequence

from annotations.adjudication.groups import Likeness, Saying, joined, sayings, within
from annotations.adjudication.units import (
    AGREED,
    ARTICLE,
    RELATION,
    UNIT_END,
    Kinds,
    Member,
    Unit,
    Value,
    by_weight,
    digest,
    numbered,
    union,
)
from annotations.kinds.base import SLOTS
from annotations.records import AnnotationSetRecord, RelationRecord

# Between which equal ends two relations of a kind are one: an attribution is about its claim, whoever said it.
ANCHORS: dict[str, tuple[str, ...]] = {"attribution": ("head",)}
UNKNOWN = "relation"  # of a label that is not the project's any more


def unit_by_member(spans: Sequence[Unit]) -> dict[tuple[str, str], Unit]:
    """Returns the unit of each span, by the ids of set and span."""
    return {(member.work, member.uid): unit for unit in spans for member in unit.members}


def relation_units(works: Sequence[AnnotationSetRecord], kinds: Kinds, spans: Sequence[Unit]) -> list[Unit]:
    """Returns the units that all relations of the sets stand in; `spans` are the units of their ends."""
    all_works = {work.id for work in works}
    unit_of, by_key = unit_by_member(spans), {unit.key: unit for unit in spans}
    annotations = [
        (Member(work.id, relation.id), _value(relation, work.id, unit_of), kinds.get(relation.label, UNKNOWN))
        for work in works
        for relation in work.relations
    ]
    nodes = sayings(annotations)
    agreed = [[node] for node in nodes if len(node.members) == len(all_works)]
    rest = [node for node in nodes if len(node.members) < len(all_works)]
    pairs = within(rest, lambda node: (node.of, *(node.value[slot] for slot in _anchors(node))))
    return numbered(_unit(inside, all_works, by_key) for inside in (*agreed, *joined(rest, pairs, _likeness)))


def _value(relation: RelationRecord, work: str, unit_of: Mapping[tuple[str, str], Unit]) -> Value:
    def end(name: str | None) -> str | None:
        unit = unit_of.get((work, name or ""))
        return name if unit is None else f"{UNIT_END}{unit.key}"

    ends = {slot: end(getattr(relation, slot)) for slot in SLOTS}
    return {"label": relation.label, **ends, "attributes": relation.attributes}


def _anchors(node: Saying) -> tuple[str, ...]:
    return ANCHORS.get(node.of, ("head", "tail"))


def _likeness(one: Saying, other: Saying) -> Likeness:
    return tuple(float(one.value[name] == other.value[name]) for name in ("label", "tail", "attributes", "via"))


def _unit(inside: Sequence[Saying], works: set[str], by_key: Mapping[str, Unit]) -> Unit:
    candidates = by_weight(saying.candidate for saying in inside)
    absent = works.difference(*(candidate.works for candidate in candidates))
    group, first = inside[0].of, inside[0]
    ends = {candidate.value[slot] for candidate in candidates for slot in SLOTS if candidate.value[slot]}
    units = [by_key[end.removeprefix(UNIT_END)] for end in ends if end.startswith(UNIT_END)]
    return Unit(
        key=f"relation:{digest([group, [first.value[slot] for slot in _anchors(first)]])}",
        noun="relation", group=group, kind=AGREED if len(candidates) == 1 and not absent else RELATION,
        candidates=candidates, absent=tuple(sorted(absent)),
        ranges=union(piece for unit in units for piece in unit.ranges), at=max((unit.at for unit in units), default=0),
    )  # fmt: skip


def label_units(works: Sequence[AnnotationSetRecord]) -> list[Unit]:
    """Returns a unit for each article label that any set gives, of the article or its relation to a topic."""
    all_works = {work.id for work in works}
    places: dict[tuple[str, str], list[tuple[Member, Value, None]]] = {}
    for work in works:
        for said in work.labels:
            value = {"label": said.label, "topic": said.topic, "value": said.value}
            places.setdefault((said.label, said.topic or ""), []).append((Member(work.id, ""), value, None))
    units = []
    for place, annotations in sorted(places.items()):
        candidates = by_weight(saying.candidate for saying in sayings(annotations))
        absent = all_works.difference(*(candidate.works for candidate in candidates))
        units.append(
            Unit(
                key=f"label:{digest(place)}", noun="label", group="article",
                kind=AGREED if len(candidates) == 1 and not absent else ARTICLE,
                candidates=candidates, absent=tuple(sorted(absent)),
            )
        )  # fmt: skip
    return units
