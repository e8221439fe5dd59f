"""Which days does somebody mean who types a day, a month or a year, Jalali or Gregorian, in any digits?"""

import re
import unicodedata
from datetime import date, timedelta

import jdatetime

from annotations.errors import NewsroomError, gettext_noop
from annotations.text.fold import search_key

Days = tuple[date, date]
JALALI, GREGORIAN = range(1200, 1500), range(1700, 2200)
_MONTHS = {
    search_key(name): number
    for number, name in enumerate(
        ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"), 1
    )
}
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
    plain = search_key("".join(str(unicodedata.decimal(c, c)) for c in typed))
    if found := _NUMBERS.fullmatch(plain):
        year, month, day = (int(part) if part else None for part in found.groups())
    elif (found := _NAMED.fullmatch(plain)) and found[2] in _MONTHS and int(found[3]) in JALALI:
        year, month, day = int(found[3]), _MONTHS[found[2]], int(found[1]) if found[1] else None
    else:
        raise DayUnreadable(typed)
    try:
        return _days(year, month, day)
    except ValueError as error:
        raise DayUnreadable(typed) from error


def _days(year: int, month: int | None, day: int | None) -> Days:
    """Returns the days of a year, a month or a day. Raises ValueError where there is none."""
    if year in JALALI:
        first, after = _first_and_after(year, month, day)
        end = jdatetime.date(*after).togregorian()
        return jdatetime.date(*first).togregorian(), end - timedelta(days=day is None)
    if year in GREGORIAN:
        first, after = _first_and_after(year, month, day)
        return date(*first), date(*after) - timedelta(days=day is None)
    raise ValueError(year)


def _first_and_after(year: int, month: int | None, day: int | None) -> tuple[tuple[int, int, int], ...]:
    """Returns the first day, and the one after the last; a single day is both."""
    if month is not None and day is not None:
        return (year, month, day), (year, month, day)
    if month is not None:
        return (year, month, 1), (year + month // 12, month % 12 + 1, 1)
    return (year, 1, 1), (year + 1, 1, 1)
