"""A stance expression: the words that carry a stance (the polar expression of structured sentiment)."""

from annotations.kinds.base import SpanKind

EXPRESSION = SpanKind(key="expression")
