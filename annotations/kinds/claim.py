"""A claim: a proposition that somebody answers for; the content of an attribution (PARC3)."""

from annotations.kinds.base import SpanKind

CLAIM = SpanKind(key="claim")
