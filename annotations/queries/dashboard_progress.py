"""How far has a project come, day by day, and where do its articles stand?"""

import enum
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from annotations import policy
from annotations.models import Article, ProjectArticle, SetStatus
from annotations.queries.dashboard import Scope, local_day
from annotations.queries.forecast import Forecast, forecast
from annotations.states import FINISHED

# A line of more points than this says no more: it is drawn week by week.
MOST_POINTS = 400
WEEKS = 12
MOST_LISTED = 100
SATURDAY = 5  # as date.weekday counts


class Stage(enum.StrEnum):
    """Where an article stands, the furthest first. `review` is handed in by all who read it, and not yet gold."""

    GOLD = "gold"
    REVIEW = "review"
    IN_HAND = "in_hand"
    ASSIGNED = "assigned"
    FREE = "free"


@dataclass(slots=True)
class Progress:
    """Counts of articles by stage, and on which days articles became gold and were handed in by all their readers."""

    stages: Counter[Stage] = field(default_factory=Counter)
    golden: Counter[date] = field(default_factory=Counter)
    handed_in: Counter[date] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How many articles there are."""
        return self.stages.total()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One article's stage, when it became gold, and when the last of its readers handed it in; None for not yet."""

    article: int
    stage: Stage
    golden_at: datetime | None = None
    handed_in_at: datetime | None = None


def load_progress(scope: Scope) -> Progress:
    """Reads where each article stands; for one person their articles only, as far as their own sets on them are."""
    found = Progress()
    for place in _places(scope):
        found.stages[place.stage] += 1
        if place.golden_at:
            found.golden[local_day(place.golden_at)] += 1
        if place.handed_in_at:
            found.handed_in[local_day(place.handed_in_at)] += 1
    if scope.is_team:
        found.stages[Stage.FREE] = max(_all_places(scope).count() - found.total, 0)
    return found


def articles_at(scope: Scope, stage: Stage) -> list[Article]:
    """Returns the first articles of a stage in the order they came into the project, without their texts."""
    if stage == Stage.FREE:
        held = scope.work().filter(article=OuterRef("article"))
        golden = scope.gold().filter(article=OuterRef("article"))
        free = _all_places(scope).exclude(Exists(held)).exclude(Exists(golden)).order_by("pk") if scope.is_team else ()
        pks = [place.article_id for place in free[:MOST_LISTED]]
    else:
        pks = sorted(place.article for place in _places(scope) if place.stage == stage)[:MOST_LISTED]
    rows = policy.articles_of(scope.by, scope.project).filter(pk__in=pks)
    return list(rows.select_related("source").defer("text", "sections", "meta").order_by("pk"))


def _all_places(scope: Scope) -> QuerySet[ProjectArticle]:
    places = ProjectArticle.objects.filter(project=scope.project)
    return places.filter(article__source__name=scope.source) if scope.source else places


def _places(scope: Scope) -> Iterator[Place]:
    """Yields where each article stands that somebody holds or that is gold."""
    golden = dict(_golden(scope))
    enough = scope.project.overlap if scope.is_team else 1
    for article, held, begun, finished, last in _articles(scope).iterator(chunk_size=2000):
        at = golden.pop(article, None) if scope.is_team or finished else None
        stage = _stage(at, held=held, begun=begun, done=finished >= enough)
        yield Place(article=article, stage=stage, golden_at=at, handed_in_at=last if finished >= enough else None)
    if scope.is_team:
        for article, at in golden.items():  # imported as gold: no annotator's set stands on them
            yield Place(article=article, stage=Stage.GOLD, golden_at=at)


def _golden(scope: Scope) -> list[tuple[int, datetime]]:
    """Returns the gold articles, each with when it became gold."""
    moved = Max("status_changes__at", filter=Q(status_changes__transition__in=("finish", "accept", "adjudicate")))
    rows = scope.gold().annotate(golden_at=Coalesce(moved, "submitted_at", "updated_at"))
    return list(rows.values_list("article", "golden_at"))


def _articles(scope: Scope) -> QuerySet[Any]:
    """Returns (article, sets held, begun and finished, when the last one was handed in)."""
    finished = Q(status__in=FINISHED)
    return (
        scope.work().values_list("article")
        .annotate(held=Count("pk"), begun=Count("pk", filter=~Q(status=SetStatus.ASSIGNED)),
                  finished=Count("pk", filter=finished), last=Max("submitted_at", filter=finished))
    )  # fmt: skip


def _stage(golden_at: datetime | None, *, held: int, begun: int, done: bool) -> Stage:
    if golden_at is not None:
        return Stage.GOLD
    if done:
        return Stage.REVIEW
    return Stage.IN_HAND if begun else Stage.ASSIGNED if held else Stage.FREE


@dataclass(frozen=True, slots=True, kw_only=True)
class BurnUp:
    """How many articles were gold and handed in by the end of each of these days.

    `begins` is the project's first day and `ends` the last day that is shown: the deadline, or when the forecast ends.
    """

    days: list[date]
    gold: list[int]
    handed_in: list[int]
    total: int
    begins: date
    ends: date
    deadline: date | None
    forecast: Forecast


def burn_up(scope: Scope, progress: Progress, *, today: date | None = None) -> BurnUp:
    """Returns the lines of progress up to today, within the period of the scope."""
    today = today or timezone.localdate()
    begins = min([local_day(scope.project.created_at), *progress.golden, *progress.handed_in])
    since, until = scope.period
    first, last = max(begins, since or begins), min(today, until or today)
    seen = forecast(progress.golden, total=progress.total, today=today)
    deadline = scope.project.deadline
    days = _days(min(first, last), last)
    return BurnUp(
        days=days, gold=_sums(progress.golden, days), handed_in=_sums(progress.handed_in, days), total=progress.total,
        begins=begins, ends=max(filter(None, [last, deadline, seen.day])) if until is None else last,
        deadline=deadline, forecast=seen,
    )  # fmt: skip


def _days(first: date, last: date) -> list[date]:
    """Returns the days of a stretch, each or every seventh; the last one is always there."""
    length = (last - first).days
    step = 1 if length < MOST_POINTS else 7
    return [*(first + timedelta(days=at) for at in range(0, length, step)), last]


def _sums(counts: Counter[date], days: list[date]) -> list[int]:
    """Returns how many there were by the end of each day."""
    known = sorted(counts)
    sums = list(accumulate(counts[day] for day in known))
    found, at = [], 0
    for day in days:
        while at < len(known) and known[at] <= day:
            at += 1
        found.append(sums[at - 1] if at else 0)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week from Saturday on, and how many articles it brought."""

    begins: date
    count: int


def weekly_pace(scope: Scope, progress: Progress, *, today: date | None = None) -> list[Week]:
    """Returns the last weeks, the present one last: articles that became gold; for one person, those handed in."""
    today = today or timezone.localdate()
    counts = progress.golden if scope.is_team else progress.handed_in
    since, until = scope.period
    within = {day: n for day, n in counts.items() if (not since or day >= since) and (not until or day <= until)}
    by_week: Counter[date] = Counter()
    for day, n in within.items():
        by_week[week_of(day)] += n
    last = week_of(min(today, until) if until else today)
    first = max(min(by_week, default=last), last - timedelta(weeks=WEEKS - 1))
    return [
        Week(begins=begins, count=by_week[begins])
        for begins in (first + timedelta(weeks=at) for at in range((last - first).days // 7 + 1))
    ]


def week_of(day: date) -> date:
    """Returns the Saturday that a day's week begins with."""
    return day - timedelta(days=(day.weekday() - SATURDAY) % 7)
