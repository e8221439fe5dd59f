"""What happened lately in a project? Work moved on, articles imported, guidelines published; alike ones together."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from annotations import policy
from annotations.models import GuidelineVersion, Job, JobState, Role, StatusChange
from annotations.queries.dashboard import Scope, local_day, people_names

# So many changes are looked through for the newest lines.
LOOKED_AT = 80
LINES = 7
IMPORT, GUIDELINE = "import", "guideline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line: who did what, how often on that day, and to which article where it was one.

    `what` is the key of a transition, `import` or `guideline`; of these `count` are the articles and the version.
    `who` is empty where the program did it, and where `by_other`: somebody whose name is not for this person.
    """

    at: datetime
    what: str
    who: str = ""
    by_other: bool = False
    headline: str = ""
    article: int | None = None
    count: int = 1
    note: str = ""


def latest(scope: Scope) -> list[Event]:
    """Returns the newest events of the period, one for a person's same acts of one day."""
    events = [*_moves(scope)]
    if scope.is_team and not scope.source:
        events += [*_imports(scope), *_guidelines(scope)]
    return sorted(events, key=lambda one: one.at, reverse=True)[:LINES]


def _moves(scope: Scope) -> Iterator[Event]:
    names: dict[int | None, str] = dict(_names(scope))
    sets = policy.work_of(scope.by, scope.project, scope.whose)
    if scope.whose == policy.EVERYONE and not scope.annotator:
        sets = sets | policy.work_of(scope.by, scope.project, policy.GOLD)
    if scope.annotator:
        sets = sets.filter(pseudonym=scope.annotator)
    rows = StatusChange.objects.filter(annotation_set__in=scope.of_source(sets).order_by().values("pk"))
    rows = scope.within(rows, "at").select_related("annotation_set__article", "annotation_set")
    rows = rows.defer("annotation_set__article__text").order_by("-pk")[:LOOKED_AT]
    groups: dict[tuple[int | None, str, date], Event] = {}
    for change in rows:
        key = (change.actor_id, change.transition, local_day(change.at))
        if key in groups:
            groups[key] = replace(groups[key], count=groups[key].count + 1)
            continue
        article = change.annotation_set.article
        groups[key] = Event(
            at=change.at, what=change.transition, who=names.get(change.actor_id, ""),
            by_other=change.actor_id is not None and change.actor_id not in names, headline=article.headline,
            article=article.pk,
        )  # fmt: skip
    yield from groups.values()


def _names(scope: Scope) -> Iterator[tuple[int, str]]:
    shown = people_names(scope)
    for user, pseudonym in scope.project.memberships.values_list("user", "pseudonym"):
        if pseudonym in shown:
            yield user, shown[pseudonym]


def _imports(scope: Scope) -> Iterator[Event]:
    if policy.role_in(scope.by, scope.project) != Role.MANAGER:
        return
    rows = Job.objects.filter(project=scope.project, kind="import", state=JobState.DONE).exclude(finished_at=None)
    for job in scope.within(rows, "finished_at").order_by("-finished_at")[:LINES]:
        yield Event(at=job.finished_at, what=IMPORT, count=job.count("stored"))


def _guidelines(scope: Scope) -> Iterator[Event]:
    rows = GuidelineVersion.objects.filter(project=scope.project).select_related("by")
    for version in scope.within(rows, "published_at").order_by("-published_at")[:LINES]:
        yield Event(
            at=version.published_at, what=GUIDELINE, count=version.number, note=version.note,
            who=version.by.display_name if version.by else "",
        )  # fmt: skip
