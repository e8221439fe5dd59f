"""What does a project's scheme allow? Its labels, topics and entities as one frozen value."""

import json
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from annotations.kinds import KINDS, Kind
from annotations.kinds.base import Ends


@cache
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema))


@cache
def _attribute_problem(schema: str, attributes: str) -> tuple[str, str] | None:
    """Returns the place and text of the first violation; cached, for attributes repeat by the thousand."""
    error = next(iter(_validator(schema).iter_errors(json.loads(attributes))), None)
    if error is None:
        return None
    return ".".join(["attributes", *map(str, error.absolute_path)]), error.message


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRule:
    """What one label demands; `id` is the row it was read from, for those who write rows."""

    key: str
    kind: str
    attributes: dict[str, Any] = field(default_factory=dict)
    ends: Ends = field(default_factory=dict)
    active: bool = True
    id: int | None = None

    @property
    def kind_rule(self) -> Kind:
        """The rule of the label's kind."""
        return KINDS[self.kind]

    def attribute_problem(self, attributes: dict[str, Any]) -> tuple[str, str] | None:
        """Returns (field, message) of the first attribute the label's JSON Schema refuses, or None.

        `required` is not enforced here: a claim is drawn first and described after; what is
        missing is a warning at submission.
        """
        if not attributes:
            return None
        schema = {key: value for key, value in self.attributes.items() if key != "required"}
        schema.setdefault("type", "object")
        schema.setdefault("additionalProperties", False)
        return _attribute_problem(json.dumps(schema, sort_keys=True), json.dumps(attributes, sort_keys=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A project's labels by key, with the keys of its topics and entities."""

    labels: dict[str, LabelRule]
    topics: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
