"""Which articles are in the search index, and does it hold what they hold?"""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from annotations.models import Article, SearchText
from annotations.queries.lacking import pages_of
from annotations.text.search_words import CUT


def unindexed(*, after: int = 0, lane: int = 0, lanes: int = 1) -> Iterator[int]:
    """Yields the ids, greater than `after`, of articles that can't be found yet, in order, a page at a time."""
    indexed = SearchText.objects.filter(article=OuterRef("pk"), cut=CUT)
    return pages_of(Article.objects.filter(~Exists(indexed)), after=after, lane=lane, lanes=lanes)


def count_unindexed() -> int:
    """Returns how many articles can't be found yet; two counts that read no article."""
    return max(Article.objects.count() - SearchText.objects.filter(cut=CUT).count(), 0)


def broken_index() -> Iterator[tuple[int, str]]:
    """Yields (article id, what is wrong): words that are not the ones of the article's text."""
    rows = SearchText.objects.filter(cut=CUT).select_related("article").order_by("pk")
    for row in rows.iterator(100):
        if not row.same_words(SearchText.of(row.article)):
            yield row.pk, "the searchable words are those of another text"
