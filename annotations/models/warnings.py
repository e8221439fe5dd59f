"""What has somebody looked at and found right all the same, and how many warnings does a set have?"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation_sets import AnnotationSet
from annotations.models.fields import UidField


class WarningKind(models.TextChoices):
    """What may look like a slip (annotations/kinds/warnings.py finds it)."""

    EDGE = "edge", _("Punctuation at an edge")
    CUT = "cut", _("Cut inside a word")
    DUPLICATE = "duplicate", _("Duplicate")
    OTHERWISE = "otherwise", _("Same words labelled otherwise")
    REQUIRED = "required", _("Attribute missing")
    SOURCE = "source", _("Claim without a source")
    END = "end", _("End of a relation")


class Dismissal(models.Model):
    """A warning that a person has dismissed in a set.

    `thing` is a span or relation, no foreign key: a dismissal outlives a deletion that is undone. `stamp` is a hash of
    what the warning was about, so that it comes back once that is changed.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="+", db_index=False
    )
    annotation_set = models.ForeignKey(
        AnnotationSet, verbose_name=_("annotation set"), on_delete=models.CASCADE, related_name="dismissals"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=WarningKind.choices)
    thing = UidField(editable=False)
    stamp = models.CharField(_("stamp"), max_length=8, editable=False)
    created_at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("dismissed warning")
        verbose_name_plural = _("dismissed warnings")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "annotation_set", "kind", "thing", "stamp"], name="warning_dismissed_once"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=WarningKind.values), name="dismissal_kind_known"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """The warning's identity, as `Finding.key` has it."""
        return f"{self.kind}:{self.thing}:{self.stamp}"


class WarningTally(models.Model):
    """How many warnings of a kind a set had, open and dismissed, when its worker last handed it in or dismissed one."""

    annotation_set = models.ForeignKey(
        AnnotationSet, db_index=False, verbose_name=_("annotation set"), on_delete=models.CASCADE,
        related_name="warning_tallies",
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=12, choices=WarningKind.choices)
    open = models.PositiveIntegerField(_("open"), default=0)
    dismissed = models.PositiveIntegerField(_("dismissed"), default=0)

    class Meta:
        verbose_name = _("count of warnings")
        verbose_name_plural = _("counts of warnings")
        constraints = [
            models.UniqueConstraint(fields=["annotation_set", "kind"], name="warning_tally_once"),
            models.CheckConstraint(condition=models.Q(kind__in=WarningKind.values), name="tally_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.annotation_set_id} · {self.kind} · {self.open}/{self.dismissed}"
