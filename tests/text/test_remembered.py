"""Is what was made of a word kept for a while, and not for ever?"""

import pytest

from annotations.text import remembered
from annotations.text.remembered import Remembered


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(remembered, "MOST", 4)
    return []


def upper(made: list[str]) -> Remembered[str]:
    return Remembered(lambda word: made.append(word) or word.upper())


def test_what_comes_again_is_made_once(made: list[str]) -> None:
    known = upper(made)
    assert [known[word] for word in ("a", "b", "a", "c", "b", "d", "e", "a", "b")] == list("ABACBDEAB")
    assert sorted(made) == ["a", "a", "b", "b", "c", "d", "e"]


def test_what_is_looked_up_all_the_time_outlives_the_others(made: list[str]) -> None:
    known = upper(made)
    for number in range(100):
        assert known["often"] == "OFTEN"
        assert known[str(number)] == str(number)
        assert len(known) + len(known.former) <= 4
    assert made.count("often") == 1


def test_a_long_one_is_not_kept(made: list[str]) -> None:
    known = upper(made)
    long = "a" * (remembered.LONGEST + 1)
    assert (known[long], known[long], len(known), made) == (long.upper(), long.upper(), 0, [long, long])
