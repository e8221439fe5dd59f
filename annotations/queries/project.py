"""What stands in a project? Counts, and its newest articles with the person's own state."""

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count

from annotations.models import AnnotationSet, Article, Label, Membership, Project, SetKind, SetStatus, User
from annotations.queries.visits import project_seconds

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LATEST = 25


class ProjectCounts(NamedTuple):
    """Articles, sets by status, labels."""

    articles: int
    sets: list[tuple[str, "StrOrPromise", int]]
    labels: list[Label]


class Row(NamedTuple):
    """An article of the project, and the person's own set on it."""

    article: Article
    own: AnnotationSet | None


def project_counts(project: Project) -> ProjectCounts:
    """Counts what the project holds."""
    by_status = dict(
        AnnotationSet.objects.filter(project=project, kind=SetKind.ANNOTATOR)
        .values_list("status")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return ProjectCounts(
        articles=project.project_articles.count(),
        sets=[(value, title, by_status[value]) for value, title in SetStatus.choices if value in by_status],
        labels=list(Label.objects.filter(project=project).active()),
    )


class Person(NamedTuple):
    """A member, and their seconds of work in the project."""

    member: Membership
    seconds: int


def people_of(project: Project) -> list[Person]:
    """Returns the members by role and name."""
    seconds = project_seconds(project)
    members = project.memberships.select_related("user").order_by("role", "user__username")
    return [Person(member, seconds.get(member.user_id, 0)) for member in members]


def latest_articles(project: Project, user: User) -> list[Row]:
    """Returns the newest articles of the project, without their texts."""
    rows = project.articles.select_related("source").defer("text", "sections", "meta")
    articles = list(rows.order_by("-project_articles__id")[:LATEST])
    own = AnnotationSet.objects.filter(project=project, annotator=user, kind=SetKind.ANNOTATOR, article__in=articles)
    by_article = {work.article_id: work for work in own}
    return [Row(article, by_article.get(article.pk)) for article in articles]
