"""What do all published versions have in common? Which number, what changed, by whom, when."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.fields import done_by

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable

    from annotations.models.projects import Project


class PublishedVersion(models.Model):
    """A version of something of a project's, as it was published; the projects count them from 1."""

    number = models.PositiveIntegerField(_("version"))
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    by = done_by()
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    project: "models.ForeignKey[Project | Combinable, Project]"

    class Meta:
        abstract = True
        ordering = ["project_id", "-number"]

    def __str__(self) -> str:
        return f"{self.project} · {self.number}"
