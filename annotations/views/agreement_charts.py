"""Where does each mark of the agreement page stand? Figures become places in per cent, shades and rows.

A chart grows the way the interface reads: from the right in Persian, from the left in English.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotations.models import Label
from annotations.queries.trend import Measured
from annotations.queries.workspace import title

# Krippendorff's own marks: below the first no conclusion should be drawn, above the second findings are reliable.
TENTATIVE, RELIABLE = 0.667, 0.8
SHADES = 9
STEP = 0.2
Figure = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale over the width of a chart, from `low` at its beginning to `high` at its end."""

    rtl: bool
    low: float = 0.0
    high: float = 1.0

    def at(self, value: float) -> str:
        """Returns how far from the left edge a value stands, in per cent; what is off the scale stands at its end."""
        share = min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)
        return f"{100 * (1 - share if self.rtl else share):.2f}%"

    def between(self, low: float, high: float) -> tuple[str, str]:
        """Returns left edge and width of a stretch."""
        left = self.at(high if self.rtl else low)
        width = abs(float(self.at(high)[:-1]) - float(self.at(low)[:-1]))
        return left, f"{width:.2f}%"


def dial(figure: Figure, axis: Axis, *, marked: bool = False) -> dict[str, Any]:
    """Returns one figure over its line; a marked one with its interval between Krippendorff's marks."""
    value, low, high = figure["value"], figure["low"], figure["high"]
    found: dict[str, Any] = {"figure": figure, "origin": axis.at(axis.low)}
    if value is not None:
        found["at"] = axis.at(value)
    if marked:
        found["marks"] = [(mark, axis.at(mark)) for mark in (TENTATIVE, RELIABLE)]
        if low is not None and high is not None:
            found["left"], found["width"] = axis.between(low, high)
    return found


def dumbbells(result: Mapping[str, Any], labels: Mapping[str, Label], *, rtl: bool, of: str = "") -> dict[str, Any]:
    """Returns the labels by their exact F1, the best first, and the ticks of their scale; or one of them."""
    rows = sorted(
        (row for row in result["labels"] if not of or row["label"] == of), key=lambda row: -(row["exact"]["value"] or 0)
    )
    values = [row[name]["value"] or 0 for row in rows for name in ("exact", "partial")]
    low = min(math.floor(min(values, default=0) / STEP + 1e-9) * STEP, 1 - STEP)
    axis = Axis(rtl=rtl, low=low)
    ticks = [low + STEP * number for number in range(round((1 - low) / STEP) + 1)]
    return {
        "ticks": [(tick, axis.at(tick)) for tick in ticks],
        "rows": [
            row | _named(row["label"], labels)
            | {"at": axis.at(row["exact"]["value"] or 0), "ring": axis.at(row["partial"]["value"] or 0)}
            for row in rows
        ],
    }  # fmt: skip


def heat_map(result: Mapping[str, Any], labels: Mapping[str, Label], *, of: str = "") -> dict[str, Any]:
    """Returns the confusion as rows of cells: what the first of two people said, against what the second did.

    `of` leaves one label and what it is taken for; the shares stay those of the whole rows.
    """
    counts = {(cell["one"], cell["other"]): cell["count"] for cell in result["confusion"]}
    seen = {key for cell in counts for key in cell if key}
    keys: list[str | None] = [*(key for key in labels if key in seen), *sorted(seen - set(labels)), None]
    shown = [key for key in keys if not of or key == of or counts.get((key, of)) or counts.get((of, key))]
    names = {key: _named(key, labels) for key in shown}
    rows = []
    for one in shown:
        total = sum(counts.get((one, other), 0) for other in keys)
        cells = [
            _cell(one, other, counts.get((one, other), 0), total) | {"other_title": names[other]["title"]}
            for other in shown
        ]
        rows.append({"key": one} | names[one] | {"cells": cells, "total": total})
    kept = {cell: n for cell, n in counts.items() if not of or of in cell}
    return {"columns": [{"key": key} | names[key] for key in shown], "rows": rows, "counts": kept}


def _cell(one: str | None, other: str | None, count: int, total: int) -> dict[str, Any]:
    share = count / total if total else 0
    # The root makes small leaks visible beside a full diagonal.
    shade = "full" if one == other and count else f"shade-{math.ceil(SHADES * math.sqrt(share))}"
    return {
        "id": f"{one or ''}:{other or ''}", "one": one, "other": other, "count": count, "shade": shade,
        "exists": bool(one or other),
    }  # fmt: skip


def most_confused(heat: Mapping[str, Any]) -> str:
    """Returns the cell to open first: the two labels most often taken for each other, else what is missed most."""
    counts: dict[tuple[str | None, str | None], int] = heat["counts"]
    off = {cell: count for cell, count in counts.items() if cell[0] != cell[1]}
    both = {cell: count for cell, count in off.items() if all(cell)} or off
    one, other = max(both, key=lambda cell: both[cell], default=(None, None))
    return f"{one or ''}:{other or ''}"


def changes(last: Measured | None, before: Measured | None) -> dict[str, dict[str, Any]]:
    """Returns by how much each figure went up or down; without signs, which Persian digits would carry to their end."""
    if last is None or before is None:
        return {}
    found = {}
    for name in ("exact", "partial", "alpha", "relations"):
        now, then = getattr(last, name)["value"], getattr(before, name)["value"]
        if now is not None and then is not None:
            by = round(now - then, 2)
            found[name] = {"by": abs(by), "side": "up" if by > 0 else "down" if by < 0 else "same", "since": before.at}
    return found


def pair_matrix(result: Mapping[str, Any], *, measure: str = "exact") -> list[dict[str, Any]]:
    """Returns a row for each person: F1 with those after them, the number of shared articles with those before."""
    people, pairs = result["people"], {tuple(sorted(row["people"])): row for row in result["pairs"]}
    values = [row[measure]["value"] for row in pairs.values() if row[measure]["value"] is not None]
    low, high = min(values, default=0), max(values, default=1)
    rows = []
    for at, one in enumerate(people):
        cells = []
        for to, other in enumerate(people):
            row = pairs.get((min(one, other), max(one, other)))
            value = row[measure]["value"] if row else None
            # From the worst pair to the best: who differs from the others is what is looked for here.
            share = (value - low) / (high - low) if value is not None and high > low else 0.5
            shade = f"shade-{1 + round((SHADES - 1) * share)}" if value is not None and to > at else ""
            side = "self" if to == at else "above" if to > at else "below"
            cells.append({"other": other, "side": side, "row": row, "value": value, "shade": shade})
        rows.append({"person": one, "cells": cells})
    return rows


def documents(
    result: Mapping[str, Any], labels: Mapping[str, Label], topics: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Returns the article labels with their titles and, where there is one, their topic's."""
    return [
        row | _named(row["label"], labels) | {"topic_title": topics.get(row["topic"], row["topic"])}
        for row in result["documents"]
    ]


def _named(key: str | None, labels: Mapping[str, Label]) -> dict[str, Any]:
    """Returns title and colour; a label that is gone goes by its key, no label by none."""
    label = labels.get(key) if key else None
    return {"title": title(label) if label else key or "", "color": label.color if label else "slate"}
