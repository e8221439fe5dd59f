"""Which days and numbers stand at the axes of a chart? Days of the reader's calendar, steps in which one counts."""

import math
from collections.abc import Iterator
from datetime import date, timedelta

import jdatetime
from django.utils.translation import get_language

from annotations.templatetags.newsroom import MONTHS, digits, number

MOST_TICKS = 7
SHORT_DAYS = 62  # a chart of fewer days has days at its axis, and not only beginnings of months
EPOCH = date(1970, 1, 1)


def place(day: date) -> int:
    """Returns where a day stands on a chart's axis: its number since 1970."""
    return (day - EPOCH).days


def said(day: date, *, year: bool = False) -> str:
    """Returns a day without its year, ۲ آذر or 23 Nov; with it where the year is not this page's."""
    if get_language() == "fa":
        here = jdatetime.date.fromgregorian(date=day)
        return digits(f"{here.day} {MONTHS[here.month - 1]}" + (f" {here.year}" if year else ""))
    return f"{day.day} {day:%b}" + (f" {day.year}" if year else "")


def day_ticks(first: date, last: date) -> list[tuple[int, str]]:
    """Returns a few days of a stretch with what stands under each: weeks of a short one, months of a longer one."""
    length = (last - first).days
    if length <= SHORT_DAYS:
        step = max(math.ceil((length + 1) / MOST_TICKS), 1)
        return [(place(day), said(day)) for day in _every(first, last, step)]
    months = list(_months(first, last))
    step = math.ceil(len(months) / MOST_TICKS)
    return [(place(day), name) for day, name in months[::step]]


def _every(first: date, last: date, step: int) -> Iterator[date]:
    return (first + timedelta(days=at) for at in range(0, (last - first).days + 1, step))


def _months(first: date, last: date) -> Iterator[tuple[date, str]]:
    """Yields the first day of each month of the reader's calendar; in a new year, with it."""
    jalali = get_language() == "fa"
    for day in _every(first, last, 1):
        if jalali:
            here = jdatetime.date.fromgregorian(date=day)
            if here.day == 1:
                yield day, MONTHS[here.month - 1] + (digits(f" {here.year}") if here.month == 1 else "")
        elif day.day == 1:
            yield day, f"{day:%b}" + (f" {day.year}" if day.month == 1 else "")


def number_ticks(highest: int, *, most: int = 4) -> list[tuple[int, str]]:
    """Returns steps from 0 up to the first one at or above `highest`: 0, 300, 600, 900, 1,200."""
    step = nice_step(max(highest, 1) / most)
    return [(at * step, number(at * step)) for at in range(math.ceil(max(highest, 1) / step) + 1)]


def nice_step(least: float) -> int:
    """Returns the smallest of 1, 2, 3, 5 and their tenfolds that is not under `least`."""
    power: int = 10 ** max(math.floor(math.log10(max(least, 1))), 0)
    return next(factor * power for factor in (1, 2, 3, 5, 10) if factor * power >= least - 1e-9)
