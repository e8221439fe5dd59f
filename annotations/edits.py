"""What is an operation? The smallest edit of an annotation set, as it travels and as it stands in the history.

Each is known by its `op_id`; ids are UUIDs made by the client, so that no edit waits for an answer. Every one has
an inverse of the same vocabulary. Offsets are code points, half-open.
"""

from collections.abc import Iterable
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, UnsetType

from annotations.records import Range

Uid = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\Z")]
EntityKey = Annotated[str, msgspec.Meta(pattern="^[a-z0-9][a-z0-9._-]{0,79}\\Z")]
Ranges = tuple[Range, ...]
Attributes = dict[str, Any]


class Operation(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="op", forbid_unknown_fields=True, omit_defaults=True
):
    """What all operations share. In the history the revision holds the `op_id`, so there it is left out."""

    op_id: Uid | None = None


class SpanCreate(Operation, frozen=True, kw_only=True, tag="span.create", gc=False):
    """Puts a label on one or more ranges; `quote` must be what stands there."""

    id: Uid
    label: str
    ranges: Ranges
    quote: str
    attributes: Attributes = {}
    entity: str | None = None


class SpanUpdate(Operation, frozen=True, kw_only=True, tag="span.update"):
    """Changes what is given of a span, leaves the rest; new ranges come with their quote."""

    id: Uid
    label: str | UnsetType = UNSET
    ranges: Ranges | UnsetType = UNSET
    quote: str | UnsetType = UNSET
    attributes: Attributes | UnsetType = UNSET
    entity: str | UnsetType | None = UNSET


class SpanDelete(Operation, frozen=True, kw_only=True, tag="span.delete"):
    """Takes a span away; refused while a relation stands on it."""

    id: Uid


class RelationCreate(Operation, frozen=True, kw_only=True, tag="relation.create"):
    """Joins two or three ends: a span id, `article`, `implicit` or `topic:<key>`."""

    id: Uid
    label: str
    head: str
    tail: str
    via: str | None = None
    attributes: Attributes = {}


class RelationUpdate(Operation, frozen=True, kw_only=True, tag="relation.update"):
    """Changes what is given of a relation, leaves the rest."""

    id: Uid
    label: str | UnsetType = UNSET
    head: str | UnsetType = UNSET
    tail: str | UnsetType = UNSET
    via: str | UnsetType | None = UNSET
    attributes: Attributes | UnsetType = UNSET


class RelationDelete(Operation, frozen=True, kw_only=True, tag="relation.delete"):
    """Takes a relation away."""

    id: Uid


class LabelSet(Operation, frozen=True, kw_only=True, tag="label.set"):
    """Says a value of the whole article, or of its relation to a topic; replaces the value said before."""

    label: str
    value: str
    topic: str | None = None


class LabelClear(Operation, frozen=True, kw_only=True, tag="label.clear"):
    """Takes the value of a document label back."""

    label: str
    topic: str | None = None


class EntityCreate(Operation, frozen=True, kw_only=True, tag="entity.create"):
    """Makes an entity of the project's knowledge base, on the way to linking a span to it.

    It goes the way of all edits, so that it is kept, sent in its order and judged once, before what needs it.
    """

    key: EntityKey
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
    label: Annotated[str, msgspec.Meta(max_length=40)] = ""
    name_en: Annotated[str, msgspec.Meta(max_length=300)] = ""
    external_id: Annotated[str, msgspec.Meta(max_length=80)] = ""


class EntityDelete(Operation, frozen=True, kw_only=True, tag="entity.delete"):
    """Takes back an entity that the person made. Where mentions are linked to it by now, it stays: that is no error."""

    key: EntityKey


AnyOperation = (
    SpanCreate
    | SpanUpdate
    | SpanDelete
    | RelationCreate
    | RelationUpdate
    | RelationDelete
    | LabelSet
    | LabelClear
    | EntityCreate
    | EntityDelete
)


class Envelope(msgspec.Struct, frozen=True):
    """The body of a request to the operations endpoint; the operations are read one by one, each for itself.

    `since` is the version of the set that their author had seen.
    """

    text_sha256: str
    operations: list[msgspec.Raw]
    since: Annotated[int, msgspec.Meta(ge=0)] | None = None


envelope_decoder = msgspec.json.Decoder(Envelope)
_encode = msgspec.json.Encoder().encode
operation_decoder = msgspec.json.Decoder(AnyOperation)


def encode_operations(operations: Iterable[AnyOperation]) -> str:
    """Returns operations without `op_id` as the JSON text that a revision stores."""
    return _encode(list(operations)).decode()


def operations_to_builtins(operations: Iterable[AnyOperation]) -> list[dict[str, Any]]:
    """Returns operations as plain JSON values, as a revision stores them: without their `op_id`."""
    stored = [msgspec.to_builtins(operation) for operation in operations]
    for operation in stored:
        operation.pop("op_id", None)
    return stored


def operations_from_builtins(stored: list[dict[str, Any]]) -> list[AnyOperation]:
    """Reads the operations of a stored revision back."""
    return msgspec.convert(stored, list[AnyOperation])
