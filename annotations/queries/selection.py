"""Which articles of a project, and whose work on them? One filter shared by list, count and export."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations.errors import NewsroomError, gettext_noop
from annotations.exporters.narrow import PARTS
from annotations.models import (
    AnnotationSet,
    ArticleLabel,
    Label,
    Project,
    ProjectArticle,
    Relation,
    Revision,
    SetKind,
    SetStatus,
    Span,
    StatusChange,
    StoryMember,
)
from annotations.queries.agreeing import agreeing
from annotations.queries.changes import Window, window
from annotations.queries.days import midnight
from annotations.queries.search import ids_matching
from annotations.text.day_range import DayUnreadable, day_range
from annotations.text.query import parse


class FilterInvalid(NewsroomError):
    """Raised for a filter value that means nothing."""

    def __init__(self, *, field: str, value: str, known: str) -> None:
        super().__init__(
            code="filter_invalid",
            message=gettext_noop("«{value}» is not a value of the filter {field}."),
            hint=gettext_noop("Possible: {known}."),
            data={"field": field, "value": value, "known": known},
        )


class LimitedPull(FilterInvalid):
    """Raised for a limit on what has changed: the next cursor lies behind all changes, also those that did not come."""

    def __init__(self, *, limit: int) -> None:
        NewsroomError.__init__(
            self,
            code="filter_invalid",
            message=gettext_noop("What has changed can't be limited to {value} articles: the others would never come."),
            hint=gettext_noop("Leave the limit out, or updated_after. A pull may be broken off and begun again."),
            data={"field": "limit", "value": limit},
        )


# What narrows a selection, in words, for the API's description and the command's help. `only` and `without` narrow what
# is written of the articles, not the articles.
FILTERS: dict[str, str] = {
    "kind": "Kinds of sets, comma separated: annotator, gold, machine, imported.",
    "status": "Statuses of sets, comma separated.",
    "annotator": "Pseudonyms of annotators, comma separated.",
    "label": "Keys of labels, comma separated: articles in which a chosen set gives one of them.",
    "source": "The outlet's name.",
    "published_from": "First day of publication, Gregorian or Jalali.",
    "published_to": "Day after the last day of publication, Gregorian or Jalali.",
    "story": "An article's id: only articles of its story.",
    "q": "A query, as the library's search takes it.",
    "agreement": "A number from 0 to 1: articles whose finished annotators agree at least so far (F1 of spans, exact).",
    "reviewed_by": "A user's name: articles of which they judged a set, or edited the gold one.",
    "current": "Leave out articles that a corrected version in the project supersedes.",
    "updated_after": "«start», the cursor of an earlier pull or a time: articles whose sets changed since.",
    "unannotated": "Also articles without any chosen set.",
    "only": "Keys of labels, comma separated: nothing else is written.",
    "without": "What is not written, comma separated: attributes, entities, relations, labels, sections, meta.",
    "limit": "A number: no more articles than that, to see what an export is like; not beside updated_after.",
    "text": "published, or normalised: the engine's text, with all offsets mapped to it.",
}
FLAGS = ("current", "unannotated")
DAYS = ("published_from", "published_to")
MOST = 1_000_000
PUBLISHED, NORMALISED = "published", "normalised"
# What a set is after somebody has judged it.
JUDGED = (SetStatus.ACCEPTED, SetStatus.RETURNED, SetStatus.ADJUDICATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A choice of articles and sets; without `unannotated` an article needs a chosen set.

    Empty tuples mean all, but work that was given back to the queue is only among them by its name. With a `window` it
    is articles whose sets changed in it, but for a first pull also those that no chosen set is left of, or that the
    work on them leaves out by now: whoever keeps records replaces them by id. `labels` and `agreement` choose articles
    by the work on them; `only`, `without` and `text` say what is written of the chosen ones (narrowing.py).
    """

    project: Project
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    annotators: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    source: str = ""
    published_from: date | None = None
    published_to: date | None = None
    story: str = ""
    q: str = ""
    agreement: float | None = None
    reviewed_by: str = ""
    current: bool = False
    window: Window | None = None
    unannotated: bool = False
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    limit: int | None = None
    text: str = PUBLISHED

    def sets(self) -> QuerySet[AnnotationSet]:
        """The chosen annotation sets of the project; in a window none of articles that have left the selection."""
        rows = self._whose()
        if self.window is None or not (self.labels or self.agreement is not None or self.reviewed_by or self.current):
            return rows
        place = ProjectArticle.objects.filter(project=self.project, article=OuterRef("article")).order_by()
        return rows.filter(Exists(self._by_work(place)))

    def _whose(self) -> QuerySet[AnnotationSet]:
        rows = AnnotationSet.objects.filter(project=self.project)
        if self.kinds:
            rows = rows.filter(kind__in=self.kinds)
        rows = rows.filter(status__in=self.statuses) if self.statuses else rows.exclude(status=SetStatus.GIVEN_BACK)
        if self.annotators:
            rows = rows.filter(pseudonym__in=self.annotators)
        return rows

    def articles(self) -> QuerySet[ProjectArticle]:
        """The chosen articles' places in the project, in the order they came in, however many."""
        rows = ProjectArticle.objects.filter(project=self.project).order_by("id")
        if self.source:
            rows = rows.filter(article__source__name=self.source)
        if self.published_from:
            rows = rows.filter(article__published_at__gte=midnight(self.published_from))
        if self.published_to:
            rows = rows.filter(article__published_at__lt=midnight(self.published_to))
        rows = self._by_article(rows)
        if self.window is not None:
            rows = self.window.changed(rows, self.project)
            if not self.window.is_first:
                # What the work on it leaves out by now comes without its sets: they may be held from an earlier pull.
                return rows
        if not self.unannotated:
            rows = rows.filter(Exists(self._whose().filter(article=OuterRef("article"))))
        return self._by_work(rows)

    def count(self) -> tuple[int, int]:
        """How many articles and sets are chosen, of the first `limit` articles."""
        rows = self.articles()[: self.limit]
        return rows.count(), self.sets().filter(article__in=rows.values("article")).count()

    def _by_article(self, rows: QuerySet[ProjectArticle]) -> QuerySet[ProjectArticle]:
        if self.story:
            story = StoryMember.objects.filter(article__uid=self.story).values("story")
            rows = rows.filter(Q(article__uid=self.story) | Q(article__story_member__story__in=story))
        if self.q:
            rows = rows.filter(article__in=ids_matching(parse(self.q)))
        return rows

    def _by_work(self, rows: QuerySet[ProjectArticle]) -> QuerySet[ProjectArticle]:
        """Narrows by what may be another with time: the work on an article, and whether there is a newer version."""
        if self.current:
            newer = ProjectArticle.objects.filter(project=self.project, article__supersedes=OuterRef("article"))
            rows = rows.filter(~Exists(newer))
        if self.labels:
            sets = self._whose().filter(article=OuterRef(OuterRef("article"))).order_by().values("pk")
            given = {"annotation_set__in": sets, "label__key__in": self.labels}
            said = (Exists(table.objects.filter(**given)) for table in (Span, Relation, ArticleLabel))
            rows = rows.filter(reduce(or_, map(Q, said)))
        if self.agreement is not None:
            rows = agreeing(rows, self.project, at_least=self.agreement)
        if self.reviewed_by:
            here = {"annotation_set__project": self.project, "annotation_set__article": OuterRef("article")}
            edits = Revision.objects.filter(**here, annotation_set__kind=SetKind.GOLD)
            judged = StatusChange.objects.filter(**here, target__in=JUDGED)
            said = (Exists(found.filter(actor__username=self.reviewed_by)) for found in (edits, judged))
            rows = rows.filter(reduce(or_, map(Q, said)))
        return rows


def selection_from(parameters: Mapping[str, str], *, project: Project) -> Selection:
    """Reads a selection from query parameters or command options. Raises FilterInvalid, CursorInvalid, QueryTooLong."""
    parse(q := _words(parameters, "q"))
    updated_after, limit = _words(parameters, "updated_after"), _number(parameters, "limit")
    if updated_after and limit is not None:
        raise LimitedPull(limit=limit)
    return Selection(
        project=project,
        kinds=_choices(parameters, "kind", SetKind.values),
        statuses=_choices(parameters, "status", SetStatus.values),
        annotators=_listed(parameters, "annotator"),
        labels=_labels(parameters, "label", project),
        source=_words(parameters, "source"),
        published_from=_day(parameters, "published_from"),
        published_to=_day(parameters, "published_to"),
        story=_uid(parameters, "story"),
        q=q,
        agreement=_share(parameters, "agreement"),
        reviewed_by=_words(parameters, "reviewed_by"),
        current=flag(parameters, "current"),
        window=window(updated_after, project) if updated_after else None,
        unannotated=flag(parameters, "unannotated"),
        only=_labels(parameters, "only", project),
        without=_choices(parameters, "without", list(PARTS)),
        limit=limit,
        text=(_choices(parameters, "text", [PUBLISHED, NORMALISED]) or (PUBLISHED,))[0],
    )


def _words(parameters: Mapping[str, str], field: str) -> str:
    return (parameters.get(field) or "").replace("\x00", "").strip()


def _listed(parameters: Mapping[str, str], field: str) -> tuple[str, ...]:
    return tuple(value.strip() for value in _words(parameters, field).split(",") if value.strip())


def _labels(parameters: Mapping[str, str], field: str, project: Project) -> tuple[str, ...]:
    given = _listed(parameters, field)
    known = Label.objects.filter(project=project).values_list("key", flat=True) if given else ()
    return _checked(field, given, list(known))


def _choices(parameters: Mapping[str, str], field: str, known: list[str]) -> tuple[str, ...]:
    return _checked(field, _listed(parameters, field), known)


def _checked(field: str, values: tuple[str, ...], known: list[str]) -> tuple[str, ...]:
    for value in values:
        if value not in known:
            raise FilterInvalid(field=field, value=value, known=", ".join(known))
    return values


def _uid(parameters: Mapping[str, str], field: str) -> str:
    value = _words(parameters, field)
    try:
        return str(UUID(value)) if value else ""
    except ValueError as error:
        raise FilterInvalid(field=field, value=value, known="67dc5b1f-0d2c-4ef9-8a0c-6a5f0d0f6e3b") from error


def _share(parameters: Mapping[str, str], field: str) -> float | None:
    value = _words(parameters, field)
    if not value:
        return None
    try:
        share = float(value)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise FilterInvalid(field=field, value=value, known="0.8")
    return share


def _number(parameters: Mapping[str, str], field: str) -> int | None:
    value = _words(parameters, field)
    if value and not (value.isascii() and value.isdigit() and len(value) <= 10 and 0 < int(value) <= MOST):
        raise FilterInvalid(field=field, value=value, known=f"1 – {MOST}")
    return int(value) if value else None


def _day(parameters: Mapping[str, str], field: str) -> date | None:
    """Returns a day said in either calendar: 1402-06-26 is none of the Middle Ages."""
    value = _words(parameters, field)
    if not value:
        return None
    try:
        first, last = day_range(value)
    except DayUnreadable:
        first, last = date.min, date.max
    if first != last:
        raise FilterInvalid(field=field, value=value, known="2023-09-17, 1402-06-26")
    return first


def flag(parameters: Mapping[str, str], field: str) -> bool:
    """Returns whether a parameter is said to be true; it is not where nothing is said. Raises FilterInvalid."""
    value = parameters.get(field) or "false"
    if value not in ("true", "false", "1", "0"):
        raise FilterInvalid(field=field, value=value, known="true, false")
    return value in ("true", "1")
