"""How do relations of three ends fit where relations join two spans? As pairs that begin at the same end."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from annotations.exporters.losses import Loss, Losses
from annotations.exporters.views import View
from annotations.kinds import KINDS
from annotations.kinds.base import SLOTS
from annotations.records import RelationRecord


@dataclass(frozen=True, slots=True)
class Pair:
    """A relation between two spans, by their ids; `id` is the relation's, not of the pair alone."""

    id: str
    label: str
    head: str
    tail: str
    attributes: dict[str, Any]


def pairs(view: View, losses: Losses, *, among: frozenset[str] | None = None) -> Iterator[Pair]:
    """Yields each relation as pairs: head and tail under its label, the middle as `label.role` («attribution.cue»).

    `among` are the ids of the spans that the format kept; by default all of the view. An end that is none of them is
    a loss, and a relation of which fewer than two are left is one as a whole.
    """
    kept = frozenset(span.id for span in view.spans) if among is None else among
    kinds = view.kinds
    for relation in view.relations:
        roles = getattr(KINDS.get(kinds.get(relation.label, "")), "roles", {})
        ends = {slot: end for slot in SLOTS if (end := getattr(relation, slot)) is not None}
        spans = [(slot, end) for slot, end in ends.items() if end in kept]
        if len(spans) < 2:
            losses.add(_loss("relations", view, relation))
            continue
        if len(spans) < len(ends):
            losses.add(_loss("ends", view, relation, [end for end in ends.values() if end not in kept]))
        if len(spans) == 3:
            losses.add(_loss("split", view, relation))
        (anchor, head), *others = spans
        for slot, tail in others:
            plain = (anchor, slot) == ("head", "tail")
            label = relation.label if plain else f"{relation.label}.{roles.get(slot, slot)}"
            yield Pair(relation.id, label, head, tail, relation.attributes)


def _loss(code: str, view: View, relation: RelationRecord, what: list[str | None] | None = None) -> Loss:
    was = what or [relation.head, relation.via, relation.tail]
    return Loss(code, view.record.id, view.set_id, relation.id, relation.label, was=was)
