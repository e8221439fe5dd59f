"""Who changed what a project is set to, or its people, and when? Append-only."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.fields import done_by
from annotations.models.projects import Project


class ProjectChange(models.Model):
    """One change of a project's settings or, with `member`, of that person's place in it.

    `changes` holds before and after by the name of the field; a member who came or went had or has the role null.
    """

    project = models.ForeignKey(
        Project, db_index=False, verbose_name=_("project"), on_delete=models.CASCADE, related_name="changes"
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("member"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    changes = models.JSONField(_("changes"), default=dict)
    by = done_by()
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("change of a project")
        verbose_name_plural = _("changes of projects")
        ordering = ["-id"]
        indexes = [models.Index(fields=["project", "-id"], name="project_change_newest")]

    def __str__(self) -> str:
        return f"{self.project} · {', '.join(self.changes)}"
