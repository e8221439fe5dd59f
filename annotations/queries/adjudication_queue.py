"""Which articles wait to be adjudicated, and which are? Where people agree least comes first."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from annotations import policy
from annotations.adjudication.case import Origin
from annotations.adjudication.units import Member
from annotations.models import AnnotationSet, Article, Project, ProjectArticle, Provenance, SetKind, SetStatus, User
from annotations.models import Verdict as VerdictRow
from annotations.queries.adjudication import case_of, selection_of
from annotations.queries.agreement import label_kinds
from annotations.queries.records import records_on

WAITING, DECIDED = "waiting", "decided"
PAGE = 12
TO_JUDGE = (SetStatus.SUBMITTED, SetStatus.ACCEPTED)
COLUMNS = ("id", "article_id", "agreement", "article__headline", "article__source__name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An article of the queue: how far its sets agree (mean F1 of pairs), how many differences are undecided."""

    article: int
    headline: str
    source: str
    agreement: float
    differences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of the queue; `following` is the cursor of the next one."""

    rows: list[Row]
    following: str | None


def queue(user: User, project: Project, which: str = WAITING) -> QuerySet[ProjectArticle]:
    """The articles with two finished sets or more that the person may judge, in no order.

    One is decided once its gold set is accepted and no set came in since that is not judged yet.
    """
    sets = AnnotationSet.objects.filter(project=project, article=OuterRef("article"))
    gold = sets.filter(kind=SetKind.GOLD, pseudonym="", status=SetStatus.ACCEPTED)
    unjudged = sets.filter(kind=SetKind.ANNOTATOR, status__in=TO_JUDGE)
    decided = Q(Exists(gold)) & ~Q(Exists(unjudged))
    rows = policy.judgeable(user, project).filter(agreement__isnull=False)
    return rows.filter(decided) if which == DECIDED else rows.exclude(decided)


def queue_page(user: User, project: Project, which: str = WAITING, *, after: str = "", size: int = PAGE) -> Page:
    """Returns the rows behind a cursor, as one of another page says it; an unknown cursor is the beginning."""
    rows = queue(user, project, which).order_by("agreement", "id")
    position = _position(after)
    if position is not None:
        agreement, place = position
        rows = rows.filter(Q(agreement__gt=agreement) | Q(agreement=agreement, id__gt=place))
    found = list(rows.values_list(*COLUMNS)[: size + 1])
    differences = _differences(project, [row[1] for row in found[:size]])
    following = f"{found[size - 1][2]!r}:{found[size - 1][0]}" if len(found) > size else None
    return Page(
        rows=[
            Row(article=article, headline=headline, source=source or "", agreement=agreement,
                differences=differences.get(article, 0))
            for _id, article, agreement, headline, source in found[:size]
        ],
        following=following,
    )  # fmt: skip


def next_in_queue(user: User, project: Project, *, after: Article) -> int | None:
    """Returns the id of the article that waits next, not this one."""
    rows = queue(user, project).exclude(article=after).order_by("agreement", "id")
    return rows.values_list("article", flat=True).first()


def _position(cursor: str) -> tuple[float, int] | None:
    agreement, _colon, place = cursor.partition(":")
    try:
        return float(agreement), int(place)
    except ValueError:
        return None


def _differences(project: Project, articles: list[int]) -> dict[int, int]:
    """Counts what is undecided on some articles: a fixed number of queries for all of them."""
    verdicts: defaultdict[int, list[VerdictRow]] = defaultdict(list)
    gold = {"gold__project": project, "gold__article__in": articles, "gold__kind": SetKind.GOLD, "gold__pseudonym": ""}
    for verdict in VerdictRow.objects.filter(**gold).annotate(article=F("gold__article")):
        verdicts[verdict.article].append(verdict)
    origins: defaultdict[int, dict[str, Origin]] = defaultdict(dict)
    known = Provenance.objects.filter(**gold).values_list("gold__article", "uid", "sources", "verdict__unit")
    for article, uid, sources, unit in known:
        origins[article][uid] = Origin(frozenset(Member(*source) for source in sources), unit)
    kinds = label_kinds(project)
    return {
        article: len(case_of(record, kinds, verdicts=verdicts[article], origins=origins[article]).open_units())
        for article, record in records_on(selection_of(project), articles).items()
    }
