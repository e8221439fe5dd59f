"""What takes a change back? For each thing that changed, the operation that restores what stood before.

A change is `{"thing", "before", "after"}` in plain JSON values; `thing` is named as in `touch.py`, and before and after
are the span, relation or document label as it stood, None where there was none.
"""

import uuid
from collections.abc import Iterable
from typing import Any

import msgspec

from annotations import edits
from annotations.edits import AnyOperation
from annotations.kinds.state import Current

Plain = dict[str, Any] | None
Change = dict[str, Any]
FIELDS = {
    "span": ("label", "ranges", "quote", "attributes", "entity"),
    "relation": ("label", "head", "via", "tail", "attributes"),
}
# A relation goes before the spans it stands on, and comes back after them.
_ORDER = (
    edits.RelationDelete, edits.SpanCreate, edits.SpanUpdate, edits.RelationUpdate, edits.RelationCreate,
    edits.SpanDelete, edits.LabelSet, edits.LabelClear,
)  # fmt: skip


def standing(current: Current, thing: str) -> Plain:
    """Returns what stands in a place of a set, as plain JSON values."""
    noun, _, name = thing.partition(":")
    if noun == "label":
        label, _, topic = name.partition("|")
        found: Any = current.article_label(label, topic or None)
    else:
        found = current.span(name) if noun == "span" else current.relation(name)
    # Through JSON: what is compared later has been stored as JSON, where a tuple is a list.
    return None if found is None else msgspec.json.decode(msgspec.json.encode(found))


def restoring(changes: Iterable[Change], *, salt: str, named: str = "") -> list[AnyOperation]:
    """Returns the operations that lead from what stood after the changes to what stood before, in an order that holds.

    Their ids follow from `salt` and the thing: asked for again, they are the same, and applied once. Where a thing
    takes two operations, `named` tells their ids apart.
    """
    return in_order(_restoring(change, op_id=restoring_id(salt, change["thing"], named)) for change in changes)


def in_order(operations: Iterable[AnyOperation]) -> list[AnyOperation]:
    """Returns operations that restore things so that each finds what it needs."""
    return sorted(operations, key=lambda operation: _ORDER.index(type(operation)))


def restoring_id(salt: str, thing: str, named: str = "") -> str:
    """Returns the id of the operation that restores a thing."""
    return str(uuid.uuid5(uuid.UUID(salt), f"{named}:{thing}" if named else thing))


def _restoring(change: Change, *, op_id: str) -> AnyOperation:
    before, after = change["before"], change["after"]
    noun, _, name = change["thing"].partition(":")
    said: dict[str, Any]
    if noun == "label":
        label, _, topic = name.partition("|")
        said = {"op": "label.set" if before else "label.clear", "label": label, "topic": topic or None}
        said |= {"value": before["value"]} if before else {}
    elif before is None:
        said = {"op": f"{noun}.delete", "id": name}
    else:
        # An update gives only what differs, but never new ranges without their quote.
        kept = {field for field in FIELDS[noun] if after is not None and after[field] == before[field]}
        kept -= {"quote"} if noun == "span" and "ranges" not in kept else set()
        said = {field: before[field] for field in FIELDS[noun] if field not in kept}
        said |= {"op": f"{noun}.{'update' if after else 'create'}", "id": name}
    made: AnyOperation = msgspec.convert(said | {"op_id": op_id}, AnyOperation)
    return made
