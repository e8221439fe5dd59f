"""How do articles come into the search index? A batch at a time behind, a small import at once."""

from collections.abc import Sequence
from typing import Any

from annotations.actions.bulk import insert_rows
from annotations.actions.turns import derived_turn
from annotations.models import Article, SearchText

# So many are cut within a tenth of a second, in the transaction of their import.
AT_ONCE = 50
COLUMNS = ("article_id", "words", "headline", "cut")


def index_articles(ids: Sequence[int]) -> int:
    """Cuts the words of these articles and stores them; returns how many there were. What an older cut made goes."""
    cut = [SearchText.of(article) for article in Article.objects.only("text", "headline").filter(pk__in=ids)]
    rows = {row.pk: (row.pk, row.words, row.headline, row.cut) for row in cut}
    with derived_turn():
        # An article that was deleted meanwhile takes nothing with it; on SQLite nobody writes between here and there.
        locked = Article.objects.select_for_update(no_key=True).filter(pk__in=rows).order_by("pk")
        there = list(locked.values_list("pk", flat=True))
        SearchText.objects.filter(pk__in=there).delete()
        insert_rows(SearchText, COLUMNS, [rows[pk] for pk in there])
    return len(there)


def index_at_once(*, articles: Sequence[int], **signal: Any) -> None:
    """Makes the articles of a small import findable with it; receives `articles_stored`."""
    if len(articles) <= AT_ONCE:
        index_articles(articles)
