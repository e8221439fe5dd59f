"""What do the charts of lines show? Values, axes and marks for the script that draws them.

All that stands on a chart is said here, in the reader's language: the script knows no calendar.
"""

import math
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from annotations.queries.dashboard_progress import BurnUp
from annotations.queries.trend import Measured, Trend
from annotations.templatetags.newsroom import number, ratio, tenth
from annotations.views.chart_days import day_ticks, number_ticks, place, said

Values = dict[date, float | None]
STEP = 0.1
MARGIN = 0.02
ALONE = timedelta(days=3)  # what a single measuring has on both sides


def burn_up_chart(line: BurnUp, *, team: bool) -> dict[str, Any]:
    """Returns the lines of progress: gold as an area, what was handed in, and for a team the plan and the forecast."""
    last = line.days[-1]
    lines: dict[str, tuple[str, Values]] = {
        "gold": (_("gold"), dict(zip(line.days, line.gold, strict=True))),
        "handed": (_("handed in"), dict(zip(line.days, line.handed_in, strict=True))),
    }
    rings = []
    if team:
        lines |= {"plan": (_("plan"), _plan(line)), "forecast": (_("forecast"), _outlook(line))}
        if line.forecast.day and line.forecast.day <= line.ends:
            day = line.forecast.day
            rings.append({"x": place(day), "y": line.total, "label": said(day), "key": "forecast"})
    ticks = number_ticks(max([line.total, *line.handed_in]))
    today = _("today, {day}").format(day=said(last)) if last == timezone.localdate() else said(last)
    return _lines(lines) | {
        "x": _days(line.days[0], line.ends if team else last),
        "y": {"low": 0, "high": ticks[-1][0], "ticks": ticks},
        "marks": [{"x": place(last), "key": "today", "label": today}],
        "dots": [{"x": place(last), "y": line.gold[-1], "label": number(line.gold[-1]), "key": "gold"}],
        "rings": rings,
    }


def _plan(line: BurnUp) -> Values:
    """Returns the straight line from the project's first day to all articles at the deadline, as far as it shows."""
    if line.deadline is None or line.deadline <= line.begins:
        return {}
    length = (line.deadline - line.begins).days
    shown = (line.days[0], min(line.deadline, line.ends))
    return {day: round(line.total * min((day - line.begins).days / length, 1), 2) for day in shown}


def _outlook(line: BurnUp) -> Values:
    """Returns the line from what is gold today to the day of the forecast."""
    if line.forecast.day is None or line.forecast.day > line.ends:
        return {}
    return {line.days[-1]: line.gold[-1], line.forecast.day: line.total}


def _lines(lines: dict[str, tuple[str, Values]]) -> dict[str, Any]:
    """Returns lines over the days that any of them has; one without values is left out."""
    days = sorted({day for _title, values in lines.values() for day in values})
    return {
        "rtl": get_language_bidi(),
        "xs": [place(day) for day in days],
        "days": [said(day) for day in days],
        "series": [
            {"key": key, "title": title, "values": [values.get(day) for day in days]}
            for key, (title, values) in lines.items()
            if any(value is not None for value in values.values())
        ],
    }


def _days(first: date, last: date) -> dict[str, Any]:
    """Returns the axis of days; a single day has some on both sides."""
    if first >= last:
        first, last = last - ALONE, last + ALONE
    return {"low": place(first), "high": place(last), "ticks": day_ticks(first, last)}


def trend_rows(trend: Trend) -> list[tuple[str, Measured]]:
    """Returns the measurings for a table, the newest first."""
    return [(said(one.day, year=True), one) for one in reversed(trend.points)]


def trend_chart(trend: Trend, *, measure: str = "exact") -> dict[str, Any]:
    """Returns agreement over time: alpha with its interval, F1 of spans, the threshold, versions of the guideline."""
    points, last = trend.points, trend.points[-1]
    f1 = {point.day: getattr(point, measure)["value"] for point in points}
    alpha = {name: {point.day: point.alpha[name] for point in points} for name in ("value", "low", "high")}
    known = [value for values in (f1, *alpha.values()) for value in values.values() if value is not None]
    axis = _days(points[0].day, max([last.day, *(day for _number, day in trend.versions)]))
    return _lines({
        "low": ("", alpha["low"]),
        "high": ("", alpha["high"]),
        "exact": (_("exact F1") if measure == "exact" else _("partial F1"), f1),
        "alpha": ("α", alpha["value"]),
    }) | {
        "decimals": 2,
        "x": axis,
        "y": _measures([*known, trend.threshold]),
        "rule": {"y": trend.threshold, "label": _("threshold {value}").format(value=ratio(trend.threshold))},
        "marks": [
            {"x": place(day), "key": "version", "label": _("guideline {n}").format(n=number(version))}
            for version, day in trend.versions
            if place(day) >= axis["low"]
        ],
        "dots": [
            {"x": place(last.day), "y": value, "label": ratio(value), "key": key}
            for key, value in (("exact", f1[last.day]), ("alpha", alpha["value"][last.day]))
            if value is not None
        ],
        "rings": [],
    }  # fmt: skip


def _measures(values: list[float]) -> dict[str, Any]:
    """Returns the axis of a measure around its values, in tenths."""
    low = max(math.floor((min(values) - MARGIN) / STEP), -10)
    high = min(math.ceil((max(values) + MARGIN) / STEP), 10)
    ticks = [(at * STEP, tenth(at * STEP)) for at in range(low, high + 1)]
    return {"low": low * STEP, "high": high * STEP, "ticks": ticks}
