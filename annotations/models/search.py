"""What can be searched of an article? The words of its text and of its headline; always recomputable.

The databases index this table, each in its way (`search_index.py`).
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.models.articles import Article
from annotations.text.search_words import BORDER, CUT, stream


class SearchText(models.Model):
    """The words of one article as `search_words.stream` cuts them: pieces, border, wholes, with spaces between."""

    article = models.OneToOneField(
        Article, verbose_name=_("article"), primary_key=True, on_delete=models.CASCADE, related_name="search_text"
    )
    words = models.TextField(_("words"), editable=False)
    headline = models.TextField(_("words of the headline"), editable=False)
    cut = models.PositiveSmallIntegerField(_("version of the cutting"), editable=False, db_index=True)

    class Meta:
        verbose_name = _("searchable words")
        verbose_name_plural = _("searchable words")

    def __str__(self) -> str:
        return f"#{self.pk}"

    @classmethod
    def of(cls, article: Article) -> "SearchText":
        """Cuts the words of an article; nothing is stored. A headline with words that the text has not is none."""
        words, headline = stream(article.text), stream(article.headline)
        if not all(f" {part} " in f" {words} " for part in headline.split(f" {BORDER} ")):
            headline = BORDER
        return cls(article_id=article.pk, words=words, headline=headline, cut=CUT)

    def same_words(self, other: Any) -> bool:
        """Whether another row holds what this one does."""
        return (self.words, self.headline, self.cut) == (other.words, other.headline, other.cut)
