"""What does a kind of label declare about itself?"""

from dataclasses import dataclass, field

SLOTS = ("head", "via", "tail")
Ends = dict[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanKind:
    """Labels given to pieces of the text."""

    key: str
    links_entity: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationKind:
    """Labels given to a head, a middle and a tail.

    `ends` is what a new label of the kind allows in each slot; `roles` is what the field calls the slots.
    """

    key: str
    ends: Ends
    roles: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleKind:
    """Labels given to the whole article."""

    key: str


Kind = SpanKind | RelationKind | ArticleKind
