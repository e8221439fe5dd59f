"""What does the engine make of a text, all at once? Its normalised view, its tokens and its sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, batched

from annotations.text.ink import Range
from annotations.text.normalise import Normalised, normalised
from annotations.text.sentences import sentences
from annotations.text.tokens import tokens


@dataclass(frozen=True, slots=True)
class Analysed:
    """Tokens and sentences are ranges of the published text, in code points, written as `steps` does."""

    view: Normalised
    tokens: list[int]
    sentences: list[int]


def analysed(text: str) -> Analysed:
    """Returns all that the engine makes of a text."""
    return Analysed(normalised(text), steps(tokens(text)), steps(sentences(text)))


def steps(ranges: Iterable[Range]) -> list[int]:
    """Returns ranges as the distances from edge to edge: small numbers, half the weight of offsets in JSON."""
    made: list[int] = []
    at = 0
    for start, end in ranges:
        made += start - at, end - start
        at = end
    return made


def ranges_of(made: Iterable[int]) -> list[Range]:
    """Returns the ranges that `steps` wrote."""
    return list(batched(accumulate(made), 2, strict=True))
