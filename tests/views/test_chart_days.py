"""What stands at the axes of charts, in either calendar?"""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from annotations.views.chart_days import day_ticks, number_ticks, place, said

FIRST = date(2026, 9, 23)  # ۱ مهر ۱۴۰۵


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fa", ["مهر", "آبان", "آذر", "دی", "بهمن", "اسفند", "فروردین ۱۴۰۶"]),
        ("en", ["Oct", "Nov", "Dec", "Jan 2027", "Feb", "Mar"]),
    ],
)
def test_long_stretches_have_the_months_of_the_readers_calendar(language: str, expected: list[str]) -> None:
    with translation.override(language):
        assert [name for _at, name in day_ticks(FIRST, date(2027, 3, 25))] == expected


def test_months_stand_where_they_begin_and_short_stretches_have_days() -> None:
    with translation.override("fa"):
        assert day_ticks(FIRST, date(2026, 12, 25))[1] == (place(date(2026, 10, 23)), "آبان")
        assert day_ticks(FIRST, FIRST + timedelta(days=3)) == [
            (place(FIRST + timedelta(days=at)), f"{digit} مهر") for at, digit in enumerate("۱۲۳۴")
        ]
        assert said(FIRST, year=True) == "۱ مهر ۱۴۰۵"


@given(st.integers(0, 4000), st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(["fa", "en"]))
def test_there_are_never_more_days_than_fit_and_all_lie_on_the_axis(length: int, first: date, language: str) -> None:
    last = first + timedelta(days=length)
    with translation.override(language):
        ticks = day_ticks(first, last)
    assert 1 <= len(ticks) <= 7
    assert all(place(first) <= at <= place(last) for at, _name in ticks)


@given(st.integers(0, 10_000_000))
def test_the_steps_of_numbers_are_few_even_and_reach_above_the_highest(highest: int) -> None:
    with translation.override("en"):
        ticks = [at for at, _said in number_ticks(highest)]
    steps = {after - before for before, after in pairwise(ticks)}
    assert ticks[0] == 0
    assert ticks[-1] >= highest
    assert len(steps) == 1
    assert len(ticks) <= 6


def test_numbers_are_said_in_the_readers_digits() -> None:
    with translation.override("fa"):
        assert [name for _at, name in number_ticks(1200)] == ["۰", "۳۰۰", "۶۰۰", "۹۰۰", "۱٬۲۰۰"]
