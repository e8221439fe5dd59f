"""When will a project be done, if it goes on as it did of late?"""

import enum
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

# The pace is that of the last four weeks; of fewer than seven days it says nothing.
WINDOW_DAYS = 28
FEWEST_DAYS = 7
# What is further off than this is no forecast any more.
FURTHEST_DAYS = 3660


class Outlook(enum.StrEnum):
    """Whether there is a forecast, or why there is none."""

    EXPECTED = "expected"
    DONE = "done"
    TOO_YOUNG = "too_young"
    STANDING_STILL = "standing_still"
    OUT_OF_SIGHT = "out_of_sight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The day on which the last article becomes gold, at `pace` articles a day; None where nothing can be said."""

    outlook: Outlook
    day: date | None = None
    pace: float | None = None


def forecast(golden: Mapping[date, int], *, total: int, today: date) -> Forecast:
    """Returns when `total` articles are gold, from how many became gold on which day.

    The pace is the number of the last 28 days, or since the first gold article where that is less long ago, by the
    number of these days.
    """
    remaining = total - sum(golden.values())
    if remaining <= 0:
        return Forecast(outlook=Outlook.DONE if total else Outlook.TOO_YOUNG)
    if not golden or (age := (today - min(golden)).days + 1) < FEWEST_DAYS:
        return Forecast(outlook=Outlook.TOO_YOUNG)
    window = min(age, WINDOW_DAYS)
    recent = sum(n for day, n in golden.items() if day > today - timedelta(days=window))
    if recent <= 0:
        return Forecast(outlook=Outlook.STANDING_STILL)
    pace = recent / window
    days = math.ceil(remaining / pace)
    if days > FURTHEST_DAYS:
        return Forecast(outlook=Outlook.OUT_OF_SIGHT, pace=pace)
    return Forecast(outlook=Outlook.EXPECTED, day=today + timedelta(days=days), pace=pace)
