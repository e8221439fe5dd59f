"""A cue: the words that report a claim (PARC3, PolNeAR)."""

from annotations.kinds.base import SpanKind

CUE = SpanKind(key="cue")
