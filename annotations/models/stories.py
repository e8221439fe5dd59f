"""Which articles tell the same story? Wire copies and versions, by the sketches of their texts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.models.articles import Article


class StoryMember(models.Model):
    """An article's place in a story, which is named by the smallest id of an article in it, and its sketch.

    Articles alone are stories of one. `sketch` is what `annotations/text/sketches.py` makes, of the version `cut`.
    """

    article = models.OneToOneField(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, primary_key=True, related_name="story_member"
    )
    story = models.BigIntegerField(_("story"), db_index=True, editable=False)
    sketch = models.BinaryField(_("sketch"), editable=False)
    cut = models.PositiveSmallIntegerField(_("version of the sketch"), editable=False)

    class Meta:
        verbose_name = _("member of a story")
        verbose_name_plural = _("members of stories")

    def __str__(self) -> str:
        return f"{self.story}: {self.article_id}"


class StoryBand(models.Model):
    """One band of a sketch: articles with the same value in the same band are worth comparing."""

    member = models.ForeignKey(StoryMember, on_delete=models.CASCADE, related_name="bands", editable=False)
    band = models.PositiveSmallIntegerField(editable=False)
    value = models.BigIntegerField(editable=False)

    class Meta:
        verbose_name = _("band of a sketch")
        verbose_name_plural = _("bands of sketches")
        indexes = [models.Index(fields=["value", "band", "member"], name="story_band_value")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.band}"
