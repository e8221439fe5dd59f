"""Which days does somebody mean who types a day, a month or a year, Jalali or Gregorian, in any digits?"""

import re
from datetime import date, timedelta

from annotations.errors import NewsroomError, gettext_noop
from annotations.text.calendars import JALALI, MONTHS
from annotations.text.dates import GREGORIAN_YEARS, jalali_day, plain

Days = tuple[date, date]
# Nobody types a lunar year here, so later Jalali ones have one reading, too.
JALALI_YEARS = range(1200, 1500)
_NUMBERS = re.compile(r"(\d{4})(?:[/.\- ](\d{1,2})(?:[/.\- ](\d{1,2}))?)?")
_NAMED = re.compile(r"(?:(\d{1,2}) )?([^\W\d]+) (\d{4})")


class DayUnreadable(NewsroomError):
    """Raised for what is no day, month or year."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            code="day_unreadable",
            message=gettext_noop("«{typed}» can't be read as a day."),
            hint=gettext_noop("Write it as 1402/06/26 or 2023-09-17; a month (1402/06) or a year will do, too."),
            data={"typed": typed[:40]},
        )


def day_range(typed: str) -> Days:
    """Returns the first and the last day of what was typed, the same for a single day. Raises DayUnreadable."""
    said = plain(typed)
    if found := _NUMBERS.fullmatch(said):
        year = int(found[1])
        month, day = (int(part) if part else None for part in found.groups()[1:])
    elif (found := _NAMED.fullmatch(said)) and found[2] in MONTHS:
        calendar, month = MONTHS[found[2]]
        year, day = int(found[3]), int(found[1]) if found[1] else None
        if (calendar == JALALI) != (year in JALALI_YEARS):
            raise DayUnreadable(typed)
    else:
        raise DayUnreadable(typed)
    try:
        return _days(year, month, day)
    except ValueError as error:
        raise DayUnreadable(typed) from error


def _days(year: int, month: int | None, day: int | None) -> Days:
    """Returns the days of a year, a month or a day. Raises ValueError where there is none."""
    if year not in JALALI_YEARS and year not in GREGORIAN_YEARS:
        raise ValueError(year)
    made = jalali_day if year in JALALI_YEARS else date
    first, after = _first_and_after(year, month, day)
    return made(*first), made(*after) - timedelta(days=day is None)


def _first_and_after(year: int, month: int | None, day: int | None) -> tuple[tuple[int, int, int], ...]:
    """Returns the first day, and the one after the last; a single day is both."""
    if month is not None and day is not None:
        return (year, month, day), (year, month, day)
    if month is not None:
        return (year, month, 1), (year + month // 12, month % 12 + 1, 1)
    return (year, 1, 1), (year + 1, 1, 1)
