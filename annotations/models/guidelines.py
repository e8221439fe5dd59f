"""What were annotators told, and when was it changed? The published versions of a project's guideline."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.models.projects import Project
from annotations.models.versions import PublishedVersion


class GuidelineVersion(PublishedVersion):
    """One published guideline: Markdown, with an entry of its own for each label that needs one.

    `entries` holds Markdown by label key. The project carries the text and number of the latest.
    """

    project = models.ForeignKey(
        Project, db_index=False, verbose_name=_("project"), on_delete=models.CASCADE, related_name="guideline_versions"
    )
    text = models.TextField(_("guideline"), blank=True, help_text=_("Markdown."))
    entries = models.JSONField(_("entries by label"), default=dict, blank=True)

    class Meta(PublishedVersion.Meta):
        verbose_name = _("guideline version")
        verbose_name_plural = _("guideline versions")
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="guideline_version_once")]
