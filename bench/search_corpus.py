"""What is searched? 100,000 short articles whose words are as unevenly common as a language's are."""

import random
from collections.abc import Iterator
from itertools import accumulate

from bench.corpus import seed_sentences

ARTICLES, LENGTH = 100_000, 1_000
VOCABULARY = 60_000
LETTERS = "ابپتجچحخدرزسشصطعغفقکگلمنوهی"


def vocabulary(rng: random.Random) -> list[str]:
    """Returns the seed's words, then made ones, each once."""
    words = dict.fromkeys(" ".join(seed_sentences()).split())
    while len(words) < VOCABULARY:
        words["".join(rng.choices(LETTERS, k=rng.randint(3, 8)))] = None
    return list(words)


def texts(count: int, *, seed: int = 1) -> Iterator[str]:
    """Yields articles of a headline and paragraphs, about `LENGTH` code points; the n-th word by 1/n as common."""
    rng = random.Random(seed)
    words = vocabulary(rng)
    weights = list(accumulate(1 / (rank + 2) for rank in range(len(words))))
    for _ in range(count):
        drawn = rng.choices(words, cum_weights=weights, k=LENGTH // 5)
        lines = [" ".join(drawn[:9]), *(" ".join(drawn[at : at + 60]) + "." for at in range(9, len(drawn), 60))]
        yield "\n\n".join(lines)[:LENGTH].rstrip()
