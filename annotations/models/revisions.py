"""What was done, when and by whom? The append-only history of an annotation set."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation_sets import AnnotationSet
from annotations.models.fields import UidField


class Revision(models.Model):
    """One step of a set's history, known by the `op_id` its author gave it.

    An edit is one operation; an import is one revision with all of them. Replaying `operations`
    in the order of `version` rebuilds the set. The database refuses updates (models/guards.py).
    """

    annotation_set = models.ForeignKey(
        AnnotationSet,
        db_index=False,
        verbose_name=_("annotation set"),
        on_delete=models.CASCADE,
        related_name="revisions",
    )
    version = models.PositiveIntegerField(_("version"))
    op_id = UidField(editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("actor"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    created_at = models.DateTimeField(_("time"), default=timezone.now)
    operations = models.JSONField(_("operations"))

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["annotation_set_id", "version"]
        constraints = [
            models.UniqueConstraint(fields=["annotation_set", "version"], name="revision_version_once"),
            models.UniqueConstraint(fields=["annotation_set", "op_id"], name="revision_op_id_once"),
        ]

    def __str__(self) -> str:
        return f"{self.annotation_set_id} v{self.version}"
