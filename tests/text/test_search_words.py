"""Are words, cut one by one and remembered, those of the whole text?"""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotations.text.fold import key_with_joints, search_key
from annotations.text.search_words import BORDER, ENDINGS, LONGEST, PIECE, PREFIXES, pieces_and_joints, stream, wholes
from annotations.text.sketches import shingles
from tests.strategies import texts
from tests.text import corpora

TIES = ("می", " نمی", "ها", " های ", "تر", " ترین", "کتاب", "رود", " ", "  ", "\u200c", "\n", "،", "ء", "ـ", "ۀ")
TEXTS = texts() | st.lists(st.sampled_from(TIES), max_size=20).map("".join)


def cut_at_once(text: str) -> tuple[list[str], list[bool]]:
    """Returns the pieces of a text and their joints, by going over all of it."""
    key = key_with_joints(text)
    found = list(PIECE.finditer(key))
    joints = [False] * len(found)
    for at, (before, piece) in enumerate(pairwise(found), 1):
        gap = key[before.end() : piece.start()]
        is_tied = " " not in gap or piece[0] in ENDINGS or before[0] in PREFIXES
        joints[at] = is_tied and not gap.strip(" \u200c")
    return [piece[0][:LONGEST] for piece in found], joints


@given(TEXTS)
def test_pieces_and_joints_are_those_of_the_whole_text(text: str) -> None:
    assert pieces_and_joints(text) == cut_at_once(text)


def test_pieces_and_joints_of_real_texts_are_those_of_the_whole_text() -> None:
    for text in [*corpora.articles(40), corpora.seed(), *corpora.naughty_strings()]:
        assert pieces_and_joints(text) == cut_at_once(text)


@given(TEXTS)
def test_an_index_holds_the_wholes_that_a_query_has(text: str) -> None:
    pieces, joints = pieces_and_joints(text)
    assert stream(text) == " ".join([*pieces, BORDER, *(whole for _first, _end, whole in wholes(pieces, joints))])


@given(TEXTS)
def test_runs_of_words_are_those_of_the_whole_key(text: str) -> None:
    words = "".join(letter if letter.isalnum() else " " for letter in search_key(text)).split()
    runs = [" ".join(words[at : at + 3]) for at in range(len(words) - 2)]
    assert shingles(text) == (runs or list(filter(None, [" ".join(words)])))
