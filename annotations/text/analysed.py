"""What does the engine make of a text, all at once? Its normalised view, its tokens and its sentences."""

from dataclasses import dataclass

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


def analysed(text: str) -> Analysed:
    """Returns all that the engine makes of a text."""
    return Analysed(normalised(text), token_steps(text), steps(sentences(text)))
