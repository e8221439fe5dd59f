"""A plain relation between two spans."""

from annotations.kinds.base import RelationKind

RELATION = RelationKind(
    key="relation", ends={"head": ["@entity"], "via": [], "tail": ["@entity"]}, roles={"head": "head", "tail": "tail"}
)
