"""Which label was put on the same words in many articles at once? One step, that is taken back as one."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.fields import UidField
from annotations.models.projects import Project


class Propagation(models.Model):
    """A label, with attributes and entity, for every place of the same words in a person's open sets.

    `uid` is made by the client. `turn` counts how often it was done and taken back: even is done, odd taken back; the
    operations of each turn have ids that follow from it, so that a turn that was cut off goes on where it was.
    `reached` is the last set of the turn, `ended` says that there are no more. `skipped` begins with the set that the
    words come from; `touched` are the sets in which something was done.
    """

    uid = UidField(unique=True, editable=False)
    project = models.ForeignKey(
        Project, db_index=False, verbose_name=_("project"), on_delete=models.CASCADE, related_name="propagations"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.CASCADE, related_name="propagations"
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    words = models.TextField(_("words"))
    whole = models.BooleanField(_("whole words"))
    label_key = models.CharField(_("label"), max_length=40)
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)
    entity_key = models.CharField(_("entity"), max_length=80, blank=True)
    skipped = models.JSONField(_("left out"), default=list, blank=True)
    touched = models.JSONField(_("sets"), default=list, blank=True)
    turn = models.PositiveIntegerField(_("turn"), default=0)
    reached = models.BigIntegerField(_("reached"), default=0)
    ended = models.BooleanField(_("ended"), default=False)
    report = models.JSONField(_("report"), default=dict, blank=True)

    class Meta:
        verbose_name = _("label on the same words")
        verbose_name_plural = _("labels on the same words")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.label_key} «{self.words}»"

    @property
    def done(self) -> bool:
        """Whether its labels stand, as far as it has come."""
        return self.turn % 2 == 0
