"""Where in a project's articles does a query stand, and how are those words labelled? Hit by hit, a batch at a time."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from annotations import policy
from annotations.kinds.giving import covering
from annotations.models import AnnotationSet, Article, ProjectArticle, Span, User
from annotations.queries.concordance_filter import CORPUS, LABEL, WORD_KINDS, Choice
from annotations.queries.days import published_within
from annotations.queries.rows import SPAN_COLUMNS, span_record
from annotations.queries.search import matching
from annotations.queries.within import Ids, ids_labelled, ids_of, ids_published, small
from annotations.records import Range, SpanRecord
from annotations.text.places import places
from annotations.text.query import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a hit's article says of itself."""

    pk: int
    text: str
    text_sha256: str
    headline: str
    language: str
    published_at: datetime | None
    source: str
    url: str


class Said(NamedTuple):
    """A label that a hit bears: in how many sets, and whether on exactly these words."""

    label: str
    exact: bool
    sets: int


class Hit(NamedTuple):
    """One place of the query: half-open in code points, with its labels, the tightest first."""

    article: Page
    start: int
    end: int
    said: tuple[Said, ...]


class Batch(NamedTuple):
    """The hits that are shown of some articles, how many were looked through, the id of the last; may more follow?"""

    hits: list[Hit]
    articles: int
    last: int
    more: bool


class Place(NamedTuple):
    """Where a scan goes on: after, or backwards before, the hit that begins there."""

    article: int
    start: int
    backwards: bool = False


def articles_of(choice: Choice, *, by: User) -> QuerySet[Article]:
    """The articles of the project that the choice leaves, whether the query stands in them or not."""
    rows = policy.articles_of(by, choice.project)
    if choice.source:
        rows = rows.filter(source__name=choice.source)
    rows = published_within(rows, since=choice.since, until=choice.until)
    if choice.wants:
        sets = policy.work_of(by, choice.project, choice.whose).filter(article=OuterRef("pk"))
        bears = Span.objects.filter(annotation_set=OuterRef("pk"), label__key=choice.wants)
        rows = rows.filter(Exists(sets.filter(Exists(bears))))
    return rows


def ids_within(choice: Choice, *, by: User) -> list[Ids]:
    """Sets of ids, each known to an index, in all of which is whatever `articles_of` leaves; it says what is seen."""
    found = [ids_of(ProjectArticle.objects.filter(project=choice.project).values("article"))]
    found += ids_published(source=choice.source, since=choice.since, until=choice.until)
    if choice.wants:
        found.append(ids_of(policy.work_of(by, choice.project, choice.whose).values("article")))
        found.append(ids_labelled(choice.wants, kinds=(Span,)))
    return found


def batches(choice: Choice, *, by: User, size: int, most: int, at: Place | None = None) -> Iterator[Batch]:
    """Yields the hits of the next articles, newest article first: of `size`, then of twice as many, up to `most`.

    The commoner a word, the fewer articles fill a page. Backwards it goes the other way round: oldest article first,
    and the last hit of each first. Labels that neither filter nor order asks for are left to `with_labels`.
    """
    query, rows, within = choice.query, articles_of(choice, by=by), small(ids_within(choice, by=by))
    labelled = bool(choice.label) or choice.order in (CORPUS, LABEL)
    sets = policy.work_of(by, choice.project, choice.whose)
    backwards = at is not None and at.backwards
    edge = None if at is None else at.article - 1 if backwards else at.article + 1
    while ids := matching(
        query, rows, within=within, limit=size, before=None if backwards else edge, after=edge if backwards else None
    ):
        hits = _hits(query, ids, sets, labelled=labelled)
        shown = [hit for hit in hits if choice.shows({said.label for said in hit.said})]
        if backwards:
            shown = _turned(shown)
        yield Batch([hit for hit in shown if _is_beyond(hit, at)], len(ids), ids[-1], more=len(ids) == size)
        edge, size = ids[-1], min(2 * size, most)


def _turned(hits: list[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda hit: (hit.article.pk, -hit.start))


def _is_beyond(hit: Hit, at: Place | None) -> bool:
    if at is None or hit.article.pk != at.article:
        return True
    return hit.start < at.start if at.backwards else hit.start > at.start


def _hits(query: Query, ids: list[int], sets: QuerySet[AnnotationSet], *, labelled: bool) -> list[Hit]:
    """Finds the query in these articles, in their order, and reads what is said of each place: two queries."""
    pages = pages_of(ids)
    found = {pk: places(pages[pk].text, query) for pk in ids if pk in pages}
    hits = [Hit(pages[pk], start, end, ()) for pk, ranges in found.items() for start, end in ranges]
    return with_labels(hits, sets) if labelled else hits


def with_labels(hits: list[Hit], sets: QuerySet[AnnotationSet]) -> list[Hit]:
    """Reads what these sets say of each hit: one query."""
    spans = spans_by_set({hit.article.pk: hit.article for hit in hits}, sets)
    return [hit._replace(said=_said(spans[hit.article.pk], (hit.start, hit.end))) for hit in hits]


def pages_of(ids: Iterable[int]) -> dict[int, Page]:
    """Reads articles by id."""
    columns = ("pk", "text", "text_sha256", "headline", "language", "published_at", "source__name", "url")
    rows = Article.objects.filter(pk__in=list(ids)).order_by().values_list(*columns)
    pages = [
        Page(
            pk=pk, text=text, text_sha256=sha256, headline=headline, language=language, published_at=published_at,
            source=source or "", url=url,
        )
        for pk, text, sha256, headline, language, published_at, source, url in rows
    ]  # fmt: skip
    return {page.pk: page for page in pages}


def spans_by_set(pages: dict[int, Page], sets: QuerySet[AnnotationSet]) -> dict[int, dict[int, list[SpanRecord]]]:
    """Reads the labelled words of these articles: article -> set -> spans."""
    chosen = sets.filter(article__in=list(pages)).values("pk")
    rows = Span.objects.filter(annotation_set__in=chosen, label__kind__in=WORD_KINDS).order_by()
    found: defaultdict[int, dict[int, list[SpanRecord]]] = defaultdict(dict)
    for article, work, *row in rows.values_list("annotation_set__article", "annotation_set", *SPAN_COLUMNS):
        found[article].setdefault(work, []).append(span_record(tuple(row), pages[article].text))
    return found


def _said(work: dict[int, list[SpanRecord]], hit: Range) -> tuple[Said, ...]:
    """Returns the labels of a hit over all sets, those on exactly these words first, then the most frequent."""
    counts: Counter[tuple[str, bool]] = Counter()
    for spans in work.values():
        tightest = {span.label: span.ranges == (hit,) for span in reversed(covering(spans, hit))}
        counts.update(tightest.items())
    ordered = sorted(counts.items(), key=lambda item: (not item[0][1], -item[1], item[0][0]))
    return tuple(Said(label, exact, sets) for (label, exact), sets in ordered)
