"""What would a label do to each of the chosen hits? A plan: operations for each set, and what becomes of each hit."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import batched
from typing import NamedTuple

from annotations import policy
from annotations.edits import AnyOperation
from annotations.errors import NewsroomError, gettext_noop
from annotations.kinds.giving import Fate, give
from annotations.kinds.scheme import LabelRule
from annotations.models import AnnotationSet, Project, ProjectArticle, User
from annotations.queries.concordance_filter import WORD_KINDS
from annotations.queries.concordance_scan import Page, pages_of, spans_by_set
from annotations.queries.scheme import ProjectScheme

MOST_HITS = 1000
ARTICLES_AT_ONCE = 100


class Why(StrEnum):
    """Why nothing is done to a hit."""

    NOT_BEGUN = "not_begun"
    NO_SET = "no_set"
    CLOSED = "closed"
    GONE = "gone"


class LabelNotForWords(NewsroomError):
    """Raised when hits are to bear a label that is not given to words."""

    def __init__(self, *, label: str) -> None:
        super().__init__(
            code="label_not_for_words",
            message=gettext_noop("The label «{label}» is not given to words here."),
            hint=gettext_noop("Choose a label of an entity, a cue or an expression."),
            data={"label": label},
        )


class Asked(NamedTuple):
    """A chosen hit: half-open in code points, with the words that stand there."""

    article: int
    start: int
    end: int
    quote: str


class Outcome(NamedTuple):
    """What a label does to one hit (a Fate), or why it does nothing; `was` is the label it replaces."""

    hit: Asked
    fate: Fate | Why
    was: str | None = None


@dataclass(slots=True)
class Plan:
    """The operations by set, with the hash of each set's text; the outcome of each hit; articles that may be begun."""

    operations: dict[int, list[AnyOperation]] = field(default_factory=lambda: defaultdict(list))
    sha256: dict[int, str] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    may_begin: set[int] = field(default_factory=set)


def plan(project: Project, hits: Sequence[Asked], label: str, *, by: User, into: str = policy.OWN, salt: str) -> Plan:
    """Plans giving a label to hits, in one's own sets or in gold sets (`into`). Raises LabelNotForWords.

    Sets that don't exist are not made: hits in articles of which one may make a set are `not_begun`.
    """
    scheme = ProjectScheme(project.pk)
    scheme.read_all()
    rule = scheme.labels.get(label)
    if rule is None or rule.kind not in WORD_KINDS or not rule.active:
        raise LabelNotForWords(label=label)
    planned = Plan()
    by_article: defaultdict[int, list[Asked]] = defaultdict(list)
    for hit in dict.fromkeys(hits):
        by_article[hit.article].append(hit)
    kinds = {key: known.kind for key, known in scheme.labels.items()}
    may_begin = into == policy.OWN and policy.can_annotate(by, project)
    for articles in batched(by_article, ARTICLES_AT_ONCE):
        planner = _Planner(project, articles, by=by, into=into, may_begin=may_begin)
        for article in articles:
            planner.add(planned, article, by_article[article], rule=rule, kinds=kinds, salt=salt)
    return planned


class _Planner:
    """Reads some articles with the sets that are written into, and plans for each."""

    def __init__(self, project: Project, articles: Sequence[int], *, by: User, into: str, may_begin: bool) -> None:
        here = policy.articles_of(by, project).filter(pk__in=articles).values_list("pk", flat=True)
        self.pages = pages_of(here)
        sets = policy.work_of(by, project, into).filter(article__in=list(self.pages))
        self.sets: dict[int, AnnotationSet] = {work.article_id: work for work in sets}
        self.spans = spans_by_set(self.pages, sets)
        self.may_begin: set[int] = set()
        if may_begin:
            free = ProjectArticle.objects.filter(project=project, article__in=articles, taken__lt=project.overlap)
            self.may_begin.update(free.values_list("article", flat=True))

    def add(
        self, planned: Plan, article: int, hits: list[Asked], *, rule: LabelRule, kinds: dict[str, str], salt: str
    ) -> None:
        """Plans for the hits of one article."""
        page, work = self.pages.get(article), self.sets.get(article)
        for hit in hits:
            here = self._open_at(page, work, hit)
            if isinstance(here, Why):
                planned.outcomes.append(Outcome(hit, here))
                if here == Why.NOT_BEGUN:
                    planned.may_begin.add(article)
                continue
            own_page, own_set = here
            own = self.spans[article].get(own_set.pk, [])
            given = give(
                rule, (hit.start, hit.end), hit.quote, spans=own, kinds=kinds, salt=f"{salt}:{own_set.uid}"
            )  # fmt: skip
            planned.outcomes.append(Outcome(hit, given.fate, given.was))
            if given.operation is not None:
                planned.operations[own_set.pk].append(given.operation)
                planned.sha256[own_set.pk] = own_page.text_sha256

    def _open_at(self, page: Page | None, work: AnnotationSet | None, hit: Asked) -> tuple[Page, AnnotationSet] | Why:
        """Returns where a hit stands and the set to write into, or why nothing is done."""
        if page is None or hit.end > len(page.text) or page.text[hit.start : hit.end] != hit.quote or not hit.quote:
            return Why.GONE
        if work is None:
            return Why.NOT_BEGUN if hit.article in self.may_begin else Why.NO_SET
        return (page, work) if work.is_open else Why.CLOSED
