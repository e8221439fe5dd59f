"""Does a typed day, month or year mean what its writer meant, in either calendar and any digits?"""

from datetime import date

import jdatetime
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.text.day_range import DayUnreadable, day_range


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("1402/06/26", date(2023, 9, 17), date(2023, 9, 17)),
        ("۱۴۰۲/۶/۲۶", date(2023, 9, 17), date(2023, 9, 17)),
        ("٢٠٢٣-٠٩-١٧", date(2023, 9, 17), date(2023, 9, 17)),
        ("2023.9.17", date(2023, 9, 17), date(2023, 9, 17)),
        (" 26 شهریور 1402 ", date(2023, 9, 17), date(2023, 9, 17)),
        ("۲۶ شهريور ۱۴۰۲", date(2023, 9, 17), date(2023, 9, 17)),
        ("شهریور ۱۴۰۲", date(2023, 8, 23), date(2023, 9, 22)),
        ("1402", date(2023, 3, 21), date(2024, 3, 19)),
        ("۱۴۰۳/۱۲", date(2025, 2, 19), date(2025, 3, 20)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_a_day_a_month_and_a_year_are_read(typed: str, first: date, last: date) -> None:
    assert day_range(typed) == (first, last)


@pytest.mark.parametrize(
    "typed",
    ["", "دیروز", "1402/13", "1402/12/30", "2023-02-29", "26/06/1402", "1600", "0000", "1402/06/26/1", "1402/0"],
)
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(DayUnreadable):
        day_range(typed)


@given(st.dates(date(1840, 1, 1), date(2080, 1, 1)))
def test_every_day_is_found_in_both_calendars(day: date) -> None:
    jalali = jdatetime.date.fromgregorian(date=day)
    assert day_range(day.isoformat()) == (day, day)
    assert day_range(f"{jalali.year}/{jalali.month}/{jalali.day}") == (day, day)
    first, last = day_range(f"{jalali.year}/{jalali.month:02d}")
    assert first <= day <= last
    assert (last - first).days in (28, 29, 30)


@given(st.text(max_size=12))
def test_anything_typed_is_a_day_or_refused(typed: str) -> None:
    try:
        first, last = day_range(typed)
    except DayUnreadable:
        return
    assert first <= last
