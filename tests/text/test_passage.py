"""Does a list show the lines that matter, whole words of the published text with every hit marked?"""

from hypothesis import given
from hypothesis import strategies as st

from annotations.text.passage import LENGTH, body_start, parts, passage
from annotations.text.query import find, parse
from tests.strategies import texts

WORDS = "خبر روز کره شمالی در تهران "


def test_without_hits_it_is_the_beginning_behind_the_headline() -> None:
    text = "تیتر\n\nلید خبر."
    assert body_start(text, (0, 4)) == 6
    assert passage(text, [], start=6) == (6, len(text))
    assert body_start("تیتر", (0, 4)) == 0


def test_with_hits_far_down_it_goes_where_most_of_them_stand() -> None:
    text = "الف " * 200 + "نفت " + "ب " * 300 + "نفت و نفت و نفت است " + "پ " * 200
    hits = find(text, parse("نفت"))
    start, end = passage(text, hits, start=0)
    shown = text[start:end]
    assert shown.count("نفت") == 3
    assert len(shown) <= LENGTH
    assert [piece for piece, is_hit in parts(text, start, end, hits) if is_hit] == ["نفت"] * 3


@given(texts(), st.integers(0, 40), st.sampled_from(["تهران", "کتاب*", "می‌خواهم", "در"]))
def test_pieces_make_up_the_passage_and_stay_in_the_text(text: str, start: int, typed: str) -> None:
    text = f"{text} {WORDS * 20}{text}"
    start = min(start, len(text) - 1)
    hits = find(text, parse(typed))
    first, end = passage(text, hits, start=start)
    assert start <= first < end <= len(text)
    cut = parts(text, first, end, hits)
    assert "".join(piece for piece, _is_hit in cut) == text[first:end]
    assert all(piece for piece, _is_hit in cut)
    marked = [piece for piece, is_hit in cut if is_hit]
    inside = [text[max(a, first) : min(b, end)] for a, b in hits if a < end and b > first]
    assert marked == inside
