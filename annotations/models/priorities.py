"""Which articles of a project were given a priority in one step, and which had they before?"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.fields import UidField, done_by, new_uid
from annotations.models.projects import Project


class PriorityStep(models.Model):
    """Many places of a project that one step gave the priority `after`.

    `before` holds what they had: a list of [priority, [id of a place, …]], without those that had it already.
    """

    uid = UidField(unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="priority_steps"
    )
    after = models.SmallIntegerField(_("priority"))
    before = models.JSONField(_("before"), default=list)
    by = done_by()
    at = models.DateTimeField(_("time"), default=timezone.now)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("step of priorities")
        verbose_name_plural = _("steps of priorities")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.project} · {self.after}"
