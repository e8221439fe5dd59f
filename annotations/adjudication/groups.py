"""Which values belong to one unit? Those that are likest each other, as long as no set says two of them."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from annotations.adjudication.units import Candidate, Member, Value, canonical

# The greater, the sooner two sayings are joined; its parts count in their order.
Likeness = tuple[float, ...]


@dataclass(slots=True)
class Saying:
    """A value on its way into a unit, and who says it. `of` is what the finder of the units needs to compare it."""

    value: Value
    members: list[Member]
    of: Any

    @property
    def candidate(self) -> Candidate:
        """The value as the unit holds it."""
        return Candidate(value=self.value, members=tuple(sorted(self.members)))


def sayings(annotations: Iterable[tuple[Member, Value, Any]]) -> list[Saying]:
    """Groups annotations by value. What one set says twice is said by two groups, each with one of them."""
    groups: dict[tuple[bytes, int], Saying] = {}
    times: dict[tuple[bytes, str], int] = defaultdict(int)
    for member, value, of in sorted(annotations, key=lambda item: item[0]):
        key = canonical(value)
        time = times[key, member.work]
        times[key, member.work] += 1
        groups.setdefault((key, time), Saying(value, [], of)).members.append(member)
    return [groups[key] for key in sorted(groups)]


def joined(
    nodes: Sequence[Saying], pairs: Iterable[tuple[int, int]], likeness: Callable[[Saying, Saying], Likeness | None]
) -> list[list[Saying]]:
    """Joins sayings into units: the likest pair first, none with two sayings of one set. `pairs` are those to compare.

    Those without a likeness are never joined. The order of the sets does not matter: sayings come sorted by value, and
    equal likeness goes by their order.
    """
    ranked = []
    for one, other in pairs:
        low, high = min(one, other), max(one, other)
        found = likeness(nodes[low], nodes[high])
        if found is not None:
            ranked.append((tuple(-part for part in found), low, high))
    unit_of = list(range(len(nodes)))
    units: dict[int, list[int]] = {at: [at] for at in unit_of}
    works = [{member.work for member in node.members} for node in nodes]
    held: dict[int, set[str]] = {at: set(works[at]) for at in unit_of}
    for _rank, low, high in sorted(ranked):
        into, from_ = unit_of[low], unit_of[high]
        if into == from_ or held[into] & held[from_]:
            continue
        held[into] |= held.pop(from_)
        for at in units[from_]:
            unit_of[at] = into
        units[into] += units.pop(from_)
    return [[nodes[at] for at in sorted(inside)] for inside in units.values()]


def within(nodes: Sequence[Saying], place: Callable[[Saying], Hashable]) -> Iterable[tuple[int, int]]:
    """Yields the pairs of sayings that stand in one place."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for at, node in enumerate(nodes):
        places[place(node)].append(at)
    for inside in places.values():
        yield from ((one, other) for i, one in enumerate(inside) for other in inside[i + 1 :])
