"""What does a project's dashboard look at? One filter for its page, its tables and its API, and whom it shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from annotations import policy
from annotations.models import AnnotationSet, Membership, Project, Role, SetKind, SetStatus, Source, User
from annotations.queries.days import midnight
from annotations.queries.selection import FilterInvalid
from annotations.states import FINISHED, HOLDING
from annotations.text.day_range import day_range

SPANS_OF_DAYS = ("7", "30", "90")
FIELDS = ("days", "since", "until", "source", "annotator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose work the figures are of, and which part of it.

    `whose` is policy.EVERYONE for reviewers and managers, policy.OWN for annotators. `annotator` is a pseudonym,
    `source` an outlet's name. `days`, `since` and `until` bound when work was handed in, as they were typed.
    """

    project: Project
    by: User
    whose: str
    days: str = ""
    since: str = ""
    until: str = ""
    source: str = ""
    annotator: str = ""

    @property
    def is_team(self) -> bool:
        """Whether the figures are those of all together, and not of one person."""
        return self.whose == policy.EVERYONE and not self.annotator

    @property
    def parameters(self) -> dict[str, str]:
        """The fields that are set, for an address."""
        return {name: getattr(self, name) for name in FIELDS if getattr(self, name)}

    @property
    def period(self) -> tuple[date | None, date | None]:
        """The first and the last day of the period; None where it is not bounded."""
        first = day_range(self.since)[0] if self.since else None
        if self.days:
            first = timezone.localdate() - timedelta(days=int(self.days) - 1)
        return first, day_range(self.until)[1] if self.until else None

    def within(self, rows: QuerySet[Any], field: str) -> QuerySet[Any]:
        """Leaves the rows whose moment lies in the period."""
        since, until = self.period
        if since:
            rows = rows.filter(**{f"{field}__gte": midnight(since)})
        if until:
            rows = rows.filter(**{f"{field}__lt": midnight(until + timedelta(days=1))})
        return rows

    def work(self) -> QuerySet[AnnotationSet]:
        """The annotators' sets that hold a slot, of any time."""
        rows = policy.work_of(self.by, self.project, self.whose).filter(status__in=HOLDING).order_by()
        if self.annotator:
            rows = rows.filter(pseudonym=self.annotator)
        return self.of_source(rows)

    def handed_in(self) -> QuerySet[AnnotationSet]:
        """The annotators' sets that were handed in within the period."""
        return self.within(self.work().filter(status__in=FINISHED), "submitted_at")

    def gold(self) -> QuerySet[AnnotationSet]:
        """The finished sets that make an article gold.

        Where every article is read once there is nothing to adjudicate, and what a reviewer accepts is gold.
        """
        made = Q(kind=SetKind.GOLD, status__in=FINISHED)
        if self.project.overlap == 1:
            made |= Q(kind=SetKind.ANNOTATOR, status__in=(SetStatus.ACCEPTED, SetStatus.ADJUDICATED))
        return self.of_source(AnnotationSet.objects.filter(made, project=self.project).order_by())

    def corpus(self) -> tuple[str, QuerySet[AnnotationSet]]:
        """Whose annotations are counted as what the corpus says, and those sets.

        The gold sets where there are any, so that an article counts once; else all that was handed in. For one person
        their sets, for an annotator's own eyes those under way, too.
        """
        if self.whose == policy.OWN:
            rows = self.work().annotate(moment=Coalesce("submitted_at", "updated_at"))
            return policy.OWN, self.within(rows, "moment")
        if self.annotator:
            return policy.EVERYONE, self.handed_in()
        gold = self.of_source(policy.work_of(self.by, self.project, policy.GOLD).filter(status__in=FINISHED).order_by())
        if gold.exists():
            return policy.GOLD, self.within(gold.annotate(moment=Coalesce("submitted_at", "updated_at")), "moment")
        return policy.EVERYONE, self.handed_in()

    def of_source(self, rows: QuerySet[AnnotationSet]) -> QuerySet[AnnotationSet]:
        """Leaves the sets on articles of the chosen outlet."""
        return rows.filter(article__source__name=self.source) if self.source else rows


def scope_from(parameters: Mapping[str, str], *, project: Project, by: User) -> Scope:
    """Reads a scope. Raises FilterInvalid, DayUnreadable; an annotator's is always their own work."""
    said = {name: (parameters.get(name) or "").replace("\x00", "").strip() for name in FIELDS}
    if said["days"] and said["days"] not in SPANS_OF_DAYS:
        raise FilterInvalid(field="days", value=said["days"], known=", ".join(SPANS_OF_DAYS))
    for name in ("since", "until"):
        if said[name]:
            day_range(said[name])
    if policy.EVERYONE in policy.readable_work(by, project):
        return Scope(project=project, by=by, whose=policy.EVERYONE, **said)
    return Scope(project=project, by=by, whose=policy.OWN, **said | {"annotator": ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the filter offers: outlets by name, people as pseudonym and the name they are shown under."""

    sources: list[str]
    people: list[tuple[str, str]]


def choices(scope: Scope) -> Choices:
    """Returns what the filter offers the person."""
    sources = Source.objects.filter(articles__projects=scope.project).distinct().order_by("name")
    people = people_names(scope) if scope.whose == policy.EVERYONE else {}
    return Choices(
        sources=list(sources.values_list("name", flat=True)), people=sorted(people.items(), key=lambda one: one[1])
    )


def people_names(scope: Scope) -> dict[str, str]:
    """Returns by pseudonym how the annotators are called: by name for a manager, who must know whom to help.

    A reviewer judges work without knowing whose it is, so theirs are the pseudonyms.
    """
    members = Membership.objects.filter(project=scope.project).select_related("user")
    if scope.whose == policy.OWN:
        members = members.filter(user=scope.by)
    named = scope.whose == policy.OWN or policy.role_in(scope.by, scope.project) == Role.MANAGER
    return {one.pseudonym: one.user.display_name if named else one.pseudonym for one in members}


def local_day(moment: datetime) -> date:
    """Returns the day of a moment where the server is."""
    return timezone.localtime(moment).date()
