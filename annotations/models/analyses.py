"""What has been worked out about a text? Its normalised view, aligned with the published text; always recomputable."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Analysis(models.Model):
    """What one version of the engine makes of one text, known by its hash: articles with the same text share it.

    `alignment` leads from the published to the normalised text, as `OffsetMap.to_sections` writes it, in code points.
    `tokens` and `sentences` are ranges of the published text, as `text/analysed.py` writes them.
    A row is there whole or not at all, and is never changed.
    """

    text_sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, editable=False)
    engine = models.CharField(_("engine"), max_length=60, editable=False, help_text=_("Name and version."))
    normalised = models.TextField(_("normalised text"), editable=False)
    alignment = models.JSONField(_("alignment"), editable=False)
    tokens = models.JSONField(_("tokens"), editable=False, default=list)
    sentences = models.JSONField(_("sentences"), editable=False, default=list)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("analysis")
        verbose_name_plural = _("analyses")
        constraints = [
            models.UniqueConstraint(fields=["text_sha256", "engine"], name="analysis_once"),
            models.CheckConstraint(condition=models.Q(text_sha256__length=64), name="analysis_sha256_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.text_sha256[:8]} · {self.engine}"
