"""What is the library narrowed to? One filter for the page and the API; nothing in it shows another's work."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations import policy
from annotations.models import (
    AnnotationSet,
    Article,
    ArticleLabel,
    ProjectArticle,
    Relation,
    SetKind,
    SetStatus,
    Span,
    User,
)
from annotations.queries.days import published_within
from annotations.queries.selection import FilterInvalid
from annotations.queries.within import Ids, ids_labelled, ids_of, ids_published
from annotations.text.query import Query, parse

NEWEST, RELEVANCE = "newest", "relevance"
ORDERS = (NEWEST, RELEVANCE)
# What bears a label.
GIVEN = (Span, ArticleLabel, Relation)


@dataclass(frozen=True, kw_only=True)
class LibraryFilter:
    """What the list is narrowed to, as it was typed; empty means all.

    `q` is a query, `since` and `until` are days, months or years; `state` is that of the person's own work, `none`
    where there is none; `label` is the key of a label that a set they may see gives.
    """

    q: str = ""
    project: str = ""
    source: str = ""
    state: str = ""
    label: str = ""
    since: str = ""
    until: str = ""
    order: str = ""

    @cached_property
    def query(self) -> Query:
        """The query that was typed. Raises QueryTooLong."""
        return parse(self.q)

    @property
    def by_relevance(self) -> bool:
        """Whether articles with all words in their headline come first."""
        return self.order == RELEVANCE and bool(self.query)

    @property
    def chosen(self) -> dict[str, str]:
        """The fields that are set, for an address."""
        return {field.name: getattr(self, field.name) for field in fields(self) if getattr(self, field.name)}

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.chosen.keys() - {"order"})


def filtered(user: User, chosen: LibraryFilter) -> QuerySet[Article]:
    """The visible articles that all but the query leave. Raises DayUnreadable, FilterInvalid."""
    _check("state", chosen.state, ("none", *SetStatus.values))
    _check("order", chosen.order, ORDERS)
    rows = policy.visible_articles(user)
    if chosen.project:
        projects = policy.visible_projects(user).filter(slug=chosen.project)
        rows = rows.filter(Exists(ProjectArticle.objects.filter(project__in=projects, article=OuterRef("pk"))))
    if chosen.source:
        rows = rows.filter(source__name=chosen.source)
    rows = published_within(rows, since=chosen.since, until=chosen.until)
    if chosen.label:
        rows = rows.filter(_labelled(user, chosen))
    own = AnnotationSet.objects.filter(annotator=user, kind=SetKind.ANNOTATOR, article=OuterRef("pk"))
    if chosen.state == "none":
        rows = rows.filter(~Exists(own))
    elif chosen.state:
        rows = rows.filter(Exists(own.filter(status=chosen.state)))
    return rows


def ids_within(user: User, chosen: LibraryFilter) -> list[Ids]:
    """Sets of ids, each known to an index, in all of which is whatever `filtered` leaves.

    They let nothing in: `filtered` says what is seen. Raises DayUnreadable.
    """
    found = list(map(ids_of, policy.ids_within_reach(user)))
    if chosen.project:
        projects = policy.visible_projects(user).filter(slug=chosen.project).values("pk")
        found.append(ids_of(ProjectArticle.objects.filter(project__in=projects).values("article")))
    found += ids_published(source=chosen.source, since=chosen.since, until=chosen.until)
    if chosen.state and chosen.state != "none":
        own = AnnotationSet.objects.filter(annotator=user, kind=SetKind.ANNOTATOR, status=chosen.state)
        found.append(ids_of(own.values("article")))
    if chosen.label:
        found.append(ids_labelled(chosen.label, kinds=GIVEN))
    return found


def _check(field: str, value: str, known: Sequence[str]) -> None:
    if value and value not in known:
        raise FilterInvalid(field=field, value=value, known=", ".join(known))


def _labelled(user: User, chosen: LibraryFilter) -> Q:
    """Whether a set that the person may see, in the chosen project if there is one, gives the label."""
    sets = policy.visible_sets(user).filter(article=OuterRef(OuterRef("pk")))
    if chosen.project:
        sets = sets.filter(project__slug=chosen.project)
    given = {"annotation_set__in": sets.values("pk"), "label__key": chosen.label}
    condition = Q()
    for kind in GIVEN:
        condition |= Q(Exists(kind.objects.filter(**given)))
    return condition
