"""Which spans of several sets are about the same piece of text? Overlapping ones of one kind, the likest first."""

from collections.abc import Iterable, Iterator, Sequence

from annotations.adjudication.groups import Likeness, Saying, joined, sayings
from annotations.adjudication.units import (
    AGREED,
    ATTRIBUTE,
    BOUNDARY,
    LABEL,
    MISSING,
    Candidate,
    Kinds,
    Member,
    Unit,
    Value,
    by_weight,
    numbered,
    union,
)
from annotations.records import AnnotationSetRecord, Range, SpanRecord

UNKNOWN = "entity"  # of a label that is not the project's any more


def value_of(span: SpanRecord) -> Value:
    """Returns what a span says, without its id."""
    return {
        "label": span.label, "ranges": [list(piece) for piece in span.ranges],
        "attributes": span.attributes, "entity": span.entity,
    }  # fmt: skip


def span_units(works: Sequence[AnnotationSetRecord], kinds: Kinds) -> list[Unit]:
    """Returns the units that all spans of the sets stand in, each span in one."""
    all_works = {work.id for work in works}
    by_group: dict[str, list[tuple[Member, Value, tuple[Range, ...]]]] = {}
    for work in works:
        for span in work.spans:
            group = kinds.get(span.label, UNKNOWN)
            by_group.setdefault(group, []).append((Member(work.id, span.id), value_of(span), span.ranges))
    units = []
    for group, annotations in by_group.items():
        nodes = sayings(annotations)
        agreed = [[node] for node in nodes if len(node.members) == len(all_works)]
        rest = [node for node in nodes if len(node.members) < len(all_works)]
        differing = joined(rest, _touching(rest), _likeness)
        units += [_unit(group, inside, all_works) for inside in (*agreed, *differing)]
    return numbered(units)


def _unit(group: str, inside: Sequence[Saying], works: set[str]) -> Unit:
    candidates = by_weight(saying.candidate for saying in inside)
    ranges = union(piece for saying in inside for piece in saying.of)
    absent = works.difference(*(candidate.works for candidate in candidates))
    return Unit(
        key=f"span:{group}:{ranges[0][0]}-{ranges[-1][1]}", noun="span", group=group,
        kind=_difference(candidates, absent=absent), candidates=candidates, absent=tuple(sorted(absent)), ranges=ranges,
        at=ranges[0][0],
    )  # fmt: skip


def _difference(candidates: Sequence[Candidate], *, absent: Iterable[str]) -> str:
    """Returns the gravest difference: label before boundary before attribute; missing where one value stands alone."""
    if len(candidates) == 1:
        return MISSING if absent else AGREED
    values = [candidate.value for candidate in candidates]
    if len({value["label"] for value in values}) > 1:
        return LABEL
    return BOUNDARY if any(value["ranges"] != values[0]["ranges"] for value in values) else ATTRIBUTE


def _likeness(one: Saying, other: Saying) -> Likeness | None:
    shared = sum(max(min(b, d) - max(a, c), 0) for a, b in one.of for c, d in other.of)
    if not shared:
        return None
    length = sum(end - start for start, end in (*one.of, *other.of)) - shared
    return shared / length, float(one.value["label"] == other.value["label"])


def _touching(nodes: Sequence[Saying]) -> Iterator[tuple[int, int]]:
    """Yields the pairs whose whole extents share code points: a sweep over their beginnings."""
    running: list[int] = []
    for at in sorted(range(len(nodes)), key=lambda at: nodes[at].of[0][0]):
        start = nodes[at].of[0][0]
        running = [other for other in running if nodes[other].of[-1][1] > start]
        yield from ((other, at) for other in running)
        running.append(at)
