"""What is an article's text? Kept in memory by its hash for those being worked on: it never changes."""

from functools import lru_cache

from annotations.models import Article


@lru_cache(maxsize=256)
def _text(sha256: str, pk: int) -> str:
    return Article.objects.values_list("text", flat=True).get(pk=pk, text_sha256=sha256)


def article_text(article: Article) -> str:
    """Returns the text of an article that was loaded without it, but with its hash."""
    return _text(article.text_sha256, article.pk)
