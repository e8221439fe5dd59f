"""What of somebody's work did not come along to a corrected article, and what was decided about it?"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation_sets import AnnotationSet


class Outcome(models.TextChoices):
    """Why an annotation did not come along by itself."""

    CHANGED = "changed", _("its words have changed")
    LOST = "lost", _("its words are gone")
    END = "end", _("one of its ends did not come along")
    REFUSED = "refused", _("the label scheme does not take it any more")


class Decision(models.TextChoices):
    """What a person decided."""

    OPEN = "", _("not decided")
    ACCEPTED = "accepted", _("taken over")
    DROPPED = "dropped", _("left out")


class Uncarried(models.Model):
    """An annotation of the set on the old version that is not in the set on the new one.

    `content` is the span, relation or document label as a record has it, with the old ranges and quote; `proposed` are
    ranges of the new text, in code points, where it might stand.
    """

    annotation_set = models.ForeignKey(
        AnnotationSet, verbose_name=_("annotation set"), on_delete=models.CASCADE, related_name="uncarried"
    )
    is_relation = models.BooleanField(_("relation"), default=False)
    content = models.JSONField(_("content"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices)
    proposed = models.JSONField(_("proposed place"), null=True, blank=True)
    decision = models.CharField(
        _("decision"), max_length=8, choices=Decision.choices, default=Decision.OPEN, blank=True
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("annotation that did not come along")
        verbose_name_plural = _("annotations that did not come along")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.annotation_set_id}: {self.content.get('label', '')}"

    @property
    def is_document_label(self) -> bool:
        """Whether it is said of the whole article: such alone have a value."""
        return "value" in self.content
