"""What does a dashboard say? Each part is read when it is asked for, once, and leaves as plain values."""

from collections.abc import Callable
from dataclasses import asdict
from functools import cached_property
from typing import Any

from annotations import policy
from annotations.queries.dashboard import Scope
from annotations.queries.dashboard_activity import Event, latest
from annotations.queries.dashboard_corpus import Corpus, load_corpus
from annotations.queries.dashboard_people import PersonRow, Times, load_people, load_times
from annotations.queries.dashboard_progress import BurnUp, Progress, Stage, Week, burn_up, load_progress, weekly_pace
from annotations.queries.stances import MOST_CELLS, Network, load_network
from annotations.queries.trend import Measured, Trend, load_trend

Plain = dict[str, Any] | list[dict[str, Any]] | None


class Figures:
    """The parts of one dashboard."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    @cached_property
    def progress(self) -> Progress:
        """Where the articles stand."""
        return load_progress(self.scope)

    @cached_property
    def burn_up(self) -> BurnUp:
        """The lines of progress, and the forecast."""
        return burn_up(self.scope, self.progress)

    @cached_property
    def pace(self) -> list[Week]:
        """The last weeks."""
        return weekly_pace(self.scope, self.progress)

    @cached_property
    def times(self) -> Times:
        """How long articles take."""
        return load_times(self.scope)

    @cached_property
    def people(self) -> list[PersonRow]:
        """The annotators."""
        return load_people(self.scope, self.times)

    @cached_property
    def corpus(self) -> Corpus:
        """What was annotated."""
        return load_corpus(self.scope)

    @cached_property
    def network(self) -> Network:
        """Who is for or against what."""
        return load_network(self.scope)

    @cached_property
    def whole_network(self) -> Network:
        """Holders and targets of the strongest cells, for tables that leave."""
        return load_network(self.scope, shown=None, most=MOST_CELLS)

    @cached_property
    def latest(self) -> list[Event]:
        """What happened lately."""
        return latest(self.scope)

    @cached_property
    def last_measured(self) -> Measured | None:
        """The newest measuring of agreement, whatever the period; None for those who may not see it."""
        if not policy.can_see_agreement(self.scope.by, self.scope.project):
            return None
        return load_trend(self.scope.project).last

    @cached_property
    def trend(self) -> Trend | None:
        """How agreement moved; None for those who may not see it."""
        if not policy.can_see_agreement(self.scope.by, self.scope.project):
            return None
        since, until = self.scope.period
        return load_trend(self.scope.project, since=since, until=until)


def _stages(figures: Figures) -> Plain:
    found = figures.progress
    return {"total": found.total} | {stage.value: found.stages[stage] for stage in Stage}


def _forecast(figures: Figures) -> Plain:
    line = figures.burn_up
    return {
        "outlook": line.forecast.outlook.value, "day": line.forecast.day, "pace": line.forecast.pace,
        "deadline": line.deadline,
    }  # fmt: skip


def _progress(figures: Figures) -> Plain:
    line = figures.burn_up
    return [
        {"day": day, "gold": gold, "handed_in": handed_in}
        for day, gold, handed_in in zip(line.days, line.gold, line.handed_in, strict=True)
    ]


def _people(figures: Figures) -> Plain:
    return [
        {
            "person": one.pseudonym,
            **{stage.value: one.stages[stage] for stage in Stage if stage != Stage.FREE},
            "f1": one.f1, "compared": one.compared, "minutes": asdict(one.minutes), "last_at": one.last_at,
        }
        for one in figures.people
    ]  # fmt: skip


def _labels(figures: Figures) -> Plain:
    return [{"label": one.label.key, "kind": one.label.kind, "count": one.count} for one in figures.corpus.labels]


def _corpus(figures: Figures) -> Plain:
    found = figures.corpus
    return {
        "whose": found.whose, "sets": found.sets, "kinds": found.kinds, "linked": found.linked,
        "distinct": found.distinct, "entities": found.entities,
    }  # fmt: skip


def _stances(figures: Figures) -> Plain:
    found = figures.whole_network
    names = {(side, one.key): one.name for side in ("holders", "targets") for one in getattr(found, side)}
    return [
        {
            "holder": one, "holder_name": names["holders", one], "target": other,
            "target_name": names["targets", other], "count": cell.count, "favor": cell.favor, "against": cell.against,
        }
        for (one, other), cell in found.cells.items()
    ]  # fmt: skip


def _latest(figures: Figures) -> Plain:
    return [asdict(one) for one in figures.latest]


def _measured(one: Measured) -> dict[str, Any]:
    return {
        "made_at": one.at, "kind": one.kind, "alpha": one.alpha, "exact": one.exact, "partial": one.partial,
        "relations": one.relations,
    }  # fmt: skip


def _trend(figures: Figures) -> Plain:
    if figures.trend is None:
        return None
    return {
        "threshold": figures.trend.threshold,
        "points": [_measured(one) for one in figures.trend.points],
        "guideline_versions": [{"version": number, "day": day} for number, day in figures.trend.versions],
    }


PLAIN: dict[str, Callable[[Figures], Plain]] = {
    "stages": _stages,
    "forecast": _forecast,
    "minutes": lambda figures: asdict(figures.times.all),
    "progress": _progress,
    "pace": lambda figures: [asdict(week) for week in figures.pace],
    "people": _people,
    "labels": _labels,
    "corpus": _corpus,
    "stances": _stances,
    "latest": _latest,
    "trend": _trend,
}
