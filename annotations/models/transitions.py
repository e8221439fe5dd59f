"""Who moved the work on a set from which state to which, when and why? Append-only."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation_sets import AnnotationSet, SetStatus
from annotations.models.fields import UidField


class StatusChange(models.Model):
    """One transition of a set, by the key it has in annotations/states.py; without `actor` the program made it.

    Changes of one action on many sets share a `batch`.
    """

    annotation_set = models.ForeignKey(
        AnnotationSet, db_index=False, verbose_name=_("annotation set"), on_delete=models.CASCADE,
        related_name="status_changes",
    )  # fmt: skip
    transition = models.CharField(_("transition"), max_length=12)
    source = models.CharField(_("from"), max_length=12, choices=SetStatus.choices)
    target = models.CharField(_("to"), max_length=12, choices=SetStatus.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("actor"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    note = models.TextField(_("note"), blank=True, help_text=_("Plain text."))
    batch = UidField(null=True, blank=True, editable=False)
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["annotation_set", "id"], name="status_change_by_set"),
            models.Index(fields=["at"], name="status_change_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.annotation_set_id} · {self.source} → {self.target}"
