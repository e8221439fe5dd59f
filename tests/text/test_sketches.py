"""Are wire copies told from other news, by sketches that depend on the text alone?"""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.sketches import ALIKE, BANDS, bands, likeness, shingles, sketch
from bench.stories import fars_texts
from bench.wire import EDITS, copy
from tests.conftest import shared
from tests.strategies import texts as drawn_texts

FOUND = {
    "headline edited": 0.99, "agency added": 0.99, "other keyboard": 0.99, "two paragraphs dropped": 0.9,
    "headline, agency, two dropped": 0.85,
}  # fmt: skip


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return fars_texts(shared("fars-news"))[:200]


@pytest.mark.parametrize("name", FOUND)
def test_copies_of_real_articles_are_found(texts: list[str], name: str) -> None:
    rng = random.Random(name)
    found = 0
    for text in texts:
        one, other = sketch(text), sketch(copy(rng, text, EDITS[name]))
        found += bool(set(enumerate(bands(one))) & set(enumerate(bands(other)))) and likeness(one, other) >= ALIKE
    assert found / len(texts) >= FOUND[name]


def test_no_two_different_articles_are_taken_for_copies(texts: list[str]) -> None:
    sketches = [sketch(text) for text in texts]
    assert all(likeness(one, other) < ALIKE for one, other in pairwise(sketches))
    assert sum(likeness(one, other) >= ALIKE for at, one in enumerate(sketches) for other in sketches[:at]) == 0


@given(drawn_texts())
def test_a_sketch_depends_on_the_folded_words_alone(text: str) -> None:
    one = sketch(text)
    assert one == sketch(text.replace("ی", "ي").replace("ک", "ك"))
    assert len(bands(one)) == (BANDS if one else 0)
    assert likeness(one, one) == (1.0 if one else 0.0)
    assert bool(one) == bool(shingles(text))


@given(st.lists(st.integers(0, 400), min_size=30, max_size=80), st.integers(0, 60))
def test_the_estimate_is_near_the_true_index(numbers: list[int], dropped: int) -> None:
    text = " ".join(f"و{number}" for number in numbers)
    other = " ".join(f"و{number}" for number in numbers[dropped // 3 :])
    ours, theirs = set(shingles(text)), set(shingles(other))
    true = len(ours & theirs) / len(ours | theirs)
    assert abs(likeness(sketch(text), sketch(other)) - true) < 0.25  # five standard deviations at most


@pytest.mark.parametrize("text", ["", "🙂", "یک", "یک دو", "یک دو سه", "\u200c", "، . !"])
def test_short_texts_have_a_sketch_or_none(text: str) -> None:
    assert likeness(sketch(text), sketch(text)) in (0.0, 1.0)
    assert likeness(sketch(text), b"") == 0.0
