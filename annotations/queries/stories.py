"""Which articles lack a place in a story, and which others tell the same story?"""

from collections.abc import Iterable, Iterator

from django.db.models import Count, Exists, OuterRef, QuerySet

from annotations import policy
from annotations.models import Article, Project, ProjectArticle, StoryMember, User
from annotations.queries.lacking import pages_of

# Rises when the sketches change: they are made anew, and so are the stories.
CUT = 1


def unplaced(*, after: int = 0, lane: int = 0, lanes: int = 1) -> Iterator[int]:
    """Yields the ids, greater than `after`, of articles in no story yet, in order, a page at a time."""
    return pages_of(_unplaced(), after=after, lane=lane, lanes=lanes)


def unplaced_in(project: Project) -> Iterator[int]:
    """Yields the ids of a project's articles in no story yet, in order, a page at a time."""
    here = ProjectArticle.objects.filter(project=project, article=OuterRef("pk"))
    return pages_of(_unplaced().filter(Exists(here)), after=0)


def _unplaced() -> QuerySet[Article]:
    return Article.objects.filter(~Exists(StoryMember.objects.filter(article=OuterRef("pk"), cut=CUT)))


def same_story(user: User, article: Article) -> QuerySet[Article]:
    """The other articles of an article's story that the person may see, in the order they were published."""
    story = StoryMember.objects.filter(article=article).values("story")
    return (
        policy.visible_articles(user)
        .filter(story_member__story__in=story)
        .exclude(pk=article.pk)
        .select_related("source")
        .defer("text", "sections", "meta")
        .order_by("published_at", "pk")
    )


def other_versions(user: User, articles: Iterable[int]) -> dict[int, int]:
    """Returns for each of these articles how many others of its story the person may see; two queries."""
    stories = dict(StoryMember.objects.filter(article__in=articles).values_list("article", "story"))
    seen = policy.visible_articles(user).filter(story_member__story__in=set(stories.values()))
    sizes = dict(seen.order_by().values_list("story_member__story").annotate(size=Count("pk")))
    return {pk: max(sizes.get(story, 1) - 1, 0) for pk, story in stories.items()}
