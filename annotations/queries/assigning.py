"""Which articles are to be assigned by hand, and to whom? A choice of articles, and how they are shared out."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from annotations.models import AnnotationSet, Article, Membership, Project, ProjectArticle, SetKind
from annotations.models.annotation_sets import OPEN_STATUSES
from annotations.queries.days import published_within

# One step takes no more articles: it is one transaction, and one undo.
MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A choice of a project's articles; what is empty narrows nothing.

    `since` and `until` are days as typed, `first` and `last` bound the articles' numbers, `story` is the number of any
    article of the story. `articles` names them one by one, `without` leaves some out.
    """

    source: str = ""
    since: str = ""
    until: str = ""
    story: int | None = None
    first: int | None = None
    last: int | None = None
    articles: tuple[int, ...] = ()
    without: tuple[int, ...] = ()
    free: bool = False
    most: int = MOST

    def places(self, project: Project) -> QuerySet[ProjectArticle]:
        """The chosen places in the order of the queue, at most `most`. Raises DayUnreadable."""
        rows = ProjectArticle.objects.filter(project=project)
        if self.source:
            rows = rows.filter(article__source__name=self.source)
        if self.since or self.until:
            days = published_within(Article.objects.all(), since=self.since, until=self.until)
            rows = rows.filter(article__in=days.values("pk"))
        if self.story is not None:
            rows = rows.filter(article__in=_of_story(self.story).values("pk"))
        if self.first is not None:
            rows = rows.filter(article__gte=self.first)
        if self.last is not None:
            rows = rows.filter(article__lte=self.last)
        if self.articles:
            rows = rows.filter(article__in=self.articles)
        if self.without:
            rows = rows.exclude(article__in=self.without)
        if self.free:
            rows = rows.filter(taken__lt=project.overlap)
        return rows.order_by("-priority", "rank", "id")[: min(self.most, MOST)]


def _of_story(article: int) -> QuerySet[Article]:
    """The articles of the story that an article stands in; itself where it has not been placed yet."""
    story = Article.objects.filter(pk=article).values("story_member__story")
    return Article.objects.filter(story_member__story__in=story) | Article.objects.filter(pk=article)


@dataclass(slots=True)
class Plan:
    """Who gets which article, how many each, and how many articles have no slot free or nobody left to take them."""

    shares: list[tuple[ProjectArticle, list[Membership]]] = field(default_factory=list)
    load: Counter[int] = field(default_factory=Counter)
    full: int = 0
    nobody: int = 0

    @property
    def sets(self) -> int:
        """How many sets it makes."""
        return self.load.total()


def share_out(
    project: Project,
    places: Sequence[ProjectArticle],
    people: Sequence[Membership],
    *,
    each: int,
    had: Collection[tuple[int, int]],
) -> Plan:
    """Plans giving each article to so many of the people, as far as slots are free, and as evenly as may be.

    `had` is what `had_already` says: nobody gets an article a second time.
    """
    plan = Plan()
    for place in places:
        free = min(each, project.overlap - place.taken)
        fit = [person for person in people if (place.article_id, person.pk) not in had]
        if free <= 0:
            plan.full += 1
        elif not fit:
            plan.nobody += 1
        else:
            chosen = sorted(fit, key=lambda person: plan.load[person.pk])[:free]
            plan.load.update(person.pk for person in chosen)
            plan.shares.append((place, chosen))
    return plan


def had_already(
    project: Project, places: Iterable[ProjectArticle], people: Iterable[Membership]
) -> set[tuple[int, int]]:
    """Which article each person has or had already: (article, membership)."""
    by_name = {person.pseudonym: person.pk for person in people}
    by_user = {person.user_id: person.pk for person in people}
    rows = AnnotationSet.objects.filter(
        project=project, kind=SetKind.ANNOTATOR, article__in=[place.article_id for place in places]
    ).values_list("article", "annotator", "pseudonym")
    found: set[tuple[int, int]] = set()
    for article, user, pseudonym in rows:
        found.update((article, pk) for pk in (by_user.get(user), by_name.get(pseudonym)) if pk is not None)
    return found


def open_on(project: Project, articles: Collection[int], people: Iterable[Membership]) -> QuerySet[AnnotationSet]:
    """The open sets of these people on these articles."""
    return AnnotationSet.objects.filter(
        project=project, kind=SetKind.ANNOTATOR, status__in=OPEN_STATUSES, article__in=articles,
        annotator__in=[person.user_id for person in people],
    ).select_related("article").defer("article__text", "article__sections", "article__meta")  # fmt: skip


def members(project: Project) -> QuerySet[Membership]:
    """Who may be given articles: all members, by role and name."""
    return project.memberships.select_related("user").order_by("role", "user__username")


def waiting_by_person(project: Project) -> dict[int, int]:
    """How many open sets each person has in a project, by the user's id."""
    rows = AnnotationSet.objects.filter(project=project, kind=SetKind.ANNOTATOR, status__in=OPEN_STATUSES)
    return dict(rows.order_by().values_list("annotator").annotate(n=Count("pk")))
