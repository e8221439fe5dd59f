"""What was done to many sets at once, and how far has it been taken back? A bulk edit, and its part in each set."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation_sets import AnnotationSet
from annotations.models.fields import UidField
from annotations.models.projects import Project


class BulkEdit(models.Model):
    """One step of a person's that changed many sets of a project; known by the `uid` its author gave it.

    `about` is what the page that made it needs to name it. The edits themselves stand in the sets' revisions like any
    other; here stands what was there before, so that one undo restores it.
    """

    uid = UidField(unique=True, editable=False)
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="bulk_edits", db_index=False
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    about = models.JSONField(_("about"), default=dict, blank=True)
    created_at = models.DateTimeField(_("time"), default=timezone.now)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("bulk edit")
        verbose_name_plural = _("bulk edits")
        ordering = ["-id"]
        # The newest of a person that can still be taken back.
        indexes = [models.Index(fields=["project", "made_by", "-id"], name="bulk_edit_newest")]

    def __str__(self) -> str:
        return self.uid


class BulkEditPart(models.Model):
    """What a bulk edit did to one set, written in the transaction that did it.

    `changes` holds `{"thing", "before", "after"}` for each span, relation or document label that changed
    (annotations/kinds/undo.py), `refusals` what was not done: `{"op_id", "reason", "field", "data"}`, with the `op_id`
    null where the whole set was refused.
    """

    bulk_edit = models.ForeignKey(
        BulkEdit, verbose_name=_("bulk edit"), on_delete=models.CASCADE, related_name="parts", db_index=False
    )
    annotation_set = models.ForeignKey(
        AnnotationSet, verbose_name=_("annotation set"), on_delete=models.CASCADE, related_name="+"
    )
    changes = models.JSONField(_("changes"), default=list)
    refusals = models.JSONField(_("refusals"), default=list)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("part of a bulk edit")
        verbose_name_plural = _("parts of bulk edits")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["bulk_edit", "annotation_set"], name="bulk_edit_part_once")]

    def __str__(self) -> str:
        return f"{self.bulk_edit_id} · {self.annotation_set_id}"
