"""Names behind an «@», as people write them: in any script, at the end of a sentence, beside addresses of mail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.mentions import mentioned, split_calls


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@sara ببین", ["sara"]),
        ("به نظر @سارا. درست نیست", ["سارا"]),
        ("(@sara)، @سارا؟", ["sara", "سارا"]),
        ("@sara.k و @sara.", ["sara.k", "sara"]),
        ("@sara @sara", ["sara"]),
        ("👩‍👩‍👧‍👦@sara", ["sara"]),
        ("نامه به me@sara یا x.@sara", []),
        ("@sarah @Sara @", []),
        ("@a-12ef34ab: چرا؟", ["a-12ef34ab"]),
        ("\u200f@سارا\u200c جان", ["سارا"]),
    ],
)
def test_a_name_is_found_where_it_is_called(text: str, names: list[str]) -> None:
    assert mentioned(text, ["sara", "سارا", "sara.k", "a-12ef34ab"]) == names


@given(st.lists(st.from_regex(r"[\w.+\-]{0,20}\w", fullmatch=True), unique=True, max_size=5), st.text())
def test_every_name_that_stands_alone_is_found_in_order(names: list[str], sentence: str) -> None:
    said = " ".join(f"@{name}، {sentence.replace('@', '')}\n" for name in names)
    assert mentioned(said, names) == names


@given(st.text(alphabet="@ab. سا\u200c\n-_"))
def test_pieces_make_up_the_text_again(text: str) -> None:
    assert "".join(words + call for words, call in split_calls(text)) == text
