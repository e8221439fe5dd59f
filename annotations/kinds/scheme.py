"""What does a project's scheme allow? Its labels, topics and entities as one frozen value."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import msgspec
from jsonschema import Draft202012Validator

from annotations.kinds import KINDS, Kind
from annotations.kinds.base import Ends
from annotations.records import nested_deeper

LARGE, LONGEST_MESSAGE, MAX_DEPTH = 1000, 300, 8
_encode = msgspec.json.Encoder(order="sorted").encode


@cache
def _validator(schema: bytes) -> Draft202012Validator:
    return Draft202012Validator(msgspec.json.decode(schema))


@lru_cache(maxsize=4096)
def _attribute_problem(schema: bytes, attributes: bytes) -> tuple[str, str] | None:
    """Returns the place and text of the first violation; cached, for attributes repeat by the thousand."""
    value = msgspec.json.decode(attributes)
    if nested_deeper(value, MAX_DEPTH):
        return "attributes", f"nested deeper than {MAX_DEPTH}"
    error = next(iter(_validator(schema).iter_errors(value)), None)
    if error is None:
        return None
    return ".".join(["attributes", *map(str, error.absolute_path)]), error.message[:LONGEST_MESSAGE]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRule:
    """What one label demands; `id` is the row it was read from, for those who write rows."""

    key: str
    kind: str
    attributes: dict[str, Any] = field(default_factory=dict)
    ends: Ends = field(default_factory=dict)
    active: bool = True
    id: int | None = None
    schema: bytes = field(init=False, repr=False)
    kind_rule: Kind = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Looks up the rule of the label's kind and prepares the JSON Schema that attributes are checked against."""
        object.__setattr__(self, "kind_rule", KINDS[self.kind])
        schema = {key: value for key, value in self.attributes.items() if key != "required"}
        object.__setattr__(self, "schema", _encode({"type": "object", "additionalProperties": False} | schema))

    def attribute_problem(self, attributes: dict[str, Any]) -> tuple[str, str] | None:
        """Returns (field, message) of the first attribute the label's JSON Schema refuses, or None.

        `required` is not enforced here: a claim is drawn first and described after; what is
        missing is a warning at submission.
        """
        if not attributes:
            return None
        encoded = _encode(attributes)
        # What is large is not remembered: 4,096 answers must not fill the memory.
        check = _attribute_problem if len(encoded) < LARGE else _attribute_problem.__wrapped__
        return check(self.schema, encoded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A project's labels by key, with the keys of its topics and entities.

    `kept` are labels that may be given though they are archived: those of work that is only carried to another place.
    """

    labels: Mapping[str, LabelRule]
    topics: Container[str] = frozenset()
    entities: Container[str] = frozenset()
    kept: Container[str] = frozenset()
