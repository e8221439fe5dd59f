"""Which revisions of a set belong together, because one step made them all?"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation_sets import AnnotationSet
from annotations.models.fields import done_by


class StepKind(models.TextChoices):
    """What a step of many operations was."""

    RESTORE = "restore", _("restored version")
    BULK = "bulk", _("bulk edit")
    BULK_UNDO = "bulk_undo", _("bulk edit taken back")
    SPREAD = "spread", _("label on the same words")
    SPREAD_UNDO = "spread_undo", _("label on the same words taken back")
    MERGE = "merge", _("labels merged")
    MERGE_UNDO = "merge_undo", _("merge of labels taken back")


class RevisionStep(models.Model):
    """A stretch of a set's history that one step wrote, from version `first` to version `last`, both included.

    `about` is what names it: of a restore the version that stands again (`to`), of a merge of labels both
    (`label`, `into`) and the step's `uid`, of the others the label and the words.
    Written in the transaction that wrote the revisions; append-only like them.
    """

    annotation_set = models.ForeignKey(
        AnnotationSet,
        db_index=False,
        verbose_name=_("annotation set"),
        on_delete=models.CASCADE,
        related_name="revision_steps",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=StepKind.choices)
    first = models.PositiveIntegerField(_("first version"))
    last = models.PositiveIntegerField(_("last version"))
    about = models.JSONField(_("about"), default=dict, blank=True)
    by = done_by()
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("step of many revisions")
        verbose_name_plural = _("steps of many revisions")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["annotation_set", "first"], name="revision_step_once"),
            models.CheckConstraint(condition=models.Q(first__lte=models.F("last")), name="revision_step_in_order"),
            models.CheckConstraint(condition=models.Q(kind__in=StepKind.values), name="revision_step_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.annotation_set_id} v{self.first}–{self.last} · {self.kind}"
