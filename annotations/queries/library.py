"""Which articles can a person find? A page of them by cursor, filtered."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from annotations import policy
from annotations.models import AnnotationSet, Article, Project, ProjectArticle, SetKind, SetStatus, Source, User

PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryFilter:
    """What the list is narrowed to; empty means all."""

    project: str = ""
    source: str = ""
    state: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryPage:
    """Articles newest first, each with `own_status`; the cursors are ids, None where the list ends."""

    articles: list[Article]
    older: int | None
    newer: int | None


def filtered(user: User, chosen: LibraryFilter) -> QuerySet[Article]:
    """The visible articles that the filter leaves."""
    rows = policy.visible_articles(user)
    if chosen.project:
        projects = policy.visible_projects(user).filter(slug=chosen.project)
        rows = rows.filter(Exists(ProjectArticle.objects.filter(project__in=projects, article=OuterRef("pk"))))
    if chosen.source:
        rows = rows.filter(source__name=chosen.source)
    if chosen.text:
        rows = rows.filter(headline__icontains=chosen.text)
    own = AnnotationSet.objects.filter(annotator=user, kind=SetKind.ANNOTATOR, article=OuterRef("pk"))
    if chosen.state == "none":
        rows = rows.filter(~Exists(own))
    elif chosen.state in SetStatus.values:
        rows = rows.filter(Exists(own.filter(status=chosen.state)))
    return rows


def library_page(
    user: User, chosen: LibraryFilter, *, before: int | None = None, after: int | None = None
) -> LibraryPage:
    """Reads one page: below the id `before`, or above the id `after`."""
    rows = filtered(user, chosen)
    backwards = after is not None
    if backwards:
        rows = rows.filter(pk__gt=after).order_by("pk")
    else:
        rows = (rows.filter(pk__lt=before) if before is not None else rows).order_by("-pk")
    found = list(rows.select_related("source").defer("text", "sections", "meta")[: PAGE + 1])
    more = len(found) > PAGE
    found = found[:PAGE]
    if backwards:
        found.reverse()
    _own_states(user, found)
    has_older = more or backwards
    has_newer = (more if backwards else before is not None) and bool(found)
    return LibraryPage(
        articles=found,
        older=found[-1].pk if found and has_older else None,
        newer=found[0].pk if has_newer else None,
    )


def _own_states(user: User, articles: list[Article]) -> None:
    sets = AnnotationSet.objects.filter(annotator=user, kind=SetKind.ANNOTATOR, article__in=articles)
    states: dict[int, Any] = dict(sets.values_list("article", "status"))
    for article in articles:
        article.own_status = states.get(article.pk, "")
        article.own_status_title = SetStatus(article.own_status).label if article.own_status else ""


def choices(user: User) -> tuple[QuerySet[Project], QuerySet[Source]]:
    """The projects and outlets that the filters offer."""
    return policy.visible_projects(user).only("slug", "title", "title_en"), Source.objects.all()
