"""How did a label scheme come to be what it is, and what is somebody about to change?"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.fields import done_by
from annotations.models.projects import Project
from annotations.models.versions import PublishedVersion


class SchemeVersion(PublishedVersion):
    """A published label scheme as it was then: `labels` is a list of the Label table's fields, in order."""

    project = models.ForeignKey(
        Project, db_index=False, verbose_name=_("project"), on_delete=models.CASCADE, related_name="scheme_versions"
    )
    labels = models.JSONField(_("labels"), default=list)

    class Meta(PublishedVersion.Meta):
        verbose_name = _("version of a label scheme")
        verbose_name_plural = _("versions of label schemes")
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="scheme_version_once")]


class SchemeDraft(models.Model):
    """A scheme being edited, one a project: nothing of it holds before it is published.

    `base` is the version it began from; publishing is refused when another was published since.
    """

    project = models.OneToOneField(
        Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="scheme_draft"
    )
    base = models.PositiveIntegerField(_("begun from version"))
    labels = models.JSONField(_("labels"), default=list)
    by = done_by()
    updated_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        verbose_name = _("draft of a label scheme")
        verbose_name_plural = _("drafts of label schemes")

    def __str__(self) -> str:
        return f"{self.project} · {self.base} + …"
