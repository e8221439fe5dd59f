"""An entity mention: a name (or what stands for it) in the text, linked to the knowledge base."""

from annotations.kinds.base import SpanKind

ENTITY = SpanKind(key="entity", links_entity=True)
