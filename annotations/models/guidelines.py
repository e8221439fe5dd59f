"""What were annotators told, and when was it changed? The published versions of a project's guideline."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.projects import Project


class GuidelineVersion(models.Model):
    """One published guideline: Markdown, with an entry of its own for each label that needs one.

    `entries` holds Markdown by label key. The project carries the text and number of the latest.
    """

    project = models.ForeignKey(
        Project, db_index=False, verbose_name=_("project"), on_delete=models.CASCADE, related_name="guideline_versions"
    )
    number = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("guideline"), blank=True, help_text=_("Markdown."))
    entries = models.JSONField(_("entries by label"), default=dict, blank=True)
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    published_at = models.DateTimeField(_("published"), default=timezone.now)

    class Meta:
        verbose_name = _("guideline version")
        verbose_name_plural = _("guideline versions")
        ordering = ["project_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="guideline_version_once")]

    def __str__(self) -> str:
        return f"{self.project} · {self.number}"
