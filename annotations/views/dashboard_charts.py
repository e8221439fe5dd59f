"""Where does each mark of a dashboard's panels stand? Bars in per cent of their chart, heat in shades."""

import math
from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from annotations.queries.dashboard_corpus import LabelCount
from annotations.queries.dashboard_progress import Progress, Stage, Week
from annotations.queries.stances import Network, Party
from annotations.views.agreement_charts import Axis
from annotations.views.chart_days import said

SHADES = 5
FIRST_LABELS = 8
# Of this share of stances more for than against, or the other way round, a cell leans.
LEANING = 0.15


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
