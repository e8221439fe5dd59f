"""Where in the text is something said to be? A span."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation_sets import AnnotationSet
from annotations.models.fields import UidField
from annotations.models.knowledge import Entity
from annotations.models.labels import Label
from annotations.records import Range


class Span(models.Model):
    """A labelled piece of an article: one half-open range of code points, or several.

    `start` and `end` hold the whole extent; `fragments` the ranges of a discontinuous span, else NULL,
    so that the common case is two indexed integers that the database can check.
    The quote is not stored: it is the text's own slice, and the text never changes. `words` is a hash of it by which
    the same words are found elsewhere (annotations/kinds/wording.py), NULL where they are no name.
    """

    annotation_set = models.ForeignKey(
        AnnotationSet, db_index=False, verbose_name=_("annotation set"), on_delete=models.CASCADE, related_name="spans"
    )
    uid = UidField(editable=False)
    label = models.ForeignKey(
        Label, db_index=False, verbose_name=_("label"), on_delete=models.PROTECT, related_name="spans"
    )
    start = models.PositiveIntegerField(_("start"), help_text=_("In code points."))
    end = models.PositiveIntegerField(_("end"), help_text=_("In code points, exclusive."))
    fragments = models.JSONField(_("fragments"), null=True, blank=True)
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)
    entity = models.ForeignKey(
        Entity, verbose_name=_("entity"), null=True, blank=True, on_delete=models.PROTECT, related_name="spans"
    )

    words = models.BigIntegerField(_("words"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("span")
        verbose_name_plural = _("spans")
        ordering = ["start", "-end", "id"]
        constraints = [
            models.UniqueConstraint(fields=["annotation_set", "uid"], name="span_uid_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="span_start_before_end"),
        ]
        # How the same words are labelled elsewhere, and which sets give a label, is answered from these indexes alone.
        indexes = [
            models.Index(fields=["label", "annotation_set"], name="span_by_label"),
            models.Index(
                fields=["words", "annotation_set", "label"], condition=Q(words__isnull=False), name="span_by_words"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label_id} {self.start}–{self.end}"

    @property
    def ranges(self) -> tuple[Range, ...]:
        """All ranges in text order, each half-open in code points."""
        if self.fragments is None:
            return ((self.start, self.end),)
        return tuple((start, end) for start, end in self.fragments)
