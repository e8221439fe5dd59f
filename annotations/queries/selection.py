"""Which articles of a project, and whose work on them? One filter shared by list, count and export."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from annotations.errors import NewsroomError, gettext_noop
from annotations.models import AnnotationSet, Project, ProjectArticle, SetKind, SetStatus
from annotations.queries.days import midnight


class FilterInvalid(NewsroomError):
    """Raised for a filter value that means nothing."""

    def __init__(self, *, field: str, value: str, known: str) -> None:
        super().__init__(
            code="filter_invalid",
            message=gettext_noop("«{value}» is not a value of the filter {field}."),
            hint=gettext_noop("Possible: {known}."),
            data={"field": field, "value": value, "known": known},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A choice of articles and sets; without `unannotated` an article needs a chosen set.

    Empty tuples mean all, but work that was given back to the queue is only among them by its name.
    """

    project: Project
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    source: str = ""
    published_from: date | None = None
    published_to: date | None = None
    unannotated: bool = False

    def sets(self) -> QuerySet[AnnotationSet]:
        """The chosen annotation sets of the project."""
        rows = AnnotationSet.objects.filter(project=self.project)
        if self.kinds:
            rows = rows.filter(kind__in=self.kinds)
        if self.statuses:
            return rows.filter(status__in=self.statuses)
        return rows.exclude(status=SetStatus.GIVEN_BACK)

    def articles(self) -> QuerySet[ProjectArticle]:
        """The chosen articles' places in the project, in the order they came in."""
        rows = ProjectArticle.objects.filter(project=self.project).order_by("id")
        if self.source:
            rows = rows.filter(article__source__name=self.source)
        if self.published_from:
            rows = rows.filter(article__published_at__gte=midnight(self.published_from))
        if self.published_to:
            rows = rows.filter(article__published_at__lt=midnight(self.published_to))
        if not self.unannotated:
            rows = rows.filter(Exists(self.sets().filter(article=OuterRef("article"))))
        return rows


def selection_from(parameters: Mapping[str, str], *, project: Project) -> Selection:
    """Reads a selection from query parameters or command options. Raises FilterInvalid."""
    return Selection(
        project=project,
        kinds=_choices(parameters, "kind", SetKind.values),
        statuses=_choices(parameters, "status", SetStatus.values),
        source=(parameters.get("source") or "").replace("\x00", ""),
        published_from=_day(parameters, "published_from"),
        published_to=_day(parameters, "published_to"),
        unannotated=_flag(parameters, "unannotated"),
    )


def _choices(parameters: Mapping[str, str], field: str, known: list[str]) -> tuple[str, ...]:
    values = tuple(value.strip() for value in (parameters.get(field) or "").split(",") if value.strip())
    for value in values:
        if value not in known:
            raise FilterInvalid(field=field, value=value, known=", ".join(known))
    return values


def _day(parameters: Mapping[str, str], field: str) -> date | None:
    value = parameters.get(field) or ""
    try:
        day = date.fromisoformat(value) if value else None
    except ValueError:
        day = date.min
    if day and not 1000 <= day.year <= 9000:
        raise FilterInvalid(field=field, value=value, known="2023-09-17")
    return day


def _flag(parameters: Mapping[str, str], field: str) -> bool:
    value = parameters.get(field) or "false"
    if value not in ("true", "false", "1", "0"):
        raise FilterInvalid(field=field, value=value, known="true, false")
    return value in ("true", "1")
