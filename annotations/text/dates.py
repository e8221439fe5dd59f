"""What moment does a date mean that somebody wrote, in Jalali or Gregorian, in any digits?

Only what has exactly one reading is read: «05/06/2023» may be May or June and is refused, and so is a day that no
calendar has, or whose weekday is another. A time without a zone is Tehran's; a day without a time is taken at noon,
so that it stays the same day in most of the world's zones.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import jdatetime

from annotations.errors import NewsroomError, gettext_noop
from annotations.text.calendars import DAYS, FILLERS, GREGORIAN, HALVES, JALALI, LUNAR_NAMES, MONTHS

TEHRAN = ZoneInfo("Asia/Tehran")
NOON = time(12)
LONGEST = 120
# Years in which a number alone says its calendar. From 1430 on it could as well be a lunar year of our days.
JALALI_YEARS, GREGORIAN_YEARS = range(1250, 1430), range(1700, 2200)
# Two digits: 1360 to 1419 and 1970 to 2069, news of our time.
_NUMBERS = re.compile(r"(?<![\d:])(\d{1,4})\s*([/.\-])\s*(\d{1,2})\s*\2\s*(\d{1,4})(?![\d:])")
_TIME = re.compile(
    r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?!\d)(?:\s*([ap]\.?m\b\.?|[قب]\.?ظ\.?|صبح|عصر|بعد ?از ?ظهر))?"
)
_ZONE = re.compile(r"(?<![\w:])(?:(z|utc|gmt)(?:\s*([+-]\d{1,2}):?(\d{2}))?|([+-]\d{2}):?(\d{2}))(?![\w:/])")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?")
_WORD = re.compile(r"\d+|[^\W\d_]+(?:\.[^\W\d_]+)*")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")  # a day as spreadsheets and databases number it: 14020626
_INVISIBLE = re.compile(r"[\u064b-\u0652\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_CLOCK_FOLLOWS = re.compile(r"(?<=\d)t(?= \|)")  # the T of ISO 8601, where the day is Jalali
_SPACED_DAY = re.compile(r"\b(یک|دو|سه|چهار|پنج) +شنبه")


class DateUnclear(NewsroomError):
    """Raised for a date that can't be read, has several readings, or does not exist; the code says which."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a date means: an aware time, and whether it was said to the minute or only to the day."""

    at: datetime
    to_the_minute: bool


def read_date(said: str) -> Moment:
    """Returns the one moment that a written date can mean. Raises DateUnclear."""
    text = plain(said)
    if len(text) > LONGEST:
        raise _unreadable(said[:LONGEST])
    if _ISO.fullmatch(text) and int(text[:4]) in GREGORIAN_YEARS:
        return _from_iso(text, said)
    if eight := _EIGHT.fullmatch(text):
        text = "/".join(eight.groups())
    found, text = _taken(_TIME, text)
    clock = _clock(found, said)
    zone, text = _zone(text, clock is not None, said)
    text = _CLOCK_FOLLOWS.sub(" ", text)
    days = sorted(set(_days(text, said)))
    if not days:
        message = gettext_noop("There is no day «{date}» in any calendar.")
        raise DateUnclear(code="date_impossible", message=message, data={"date": said})
    if len(days) > 1:
        readings = ", ".join(day.isoformat() for day in days)
        message = gettext_noop("The date «{date}» can be read in several ways: {readings}.")
        raise DateUnclear(code="date_ambiguous", message=message, data={"date": said, "readings": readings})
    return _moment(days[0], clock, zone, said)


def of_day(day: date) -> Moment:
    """Returns a day of which no time is known."""
    return Moment(datetime.combine(day, NOON, TEHRAN), to_the_minute=False)


def jalali_day(year: int, month: int, day: int) -> date:
    """Returns a Jalali day in the Gregorian calendar. Raises ValueError where there is none."""
    found: date = jdatetime.date(year, month, day).togregorian()
    return found


def plain(said: str) -> str:
    """Returns a date with ASCII digits, Persian letters, small Latin ones, and nothing invisible."""
    text = _INVISIBLE.sub("", said).lower().translate({0x64A: "ی", 0x649: "ی", 0x643: "ک", 0x66B: ".", 0x60C: ","})
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    return _SPACED_DAY.sub(r"\1شنبه", " ".join(text.split()))


def _unreadable(said: str) -> DateUnclear:
    return DateUnclear(
        code="date_unreadable", message=gettext_noop("«{date}» can't be read as a date."), data={"date": said}
    )


def _moment(day: date, clock: time | None, zone: tzinfo, said: str) -> Moment:
    try:
        moment = datetime.combine(day, clock or NOON, zone)
        moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _unreadable(said) from error
    return Moment(moment, to_the_minute=clock is not None)


def _from_iso(text: str, said: str) -> Moment:
    try:
        at = datetime.fromisoformat(text.upper())
    except ValueError as error:
        message = gettext_noop("There is no day «{date}» in any calendar.")
        raise DateUnclear(code="date_impossible", message=message, data={"date": said}) from error
    return Moment(at if at.tzinfo else at.replace(tzinfo=TEHRAN), to_the_minute=True)


def _taken(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    """Finds a pattern and returns the rest of the text without it."""
    found = pattern.search(text)
    return found, text if found is None else f"{text[: found.start()]} | {text[found.end() :]}"


def _clock(found: re.Match[str] | None, said: str) -> time | None:
    if found is None:
        return None
    hour, minute, second = (int(part or 0) for part in found.group(1, 2, 3))
    half = HALVES.get((found[4] or "").replace(" ", "").rstrip("."))
    if half is not None and hour <= 12:
        hour = hour % 12 + 12 * half
    try:
        return time(hour, minute, min(second, 59))  # a leap second is the last of its minute here
    except ValueError as error:
        raise _unreadable(said) from error


def _zone(text: str, has_time: bool, said: str) -> tuple[tzinfo, str]:
    """Returns the zone that stands beside a time, else Tehran's, and the text without it."""
    found, rest = _taken(_ZONE, text) if has_time else (None, text)
    if found is None:
        return TEHRAN, text
    hours, minutes = found[4] or found[2], found[5] or found[3]
    if hours is None:
        return UTC, rest
    offset = timedelta(hours=abs(int(hours)), minutes=int(minutes))
    if offset >= timedelta(days=1):
        raise _unreadable(said)
    return timezone(-offset if hours.startswith("-") else offset), rest


def _days(text: str, said: str) -> Iterator[date]:
    """Yields every day that the words can mean. Raises DateUnclear where they say something else."""
    numbers, rest = _taken(_NUMBERS, text)
    words = [word for word in _WORD.findall(rest) if word not in FILLERS]
    weekdays = {DAYS[word] for word in words if word in DAYS}
    words = [word for word in words if word not in DAYS]
    if LUNAR_NAMES.intersection(words):
        message = gettext_noop("«{date}» is a lunar date, which can't be converted exactly.")
        raise DateUnclear(code="date_lunar", message=message, data={"date": said})
    if numbers and not words:
        readings = _of_numbers(numbers, is_persian=any("۰" <= c <= "۹" for c in said))
    elif not numbers and len(words) == 3 and sum(word in MONTHS for word in words) == 1:
        readings = _of_words(words)
    else:
        raise _unreadable(said)
    for calendar, year, month, day in readings:
        found = _day(calendar, year, month, day)
        if found and weekdays <= {found.weekday()}:
            yield found


def _day(calendar: str, year: int, month: int, day: int) -> date | None:
    try:
        return jalali_day(year, month, day) if calendar == JALALI else date(year, month, day)
    except ValueError:
        return None


Reading = tuple[str, int, int, int]


def _of_words(words: list[str]) -> Iterator[Reading]:
    """Readings of «26 شهریور 1402», «17 September 2023», «September 17, 2023», «1402 شهریور 26»."""
    at = next(place for place, word in enumerate(words) if word in MONTHS)
    calendar, month = MONTHS[words[at]]
    numbers = [word for word in words if word not in MONTHS]
    if not all(number.isdigit() for number in numbers):
        return
    day, year = numbers if len(numbers[0]) <= 2 else reversed(numbers)
    if len(year) == 2 and at == 1:
        yield calendar, _century(calendar, int(year)), month, int(day)
    elif len(year) == 4 and int(year) in (range(1250, 1500) if calendar == JALALI else GREGORIAN_YEARS):
        yield calendar, int(year), month, int(day)


def _of_numbers(found: re.Match[str], *, is_persian: bool) -> Iterator[Reading]:
    """Readings of three numbers; with Persian digits two of a year are Jalali."""
    first, second, third = found[1], found[3], found[4]
    if len(first) == 4 and len(third) <= 2:
        yield from _with_year(first, [(second, third)])
    elif len(third) == 4 and len(first) <= 2:
        yield from _with_year(third, [(second, first)], american=(first, second))
    elif len(first) == len(third) == 2:
        yield from _of_two_digits(first, second, third, JALALI)
        if not is_persian:
            yield from _of_two_digits(first, second, third, GREGORIAN)
            yield GREGORIAN, _century(GREGORIAN, int(third)), int(first), int(second)


def _with_year(year: str, orders: list[tuple[str, str]], american: tuple[str, str] | None = None) -> Iterator[Reading]:
    number = int(year)
    if number in JALALI_YEARS:
        yield from ((JALALI, number, int(month), int(day)) for month, day in orders)
    elif number in GREGORIAN_YEARS:
        for month, day in [*orders, american] if american else orders:
            yield GREGORIAN, number, int(month), int(day)


def _of_two_digits(first: str, second: str, third: str, calendar: str) -> Iterator[Reading]:
    for year, day in ((first, third), (third, first)):
        if calendar == GREGORIAN or int(year) < 20 or int(year) >= 60:
            yield calendar, _century(calendar, int(year)), int(second), int(day)


def _century(calendar: str, year: int) -> int:
    if calendar == JALALI:
        return year + (1300 if year >= 60 else 1400)
    return year + (1900 if year >= 70 else 2000)
