"""What do both databases share when a query becomes SQL? Hits in order, and what is asked of each on the way down."""

from dataclasses import dataclass, field
from typing import Any, Literal

Sql = tuple[str, list[Any]]
Where = Literal["words", "headline", "below"]


@dataclass(frozen=True, slots=True)
class Hits:
    """A statement that lists the `id` of what may fit, the first to be shown first, and conditions on `hit.id`.

    The conditions are too costly to be asked of all: they are asked on the way down.
    """

    sql: str
    values: list[Any]
    conditions: list[Sql] = field(default_factory=list)
