"""What does a preset say of each label?"""

from dataclasses import dataclass, field
from typing import Any

from annotations.kinds import KINDS, RelationKind
from annotations.kinds.base import Ends


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSpec:
    """A label as a scheme defines it; the fields are those of the Label table."""

    key: str
    kind: str
    title_fa: str
    title_en: str
    color: str = "slate"
    shortcut: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    ends: Ends = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A ready scheme with its titles and the publication it follows."""

    key: str
    title_fa: str
    title_en: str
    source: str
    labels: tuple[LabelSpec, ...]


def choice(title_fa: str, title_en: str, values: dict[str, tuple[str, str]]) -> dict[str, Any]:
    """Returns the JSON Schema of an attribute with a closed list of values: value -> (Persian, English) title."""
    return {
        "type": "string",
        "x-title": {"fa": title_fa, "en": title_en},
        "enum": list(values),
        "titles": {value: {"fa": fa, "en": en} for value, (fa, en) in values.items()},
    }


def attributes(*required: str, **properties: dict[str, Any]) -> dict[str, Any]:
    """Returns the JSON Schema of a label's attributes."""
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def entity(
    key: str, title_fa: str, title_en: str, color: str, shortcut: str = "", schema: dict[str, Any] | None = None
) -> LabelSpec:
    """Returns an entity label."""
    return LabelSpec(
        key=key, kind="entity", title_fa=title_fa, title_en=title_en, color=color, shortcut=shortcut,
        attributes=schema or {},
    )  # fmt: skip


def relation(key: str, kind: str, title_fa: str, title_en: str, color: str, schema: dict[str, Any]) -> LabelSpec:
    """Returns a relation label that allows what its kind allows."""
    rule = KINDS[kind]
    if not isinstance(rule, RelationKind):
        raise ValueError(f"{kind} is not a kind of relation")
    return LabelSpec(
        key=key, kind=kind, title_fa=title_fa, title_en=title_en, color=color, attributes=schema, ends=rule.ends
    )
