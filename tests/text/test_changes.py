"""What changed between two versions: word by word where that is little, and never for ever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text import changes as module
from annotations.text.changes import Bound, Change, Piece, changes

LINES = st.lists(st.sampled_from(["", " ", "الف", "الف ب", "پ ب", "---"]), max_size=30)


def side(found: list[list[Piece]], left_out: Change) -> list[str]:
    """Returns the lines of one text, without empty ones: they leave no piece beside a line that is not."""
    lines = ("".join(words for state, words in line if state is not left_out) for line in found)
    return [line for line in lines if line]


@given(LINES, LINES, st.sampled_from([2, 1000]))
def test_both_texts_can_be_read_from_what_changed(before: list[str], after: list[str], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_LINES", most)
        found = changes("\n".join(before), "\n".join(after))
    assert side(found, Change.ADDED) == [line for line in before if line]
    assert side(found, Change.REMOVED) == [line for line in after if line]


@pytest.mark.parametrize("repeat", [20_000, 7, 2, 1])
def test_twenty_thousand_short_lines_are_compared(repeat: int) -> None:
    before, after = ([f"{mark}{at % repeat}" for at in range(20_000)] for mark in "ab")
    before[10_000] = after[5_000] = "میان"
    found = changes("\n".join(["سر", *before, "ته"]), "\n".join(["سر", *after, "ته"]))
    assert found[0] == [(Change.SAME, "سر")]
    assert found[-1] == [(Change.SAME, "ته")]
    assert len(found) == 40_002


def test_one_line_in_a_long_text_is_still_compared_by_words() -> None:
    lines = [f"خط {at}" for at in range(20_000)]
    found = changes("\n".join(lines), "\n".join([*lines[:9000], "خط تازه", *lines[9001:]]))
    assert [line for line in found if line[0][0] is not Change.SAME or len(line) > 1] == [
        [(Change.SAME, "خط "), (Change.REMOVED, "9000"), (Change.ADDED, "تازه")]
    ]


def test_blank_lines_hold_paragraphs_apart_and_are_no_anchors_where_they_are_many() -> None:
    few = changes("الف\n\nب یک\nپ", "الف\n\nب دو")
    assert few[1] == [(Change.SAME, "")]
    before = "\n\n".join(f"الف{at}" for at in range(20))
    after = "\n\n".join(f"ب{at}" for at in range(20, 41))
    assert (Change.SAME, "") not in [piece for line in changes(before, after) for piece in line]
    ruled = changes("\n".join(["---", "الف"] * 250), "\n".join(["ب", "---"] * 250))
    assert not [piece for line in ruled for piece in line if piece[0] is Change.SAME]


def test_a_long_line_of_other_words_is_compared_by_words() -> None:
    old, new = (" ".join(f"{mark}{at}" for at in range(740)) + " پایان" for mark in "ab")
    (line,) = changes(old, new)
    assert line[-1] == (Change.SAME, " پایان")
    assert side([line], Change.ADDED) == [old]
    assert side([line], Change.REMOVED) == [new]


def test_many_long_lines_share_one_measure_of_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WORK", 12)
    found = changes("الف ب\nپ ت\nج", "الف پ\nپ ث\nچ")
    assert [[words for _state, words in line] for line in found] == [["الف ", "ب", "پ"], ["پ ت", "پ ث"], ["ج", "چ"]]


def test_texts_that_share_a_bound_are_compared_by_word_until_it_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WORK", 10_000)
    old, new = ("الف " * 20, "الف ب " * 20)
    bound = Bound()
    found = [changes(old, new, bound) for _text in range(20)]
    told = [any(state is Change.SAME for state, _piece in line) for (line,) in found]
    assert told[0]
    assert not told[-1]
    assert told == sorted(told, reverse=True)


def test_a_line_of_the_same_word_again_and_again_is_compared_at_once() -> None:
    before, after = "نفت " * 740, "نفت گاز " * 370  # searched for its longest stretches it took half a minute
    (line,) = changes(before, after)
    assert [state for state, _words in line].count(Change.SAME) >= 370
    assert side([line], Change.ADDED) == [before]
    assert side([line], Change.REMOVED) == [after]
