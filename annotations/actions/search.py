"""How do articles come into the search index? A batch at a time behind, a small import at once."""

from collections.abc import Sequence
from typing import Any

from annotations.actions.turns import write_turn
from annotations.models import Article, SearchText

# So many are cut within a tenth of a second, in the transaction of their import.
AT_ONCE = 50


def index_articles(ids: Sequence[int]) -> int:
    """Cuts the words of these articles and stores them; returns how many there were. What an older cut made goes."""
    rows = [SearchText.of(article) for article in Article.objects.only("text", "headline").filter(pk__in=ids)]
    with write_turn():
        # An article that was deleted meanwhile takes nothing with it; on SQLite nobody writes between here and there.
        locked = Article.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
        there = set(locked.values_list("pk", flat=True))
        rows = [row for row in rows if row.pk in there]
        SearchText.objects.filter(pk__in=there).delete()
        SearchText.objects.bulk_create(rows)
    return len(rows)


def index_at_once(*, articles: Sequence[int], **signal: Any) -> None:
    """Makes the articles of a small import findable with it; receives `articles_stored`."""
    if len(articles) <= AT_ONCE:
        index_articles(articles)
