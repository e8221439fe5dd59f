"""What is an article's text? Kept in memory by its hash for those being worked on: it never changes."""

from functools import lru_cache

from annotations.models import Article


@lru_cache(maxsize=64)
def article_text(pk: int, text_sha256: str) -> str:
    """Returns the text of an article with this hash. Raises Article.DoesNotExist."""
    return Article.objects.values_list("text", flat=True).get(pk=pk, text_sha256=text_sha256)
