"""Which articles can a person find? A page of them by cursor, filtered, each with what a row shows of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict, cast

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Substr

from annotations import policy
from annotations.models import AnnotationSet, Article, Label, Project, SetKind, SetStatus, Source, User
from annotations.queries.library_filter import LibraryFilter, filtered, ids_within
from annotations.queries.listing import count_listed, listed
from annotations.queries.search import count_matching, matching
from annotations.queries.search_sql import Sql, Where
from annotations.queries.stories import other_versions
from annotations.queries.within import small
from annotations.text.passage import body_start, parts, passage
from annotations.text.query import Query, find

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise, WithAnnotations

    class _Shown(TypedDict):
        shown_text: str
        own_status: str
        own_status_title: StrOrPromise
        other_versions: int
        headline_parts: list[tuple[str, bool]]
        passage_parts: list[tuple[str, bool]]
        passage_from_start: bool
        passage_to_end: bool

    ShownArticle = WithAnnotations[Article, _Shown]

PAGE = 25
# Beyond this the number of articles is not counted but said to be more.
COUNTED = 10_000
# What is read of an article whose hits nobody asks for, and what is looked through first for the passage of a hit.
BEGINNING = 1_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A place in the list: behind the article `pk`; `below` those whose headline holds all words, by relevance."""

    pk: int
    below: bool = False

    def __str__(self) -> str:
        return f"{self.pk}b" if self.below else str(self.pk)

    @classmethod
    def read(cls, value: str) -> "Cursor | None":
        """Returns the cursor that `str` wrote; None for anything else."""
        digits = value.removesuffix("b")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 19):
            return None
        return cls(pk=int(digits), below=value.endswith("b"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the articles of one page stand, in order, and the cursors where it goes on; None where the list ends."""

    places: list[Cursor]
    older: Cursor | None
    newer: Cursor | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryPage:
    """Articles in their order, each with `own_status`, `headline_parts`, `passage_parts`; cursors where it goes on."""

    articles: "list[ShownArticle]"
    older: Cursor | None
    newer: Cursor | None


def places(
    user: User,
    chosen: LibraryFilter,
    rows: QuerySet[Article],
    *,
    before: Cursor | None,
    after: Cursor | None,
    size: int,
) -> Places:
    """Finds one page of these articles, which `filtered` has left and perhaps others have narrowed further.

    It lies behind the cursor `before`, or ahead of `after`. Raises NewsroomError.
    """
    within = small(ids_within(user, chosen))
    found = _places(chosen, rows, within, before=before, after=after, limit=size + 1)
    more = len(found) > size
    found = found[:size]
    backwards = after is not None
    if backwards:
        found.reverse()
    has_older = more or backwards
    has_newer = more if backwards else before is not None
    return Places(
        places=found, older=found[-1] if found and has_older else None, newer=found[0] if found and has_newer else None
    )


def library_page(
    user: User, chosen: LibraryFilter, *, before: Cursor | None = None, after: Cursor | None = None
) -> LibraryPage:
    """Reads one page: behind the cursor `before`, or ahead of `after`. Raises NewsroomError for the filter."""
    found = places(user, chosen, filtered(user, chosen), before=before, after=after, size=PAGE)
    articles = _articles(found.places, with_text=bool(chosen.query))
    _own_states(user, articles)
    versions = other_versions(user, [article.pk for article in articles])
    for article in articles:
        _show(article, chosen.query)
        article.other_versions = versions.get(article.pk, 0)
    return LibraryPage(articles=articles, older=found.older, newer=found.newer)


def count(user: User, chosen: LibraryFilter) -> int:
    """Returns how many articles there are, up to one more than `COUNTED`. Raises NewsroomError for the filter."""
    rows, within = filtered(user, chosen), small(ids_within(user, chosen))
    if chosen.q:
        return count_matching(chosen.query, rows, within=within, most=COUNTED + 1)
    if within:
        return count_listed(rows, within=within, most=COUNTED + 1)
    return rows[: COUNTED + 1].count()


def _places(
    chosen: LibraryFilter,
    rows: QuerySet[Article],
    within: Sequence[Sql],
    *,
    before: Cursor | None,
    after: Cursor | None,
    limit: int,
) -> list[Cursor]:
    """Returns where the page's articles stand; ahead of a cursor the nearest first."""
    if not chosen.q:
        return _listed(rows, within, before=_id(before), after=_id(after), limit=limit)

    def found(where: Where, limit: int, **at: int | None) -> list[Cursor]:
        ids = matching(chosen.query, rows, within=within, where=where, limit=limit, **at)
        return [Cursor(pk=pk, below=where == "below") for pk in ids]

    if not chosen.by_relevance:
        return found("words", limit, before=_id(before), after=_id(after))
    return _by_relevance(found, before=before, after=after, limit=limit)


def _id(cursor: Cursor | None) -> int | None:
    return None if cursor is None else cursor.pk


def _listed(
    rows: QuerySet[Article], within: Sequence[Sql], *, before: int | None, after: int | None, limit: int
) -> list[Cursor]:
    ids: Iterable[int]
    if within:
        ids = listed(rows, within=within, before=before, after=after, limit=limit)
    else:
        bounded = rows.filter(pk__gt=after) if after is not None else rows
        bounded = bounded.filter(pk__lt=before) if before is not None else bounded
        ids = bounded.order_by("pk" if after is not None else "-pk").values_list("pk", flat=True)[:limit]
    return [Cursor(pk=pk) for pk in ids]


def _by_relevance(
    found: Callable[..., list[Cursor]], *, before: Cursor | None, after: Cursor | None, limit: int
) -> list[Cursor]:
    """Headlines with all words first, then the others, each newest first; the page may hold the end of one and more."""
    if after is not None:
        places = found("below", limit, after=after.pk) if after.below else []
        above = 0 if after.below else after.pk
        return places + found("headline", limit - len(places), after=above)
    if before is not None and before.below:
        return found("below", limit, before=before.pk)
    places = found("headline", limit, before=_id(before))
    return places + found("below", limit - len(places))


def _articles(places: list[Cursor], *, with_text: bool) -> "list[ShownArticle]":
    """Reads the articles of a page, in order."""
    newer = Article.objects.filter(supersedes=OuterRef("pk"))
    rows = Article.objects.filter(pk__in=[place.pk for place in places]).select_related("source")
    rows = rows.annotate(
        is_superseded=Exists(newer), shown_text=F("text") if with_text else Substr("text", 1, BEGINNING)
    ).defer("meta", "text")
    by_id = {article.pk: article for article in rows}
    return cast("list[ShownArticle]", [by_id[place.pk] for place in places if place.pk in by_id])


def _own_states(user: User, articles: "list[ShownArticle]") -> None:
    sets = AnnotationSet.objects.filter(annotator=user, kind=SetKind.ANNOTATOR, article__in=articles)
    states: dict[int, Any] = dict(sets.values_list("article", "status"))
    for article in articles:
        article.own_status = states.get(article.pk, "")
        article.own_status_title = SetStatus(article.own_status).label if article.own_status else ""


def _show(article: "ShownArticle", query: Query) -> None:
    """Cuts headline and passage of an article at their hits."""
    text, headline = article.shown_text, article.headline
    article.headline_parts = parts(headline, 0, len(headline), find(headline, query) if query else [])
    start = body_start(text, article.section("headline"))
    hits = _first_hits(text, query, start) if query else []
    first, end = passage(text, hits, start=start)
    article.passage_parts = parts(text, first, end, hits)
    article.passage_from_start, article.passage_to_end = first == start, end == article.length


def _first_hits(text: str, query: Query, start: int) -> list[tuple[int, int]]:
    """Returns the hits in the beginning, up to a word's end; those of the whole text where there are none."""
    end = text.find(" ", BEGINNING)
    hits = find(text[:end], query) if end > 0 else []
    return hits if any(hit[0] >= start for hit in hits) else find(text, query)


def choices(user: User, chosen: LibraryFilter) -> tuple[QuerySet[Project], QuerySet[Source], list[Label]]:
    """The projects, outlets and labels that the filters offer; labels of one key once."""
    projects = policy.visible_projects(user).only("slug", "title", "title_en")
    within = projects.filter(slug=chosen.project) if chosen.project else projects
    labels = Label.objects.active().filter(project__in=within).order_by("key", "pk")
    by_key = {label.key: label for label in labels.only("key", "kind", "title_fa", "title_en")}
    return projects, Source.objects.all(), sorted(by_key.values(), key=lambda label: (label.kind, label.key))
