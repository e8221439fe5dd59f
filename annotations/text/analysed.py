"""What does the engine make of a text, all at once? Its normalised view, its tokens and its sentences."""

from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from annotations.text.normalise import Normalised, normalised
from annotations.text.sentences import sentences
from annotations.text.steps import steps
from annotations.text.tokens import token_steps


@dataclass(frozen=True, slots=True)
class Analysed:
    """Tokens and sentences are ranges of the published text, in code points, written as `steps` does."""

    view: Normalised
    tokens: list[int]
    sentences: list[int]


class Written(NamedTuple):
    """The same as it is stored: the normalised text, and as JSON the sections of its map, tokens and sentences."""

    normalised: str
    alignment: str
    tokens: str
    sentences: str


def analysed(text: str) -> Analysed:
    """Returns all that the engine makes of a text."""
    return Analysed(normalised(text), token_steps(text), steps(sentences(text)))


def written(made: Analysed) -> Written:
    """Returns what is stored of it."""
    values = made.view.map.to_sections(), made.tokens, made.sentences
    return Written(made.view.text, *(msgspec.json.encode(value).decode() for value in values))
