"""Which words are one slip away from a word? What a hand or an ear mistakes first, then any other letter.

Words are those of the search key (`search_words.py`): folded, of letters and digits.
"""

from collections.abc import Iterator

_PERSIAN = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
# Letters that sound alike in Persian.
_ALIKE = ("زذضظ", "سصث", "تط", "هح", "قغ", "اع")
# What is shorter has too many neighbours to mean any of them, what is longer too many to be looked up.
SHORTEST, LONGEST = 3, 20


def one_slip_away(word: str) -> list[str]:
    """Returns the words that differ by one letter that was mistaken, exchanged, doubled or left out, each once.

    The nearest come first; none for words of fewer letters than `SHORTEST` or more than `LONGEST`.
    """
    if not SHORTEST <= len(word) <= LONGEST:
        return []
    return list(dict.fromkeys(near for near in _slips(word) if near != word))


def _slips(word: str) -> Iterator[str]:
    letters = _LATIN if word.isascii() else _PERSIAN
    places = range(len(word))
    for at in places:
        for alike in (group for group in _ALIKE if word[at] in group):
            yield from (_put(word, at, letter) for letter in alike)
    for at in places[1:]:
        yield word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
    for at in places:
        yield word[:at] + word[at + 1 :]
    for at in range(len(word) + 1):
        yield from (word[:at] + letter + word[at:] for letter in letters)
    for at in places:
        yield from (_put(word, at, letter) for letter in letters)


def _put(word: str, at: int, letter: str) -> str:
    return word[:at] + letter + word[at + 1 :]
