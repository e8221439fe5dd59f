"""What does an operation touch? Two edits of the same field of the same thing must not pass each other unseen."""

from collections.abc import Iterable
from typing import Any

Touched = tuple[str, frozenset[str] | None]

KEPT = ("op", "op_id", "id", "quote")


def touched(operation: dict[str, Any]) -> Touched:
    """Returns (thing, fields): the thing as `span:<id>`, `relation:<id>`, `label:<key>|<topic>` or `entity:<key>`.

    `fields` are those an update gives, None where the whole thing is at stake. The operation is in its stored form;
    `static/js/core/touch.js` says the same.
    """
    noun, _, verb = operation["op"].partition(".")
    if noun == "label":
        return f"label:{operation['label']}|{operation.get('topic') or ''}", None
    if noun == "entity":
        return f"entity:{operation['key']}", None
    fields = frozenset(operation) - {*KEPT} if verb == "update" else None
    return f"{noun}:{operation['id']}", fields


class Touches:
    """Which fields of which things a row of operations has touched."""

    def __init__(self, operations: Iterable[dict[str, Any]] = ()) -> None:
        self._things: dict[str, set[str] | None] = {}
        for operation in operations:
            self.add(operation)

    def add(self, operation: dict[str, Any]) -> None:
        """Counts an operation in."""
        thing, fields = touched(operation)
        known = self._things.get(thing, set())
        self._things[thing] = None if known is None or fields is None else known | fields

    def meet(self, operation: dict[str, Any]) -> bool:
        """Whether the operation would change what has been touched."""
        thing, fields = touched(operation)
        if thing not in self._things:
            return False
        known = self._things[thing]
        return known is None or fields is None or not known.isdisjoint(fields)
