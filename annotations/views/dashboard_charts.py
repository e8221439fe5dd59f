"""Where does each mark of the dashboard stand? Bars in per cent, heat in shades, lines as values for the chart library.

What a chart says is said here in the reader's language: the script draws and knows no calendar and no digits.
"""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from annotations.queries.dashboard_corpus import LabelCount
from annotations.queries.dashboard_progress import BurnUp, Progress, Stage, Week
from annotations.queries.stances import Network, Party
from annotations.queries.trend import Trend
from annotations.templatetags.newsroom import number, ratio, tenth
from annotations.views.agreement_charts import Axis
from annotations.views.chart_days import day_ticks, number_ticks, place, said

SHADES = 5
FIRST_LABELS = 8
# Of this share of stances more for than against, or the other way round, a cell leans.
LEANING = 0.15
NO_STEP = 0.1


def stage_titles(*, team: bool) -> dict[Stage, str]:
    """Returns what the stages are called; one person's work that is not yet gold is simply handed in."""
    return {
        Stage.GOLD: _("gold"),
        Stage.REVIEW: _("in the queue of adjudication") if team else _("handed in"),
        Stage.IN_HAND: _("in hand"),
        Stage.ASSIGNED: _("assigned"),
        Stage.FREE: _("nobody's"),
    }


def stacked(counts: Any, *, team: bool, whole: int | None = None) -> list[dict[str, Any]]:
    """Returns the pieces of a bar of stages, each with left edge and width in per cent of `whole`."""
    titles, rtl = stage_titles(team=team), get_language_bidi()
    whole = whole or sum(counts.values()) or 1
    axis, before, pieces = Axis(rtl=rtl, high=whole), 0, []
    for stage, title in titles.items():
        count = counts[stage]
        if count or (stage != Stage.FREE):
            left, width = axis.between(before, before + count)
            pieces.append({"stage": stage.value, "title": title, "count": count, "left": left, "width": width})
        before += count
    return pieces


def gold_share(progress: Progress) -> int:
    """Returns how many per cent of the articles are gold; a hundred only when all are."""
    return math.floor(100 * progress.stages[Stage.GOLD] / progress.total) if progress.total else 0


def burn_up_chart(line: BurnUp, *, team: bool) -> dict[str, Any]:
    """Returns the lines of progress: gold as an area, what was handed in, the plan and the forecast."""
    last, expected = line.days[-1], line.forecast.day
    planned = line.deadline if line.deadline and line.deadline > line.begins else None
    first = line.days[0]
    days = sorted({*line.days, *filter(None, [planned if planned and planned <= line.ends else None, expected]), first})
    days = [day for day in days if day <= line.ends]
    at = {day: number for number, day in enumerate(line.days)}
    begun = (first - line.begins).days

    def plan(day: date) -> float | None:
        length = (planned - line.begins).days if planned else 0
        passed = begun + (day - first).days
        return round(line.total * passed / length, 2) if planned and day in (first, min(planned, line.ends)) else None

    def outlook(day: date) -> int | None:
        return line.gold[-1] if day == last and expected else line.total if day == expected else None

    series = [
        {"key": "gold", "title": _("gold"), "values": [line.gold[at[day]] if day in at else None for day in days]},
        {"key": "handed", "title": _("handed in"),
         "values": [line.handed_in[at[day]] if day in at else None for day in days]},
        {"key": "plan", "title": _("plan"), "values": [plan(day) for day in days]},
        {"key": "forecast", "title": _("forecast"), "values": [outlook(day) for day in days]},
    ]  # fmt: skip
    if not team:
        series = series[:2]
    today = timezone.localdate()
    highest = max([line.total, *line.handed_in])
    rings = [{"x": place(expected), "y": line.total, "label": said(expected), "key": "forecast"}] if expected else []
    dot = {"x": place(last), "y": line.gold[-1], "label": number(line.gold[-1]), "key": "gold"}
    return {
        "rtl": get_language_bidi(),
        "xs": [place(day) for day in days],
        "days": [said(day) for day in days],
        "series": [one for one in series if any(value is not None for value in one["values"])],
        "x": {"low": place(first), "high": place(line.ends if team else last), "ticks": day_ticks(first, line.ends if team else last)},
        "y": {"low": 0, "high": number_ticks(highest)[-1][0], "ticks": number_ticks(highest)},
        "marks": [{"x": place(last), "key": "today",
                   "label": _("today, {day}").format(day=said(last)) if last == today else said(last)}],
        "dots": [dot], "rings": rings if team else [],
    }  # fmt: skip


def trend_chart(trend: Trend) -> dict[str, Any]:
    """Returns agreement over time: alpha with its interval, exact F1, the threshold, versions of the guideline."""
    points = trend.points
    first, last = points[0].day, max([points[-1].day, *(day for _number, day in trend.versions)])
    if first == last:
        first, last = first - timedelta(days=3), last + timedelta(days=3)
    values = [
        figure[name]
        for point in points
        for figure, names in ((point.alpha, ("value", "low", "high")), (point.exact, ("value",)))
        for name in names
        if figure[name] is not None
    ]
    low = max(math.floor((min([*values, trend.threshold]) - 0.02) * 10) / 10, -1.0)
    high = min(math.ceil((max([*values, trend.threshold]) + 0.02) * 10) / 10, 1.0)
    steps = round((high - low) / NO_STEP)
    versions = [(number_, day) for number_, day in trend.versions if first <= day <= last]
    return {
        "rtl": get_language_bidi(),
        "xs": [place(point.day) for point in points],
        "days": [said(point.day) for point in points],
        "series": [
            {"key": "low", "values": [point.alpha["low"] for point in points]},
            {"key": "high", "values": [point.alpha["high"] for point in points]},
            {"key": "exact", "title": _("exact F1"), "values": [point.exact["value"] for point in points]},
            {"key": "alpha", "title": "α", "values": [point.alpha["value"] for point in points]},
        ],
        "decimals": 2,
        "x": {"low": place(first), "high": place(last), "ticks": day_ticks(first, last)},
        "y": {"low": low, "high": high,
              "ticks": [(low + NO_STEP * at, tenth(low + NO_STEP * at)) for at in range(steps + 1)]},
        "rule": {"y": trend.threshold, "label": _("threshold {value}").format(value=ratio(trend.threshold))},
        "marks": [{"x": place(day), "key": "version", "label": _("guideline {n}").format(n=number(number_))}
                  for number_, day in versions],
        "dots": [
            {"x": place(points[-1].day), "y": figure["value"], "label": ratio(figure["value"]), "key": key}
            for key, figure in (("exact", points[-1].exact), ("alpha", points[-1].alpha))
            if figure["value"] is not None
        ],
        "rings": [],
    }  # fmt: skip


def label_bars(labels: Sequence[LabelCount]) -> list[dict[str, Any]]:
    """Returns the first labels with the width of their bars."""
    return [{"label": one.label, "count": one.count} | bar(one.count, labels[0].count) for one in labels[:FIRST_LABELS]]


def bar(count: int, most: int) -> dict[str, str]:
    """Returns left edge and width of a bar in per cent of the longest one."""
    left, width = Axis(rtl=get_language_bidi(), high=max(most, 1)).between(0, count)
    return {"left": left, "width": width}


def columns(weeks: Sequence[Week]) -> list[dict[str, Any]]:
    """Returns the weeks as columns in their order from the side where reading begins, heights in per cent."""
    most = max((week.count for week in weeks), default=0) or 1
    share, rtl = 100 / max(len(weeks), 8), get_language_bidi()
    found = []
    for at, week in enumerate(weeks):
        left = 100 - share * (at + 1) if rtl else share * at
        height = 100 * week.count / most
        found.append({
            "begins": week.begins, "said": said(week.begins), "count": week.count, "left": f"{left + share * 0.2:.2f}%",
            "middle": f"{left + share / 2:.2f}%", "width": f"{share * 0.6:.2f}%", "top": f"{100 - height:.2f}%",
            "height": f"{height:.2f}%", "is_last": at == len(weeks) - 1,
        })  # fmt: skip
    return found


def party_name(party: Party) -> str:
    """Returns what a holder or target is called, in words for what has no name of its own."""
    return party.name or {
        "article": _("the article itself"), "implicit": _("implicit"), "claim": _("claims"),
    }.get(party.key, _("without a name"))  # fmt: skip


def heat_map(network: Network) -> list[dict[str, Any]]:
    """Returns the holders as rows of cells: number, arrow of the direction, shade of the mean polarity."""
    rows = []
    for holder in network.holders:
        cells = []
        for target in network.targets:
            cell = network.cells.get((holder.key, target.key))
            names = {"holder": holder.key, "target": target.key, "target_name": party_name(target)}
            cells.append(names | _leaning(cell.polarity, cell.count) if cell else names | {"count": 0})
        rows.append({"key": holder.key, "name": party_name(holder), "cells": cells})
    return rows


def _leaning(polarity: float, count: int) -> dict[str, Any]:
    if abs(polarity) < LEANING:
        return {"count": count, "sign": "–", "side": "even", "shade": "", "said": _("divided or without a stance")}
    shade = f"lean-{max(math.ceil(SHADES * abs(polarity)), 1)}"
    if polarity > 0:
        return {"count": count, "sign": "↑", "side": "favor", "shade": shade, "said": _("in favour")}
    return {"count": count, "sign": "↓", "side": "against", "shade": shade, "said": _("against")}
