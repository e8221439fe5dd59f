"""An attribution: who says a claim, and with which words (PARC3: content, cue, source)."""

from annotations.kinds.base import RelationKind

ATTRIBUTION = RelationKind(
    key="attribution",
    ends={"head": ["@claim"], "via": ["@cue"], "tail": ["@entity", "@article", "@implicit"]},
    roles={"head": "content", "via": "cue", "tail": "source"},
)
