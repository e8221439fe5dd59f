"""Which operations on the gold set is a decision? What stands for the unit is changed, what is missing made."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from annotations import edits
from annotations.adjudication.case import Case
from annotations.adjudication.units import Candidate, Member, Unit, Value
from annotations.edits import AnyOperation
from annotations.kinds.base import SLOTS
from annotations.records import quote_of


@dataclass(slots=True)
class Plan:
    """Operations in an order that holds, and which annotation of the gold set comes from which of the sets."""

    operations: list[AnyOperation] = field(default_factory=list)
    sources: dict[str, tuple[Member, ...]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)


def planned(case: Case, decisions: Iterable[tuple[Unit, Sequence[Candidate]]], *, text: str, salt: str) -> Plan:
    """Returns how the gold set comes to hold exactly these values for each unit; none for what is rejected.

    The ids follow from `salt` and the unit, so that the same step asked for again is the same operations.
    """
    plan = Plan()
    made: dict[str, str] = {}
    for unit, taken in decisions:
        if unit.noun == "label":
            _plan_label(plan, case, unit, taken)
        else:
            _plan_annotations(plan, case, unit, taken, text=text, salt=salt, made=made)
    numbered = enumerate(plan.operations)
    plan.operations = [msgspec.structs.replace(one, op_id=_id(salt, f"operation {at}")) for at, one in numbered]
    return plan


def _id(salt: str, name: str) -> str:
    return str(uuid.uuid5(uuid.UUID(salt), name))


def _plan_annotations(
    plan: Plan, case: Case, unit: Unit, taken: Sequence[Candidate], *, text: str, salt: str, made: dict[str, str]
) -> None:
    held = case.held(unit)
    for at, candidate in enumerate(taken):
        uid = held[at] if at < len(held) else _id(salt, f"{unit.key} {at}")
        plan.sources[uid] = candidate.members
        if unit.noun == "span":
            made.setdefault(unit.key, uid)
            said = candidate.value | {"quote": quote_of(text, [tuple(piece) for piece in candidate.value["ranges"]])}
        else:
            said = _ends(case, candidate, made)
        if at >= len(held):
            plan.operations.append(_operation(f"{unit.noun}.create", uid, said))
        elif case.said((case.gold.spans if unit.noun == "span" else case.gold.relations)[uid]) != candidate.value:
            plan.operations.append(_operation(f"{unit.noun}.update", uid, said))
    for uid in held[len(taken) :]:
        plan.gone.add(uid)
        plan.operations.append(_operation(f"{unit.noun}.delete", uid, {}))


def _ends(case: Case, candidate: Candidate, made: dict[str, str]) -> Value:
    """Returns a relation's value with the gold set's spans as ends; those that come in the same step go before."""

    def end(name: str | None) -> str | None:
        known = case.end_of(name, works=candidate.works)
        return known or made.get((name or "").removeprefix("unit:"))

    return candidate.value | {slot: end(candidate.value[slot]) for slot in SLOTS}


def _operation(op: str, uid: str, said: dict[str, Any]) -> AnyOperation:
    made: AnyOperation = msgspec.convert({"op": op, "id": uid} | said, AnyOperation)
    return made


def _plan_label(plan: Plan, case: Case, unit: Unit, taken: Sequence[Candidate]) -> None:
    first = (taken or unit.candidates)[0].value if taken or unit.candidates else None
    if first is None:
        return
    said = case.gold.labels.get((first["label"], first["topic"]))
    if taken and (said is None or said.value != first["value"]):
        plan.operations.append(edits.LabelSet(label=first["label"], topic=first["topic"], value=first["value"]))
    elif not taken and said is not None:
        plan.operations.append(edits.LabelClear(label=first["label"], topic=first["topic"]))
