"""A stance: who is for or against what (structured sentiment: holder, expression, target)."""

from annotations.kinds.base import RelationKind

STANCE = RelationKind(
    key="stance",
    ends={
        "head": ["@entity", "@article", "@implicit"],
        "via": ["@expression"],
        "tail": ["@entity", "@claim", "@topic"],
    },
    roles={"head": "holder", "via": "expression", "tail": "target"},
)
