"""Are tokens and sentences written small, and read back as they were?"""

from hypothesis import given

from annotations.text.analysed import analysed
from annotations.text.sentences import sentences
from annotations.text.steps import ranges_of, steps
from annotations.text.tokens import tokens
from tests.strategies import texts


@given(texts())
def test_ranges_come_back_as_they_were(text: str) -> None:
    assert ranges_of(steps(tokens(text))) == tokens(text)
    made = analysed(text)
    assert ranges_of(made.sentences) == sentences(text)
    assert all(step >= 0 for step in made.tokens)
