"""When is a project expected to be done, and when is nothing said?"""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.queries.forecast import Forecast, Outlook, forecast

TODAY = date(2026, 11, 25)


def ago(**counts: int) -> Counter[date]:
    """`d7=3` is three articles seven days ago."""
    return Counter({TODAY - timedelta(days=int(key[1:])): n for key, n in counts.items()})


@pytest.mark.parametrize(
    ("golden", "total", "expected"),
    [
        # 28 articles in 28 days are one a day.
        (ago(d40=2, d27=14, d0=14), 40, Forecast(outlook=Outlook.EXPECTED, day=date(2026, 12, 5), pace=1.0)),
        # What is older than four weeks doesn't make the pace.
        (ago(d60=500, d27=14, d0=14), 538, Forecast(outlook=Outlook.EXPECTED, day=date(2026, 12, 5), pace=1.0)),
        # A project of ten days is measured by ten days; what is begun is a whole day.
        (ago(d9=5), 6, Forecast(outlook=Outlook.EXPECTED, day=date(2026, 11, 27), pace=0.5)),
        (ago(d6=7), 8, Forecast(outlook=Outlook.EXPECTED, day=date(2026, 11, 26), pace=1.0)),
        (ago(d5=50), 100, Forecast(outlook=Outlook.TOO_YOUNG)),
        (ago(), 100, Forecast(outlook=Outlook.TOO_YOUNG)),
        (ago(), 0, Forecast(outlook=Outlook.TOO_YOUNG)),
        (ago(d28=50), 100, Forecast(outlook=Outlook.STANDING_STILL)),
        (ago(d28=50), 50, Forecast(outlook=Outlook.DONE)),
        (ago(d27=1), 10_000, Forecast(outlook=Outlook.OUT_OF_SIGHT, pace=1 / 28)),
    ],
)
def test_the_pace_of_the_last_four_weeks_is_carried_on(golden: Counter, total: int, expected: Forecast) -> None:
    assert forecast(golden, total=total, today=TODAY) == expected


@given(st.dictionaries(st.integers(0, 90), st.integers(1, 40), min_size=1), st.integers(1, 3000))
def test_at_the_forecasts_pace_the_rest_is_done_by_its_day_and_not_a_day_before(
    counts: dict[int, int], more: int
) -> None:
    golden = Counter({TODAY - timedelta(days=days): n for days, n in counts.items()})
    found = forecast(golden, total=golden.total() + more, today=TODAY)
    if found.day is None:
        assert found.outlook != Outlook.DONE
        return
    days = (found.day - TODAY).days
    assert found.pace * days >= more - 1e-6
    assert found.pace * (days - 1) < more
