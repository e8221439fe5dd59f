"""How far has each annotator come, how long does an article take them, how close do they come to gold?"""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Sum

from annotations.models import SetStatus
from annotations.queries.dashboard import Scope, people_names
from annotations.queries.dashboard_progress import Stage
from annotations.queries.trend import last_scores
from annotations.states import FINISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """How long an article takes: median and quartiles of `articles` times; None where no time was taken down."""

    median: float | None = None
    low: float | None = None
    high: float | None = None
    articles: int = 0


@dataclass(slots=True, kw_only=True)
class PersonRow:
    """One annotator: their articles by stage, time, F1 with gold on `compared` articles, when they last worked."""

    pseudonym: str
    name: str
    stages: Counter[Stage] = field(default_factory=Counter)
    minutes: Minutes = Minutes()
    f1: float | None = None
    compared: int = 0
    last_at: datetime | None = None

    @property
    def articles(self) -> int:
        """How many articles they hold or have done."""
        return self.stages.total()


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The minutes of everybody together, and of each person by pseudonym."""

    all: Minutes
    people: dict[str, Minutes]


def load_times(scope: Scope) -> Times:
    """Reads how long articles took that were handed in within the period: a set's own annotator's seconds on it."""
    own = Sum("visits__seconds", filter=Q(visits__user=F("annotator")))
    rows = scope.handed_in().annotate(seconds=own).filter(seconds__gt=0).values_list("pseudonym", "seconds")
    by_person: defaultdict[str, list[int]] = defaultdict(list)
    for pseudonym, seconds in rows.iterator(chunk_size=2000):
        by_person[pseudonym].append(seconds)
    return Times(
        all=minutes_of(second for seconds in by_person.values() for second in seconds),
        people={pseudonym: minutes_of(seconds) for pseudonym, seconds in by_person.items()},
    )


def minutes_of(seconds: Iterable[int]) -> Minutes:
    """Returns median and quartiles in minutes; a single time is its own quartiles."""
    minutes = sorted(one / 60 for one in seconds)
    if not minutes:
        return Minutes()
    low, median, high = statistics.quantiles(minutes, n=4, method="inclusive") if minutes[1:] else minutes * 3
    return Minutes(median=median, low=low, high=high, articles=len(minutes))


def load_people(scope: Scope, times: Times) -> list[PersonRow]:
    """Returns the annotators who have articles, who has done most first; for an annotator only their own row."""
    names = people_names(scope)
    golden = scope.gold().filter(article=OuterRef("article"))
    rows = (
        scope.work().annotate(is_gold=Exists(golden)).values_list("pseudonym", "status", "is_gold")
        .annotate(n=Count("pk"), last=Max("updated_at"))
    )  # fmt: skip
    people: dict[str, PersonRow] = {}
    for pseudonym, status, is_gold, n, last in rows:
        person = people.setdefault(pseudonym, PersonRow(pseudonym=pseudonym, name=names.get(pseudonym, pseudonym)))
        person.stages[_stage(status, is_gold=is_gold)] += n
        if status != SetStatus.ASSIGNED:
            person.last_at = max(filter(None, [person.last_at, last]))
    for score in last_scores(scope):
        if score.pseudonym in people:
            people[score.pseudonym].f1, people[score.pseudonym].compared = score.f1, score.articles
    for pseudonym, person in people.items():
        person.minutes = times.people.get(pseudonym, Minutes())
    return sorted(people.values(), key=lambda one: (-one.stages[Stage.GOLD], -one.articles, one.name))


def _stage(status: str, *, is_gold: bool) -> Stage:
    if is_gold and status in FINISHED:
        return Stage.GOLD
    if status in FINISHED:
        return Stage.REVIEW
    return Stage.ASSIGNED if status == SetStatus.ASSIGNED else Stage.IN_HAND
