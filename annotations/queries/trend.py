"""How has agreement moved from measuring to measuring, and where was the guideline changed?"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from annotations import policy
from annotations.models import AgreementReport, GuidelineVersion, Project
from annotations.queries.dashboard import Scope, local_day

# So many measurings are looked at, the newest ones; the line shows one a day.
MOST_REPORTS = 400
MONTH_DAYS = 30
Figure = dict[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The figures of one measuring: alpha over words of the kind that stands for the project, exact and partial F1."""

    at: datetime
    kind: str
    alpha: Figure
    exact: Figure
    partial: Figure
    relations: Figure

    @property
    def day(self) -> date:
        """The day it was made on."""
        return local_day(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The measurings in their order, one a day, and the guideline's versions with the day each was published."""

    points: list[Measured]
    versions: list[tuple[int, date]]
    threshold: float

    @property
    def last(self) -> Measured | None:
        """The newest measuring."""
        return self.points[-1] if self.points else None


def load_trend(project: Project, *, since: date | None = None, until: date | None = None) -> Trend:
    """Reads the measurings of a project, and the guideline's versions after the first, of a period."""
    made = AgreementReport.objects.filter(project=project).exclude(made_at=None).order_by("-made_at", "-pk")
    rows = made.values_list(
        "made_at", "result__alpha", "result__exact", "result__partial", "result__relations", "result__articles"
    )[:MOST_REPORTS]
    by_day: dict[date, Measured] = {}
    for at, alphas, exact, partial, relations, articles in rows:
        if at and articles and local_day(at) not in by_day:
            kind, alpha = main_alpha(alphas)
            by_day[local_day(at)] = Measured(
                at=at, kind=kind, alpha=alpha, exact=exact, partial=partial, relations=relations
            )
    published = GuidelineVersion.objects.filter(project=project, number__gt=1).order_by("number")
    versions = [(number, local_day(at)) for number, at in published.values_list("number", "published_at")]

    def shown(day: date) -> bool:
        return (since is None or day >= since) and (until is None or day <= until)

    return Trend(
        points=[by_day[day] for day in sorted(by_day) if shown(day)],
        versions=[(number, day) for number, day in versions if shown(day)],
        threshold=project.threshold,
    )


def main_alpha(alphas: dict[str, Figure]) -> tuple[str, Figure]:
    """Returns the alpha that stands for the project, with its kind: that of entities, where they have one."""
    measured = [kind for kind, figure in alphas.items() if figure["value"] is not None]
    kind = measured[0] if measured else "entity"
    return kind, alphas[kind]


def month_before(trend: Trend) -> Measured | None:
    """Returns the measuring that the newest one is compared with: the last one at least thirty days older."""
    if trend.last is None:
        return None
    older = [one for one in trend.points if (trend.last.day - one.day).days >= MONTH_DAYS]
    return older[-1] if older else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One person's spans against gold, as it was last measured."""

    pseudonym: str
    articles: int
    f1: float | None


def last_scores(scope: Scope) -> list[Score]:
    """Returns how close each person came to gold when agreement was last measured: F1 of spans, micro, exact."""
    made = AgreementReport.objects.filter(project=scope.project).exclude(made_at=None).order_by("-made_at", "-pk")
    rows: list[dict[str, Any]] = made.values_list("result__gold", flat=True).first() or []
    own = set(scope.work().values_list("pseudonym", flat=True).distinct()) if scope.whose == policy.OWN else None
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        if (not scope.source or row["source"] == scope.source) and (own is None or row["person"] in own):
            numbers = {name: row[name] for name in ("articles", "matched", "spans", "gold")}
            counts.setdefault(row["person"], Counter()).update(numbers)
    return [Score(pseudonym=person, articles=one["articles"], f1=_f1(one)) for person, one in counts.items()]


def _f1(one: Counter[str]) -> float | None:
    both = one["spans"] + one["gold"]
    return 2 * one["matched"] / both if both else None
