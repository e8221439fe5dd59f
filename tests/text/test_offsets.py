"""Do two texts map on each other both ways?"""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from annotations.text.offsets import OffsetMap, OutOfRange

# «او مي رود» becomes «او می‌رود!»; a prefix is dropped, a ligature written out.
SAMPLE = OffsetMap.of([(0, 2, 0, 0), (5, 5, 3, 4), (8, 9, 7, 9)], source_length=10, target_length=10)


@st.composite
def maps(draw: DrawFn, *, apart: int = 0) -> OffsetMap:
    lengths = st.integers(0, 4)
    sections = [draw(lengths)]
    for removed, inserted in draw(st.lists(st.tuples(lengths, lengths).filter(any), max_size=6)):
        sections += [removed, inserted, draw(st.integers(apart, 4))]
    return OffsetMap.from_sections(sections)


@pytest.mark.parametrize(
    ("position", "before", "after"),
    [
        (0, 0, 0), (1, 0, 0), (2, 0, 0), (3, 1, 1), (5, 3, 4), (6, 5, 5), (8, 7, 7), (9, 9, 9), (10, 10, 10),
    ],
)  # fmt: skip
def test_a_position_maps_to_before_or_after_what_was_inserted(position: int, before: int, after: int) -> None:
    assert SAMPLE.map_position(position) == before
    assert SAMPLE.map_position(position, after=True) == after


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ((0, 10), (0, 10)), ((0, 2), (0, 0)), ((2, 5), (0, 3)), ((5, 8), (4, 7)), ((4, 6), (2, 5)), ((8, 9), (7, 9)),
        ((5, 5), (3, 3)),
    ],
)  # fmt: skip
def test_a_range_leaves_out_what_was_inserted_at_its_ends(source: tuple[int, int], target: tuple[int, int]) -> None:
    assert SAMPLE.map_range(*source) == target


def test_a_range_that_cuts_a_change_takes_all_of_it() -> None:
    assert SAMPLE.inverse.map_range(8, 9) == (8, 9)


@given(maps())
def test_positions_never_cross(alignment: OffsetMap) -> None:
    for after in (False, True):
        mapped = [alignment.map_position(at, after=after) for at in range(alignment.source_length + 1)]
        assert mapped == sorted(mapped)
        assert all(0 <= at <= alignment.target_length for at in mapped)


@given(maps())
def test_before_is_never_behind_after(alignment: OffsetMap) -> None:
    for at in range(alignment.source_length + 1):
        assert alignment.map_position(at) <= alignment.map_position(at, after=True)


@given(maps())
def test_ranges_that_grow_map_to_ranges_that_grow(alignment: OffsetMap) -> None:
    for end in range(1, alignment.source_length + 1):
        starts = [alignment.map_range(start, end)[0] for start in range(end)]
        ends = {alignment.map_range(start, end)[1] for start in range(end)}
        assert starts == sorted(starts)
        assert len(ends) == 1
        assert starts[-1] <= ends.pop()


@given(maps(apart=1))
def test_a_range_comes_back_as_one_that_maps_alike_where_something_is_left_of_it(alignment: OffsetMap) -> None:
    for start in range(alignment.source_length):
        for end in range(start + 1, alignment.source_length + 1):
            there = alignment.map_range(start, end)
            back = alignment.inverse.map_range(*there)
            assert there[0] == there[1] or alignment.map_range(*back) == there


@given(maps())
def test_the_inverse_of_the_inverse_is_the_map(alignment: OffsetMap) -> None:
    assert alignment.inverse.inverse == alignment


@given(maps())
def test_sections_are_read_back_as_they_were_written(alignment: OffsetMap) -> None:
    assert OffsetMap.from_sections(alignment.to_sections()) == alignment


@given(maps())
def test_changes_and_copies_together_cover_both_texts(alignment: OffsetMap) -> None:
    sections = alignment.to_sections()
    assert sum(sections[::3]) + sum(sections[1::3]) == alignment.source_length
    assert sum(sections[::3]) + sum(sections[2::3]) == alignment.target_length
    assert all(before[1] <= after[0] for before, after in pairwise(alignment.changes))


@pytest.mark.parametrize("changes", [[(0, 1, 0, 0)], [(0, 0, 0, 0)], [(2, 1, 2, 2)], [(0, 2, 0, 2), (1, 3, 1, 3)]])
def test_changes_that_do_not_fit_are_refused(changes: list[tuple[int, int, int, int]]) -> None:
    with pytest.raises(ValueError, match="change"):
        OffsetMap.of(changes, source_length=3, target_length=3)


@pytest.mark.parametrize("sections", [[], [1, 2], [1, -1, 2, 3]])
def test_sections_that_are_none_are_refused(sections: list[int]) -> None:
    with pytest.raises(ValueError, match="sections"):
        OffsetMap.from_sections(sections)


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (0, 11), (3, 2)])
def test_what_lies_outside_the_text_is_refused_with_its_figures(start: int, end: int) -> None:
    with pytest.raises(OutOfRange) as caught:
        SAMPLE.map_range(start, end)
    assert caught.value.data == {"start": start, "end": end, "length": 10}


def test_a_map_without_changes_maps_every_position_to_itself() -> None:
    identity = OffsetMap(3, 3)
    assert [identity.map_position(at) for at in range(4)] == [0, 1, 2, 3]
    assert identity.to_sections() == [3]
