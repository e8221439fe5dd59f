"""What may each kind of label hold? One file a kind; `KINDS` finds them by key."""

from annotations.kinds.article import ARTICLE
from annotations.kinds.attribution import ATTRIBUTION
from annotations.kinds.base import ArticleKind, Kind, RelationKind, SpanKind
from annotations.kinds.claim import CLAIM
from annotations.kinds.cue import CUE
from annotations.kinds.entity import ENTITY
from annotations.kinds.expression import EXPRESSION
from annotations.kinds.relation import RELATION
from annotations.kinds.stance import STANCE

KINDS: dict[str, Kind] = {
    kind.key: kind for kind in (ENTITY, CLAIM, CUE, EXPRESSION, ATTRIBUTION, STANCE, RELATION, ARTICLE)
}

__all__ = ["KINDS", "ArticleKind", "Kind", "RelationKind", "SpanKind"]
