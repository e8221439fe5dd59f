"""Which labels did a version of the scheme merge into others, and was that taken back?"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.fields import UidField, done_by, new_uid
from annotations.models.jobs import Job
from annotations.models.schemes import SchemeVersion


class Relabelling(models.Model):
    """What bore some labels bears others from one version of the scheme on.

    `merges` is a list of {"label": KEY, "into": KEY, "entities": [id, …], "uncarried": [id, …]}: which entities of the
    knowledge base went along, and which annotations that wait for a decision after a correction. `uid` names the step:
    what it writes has ids that follow from it. `job` writes the annotations where they are many; where they are few,
    the transaction that published has. The one that takes another back points at it by `undoes`: its merges are that
    one's, to be read backwards.
    """

    uid = UidField(unique=True, default=new_uid, editable=False)
    version = models.OneToOneField(
        SchemeVersion, verbose_name=_("version of the scheme"), on_delete=models.CASCADE, related_name="relabelling"
    )
    merges = models.JSONField(_("merged labels"), default=list)
    undoes = models.OneToOneField(
        "self", verbose_name=_("takes back"), null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by"
    )
    job = models.OneToOneField(
        Job, verbose_name=_("job"), null=True, blank=True, on_delete=models.SET_NULL, related_name="relabelling"
    )
    by = done_by()
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("merge of labels")
        verbose_name_plural = _("merges of labels")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.version} · " + ", ".join(f"{one['label']} → {one['into']}" for one in self.merges)
