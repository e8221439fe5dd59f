"""How long did somebody work on a set? A row for each time they had its page open."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation_sets import AnnotationSet
from annotations.models.fields import UidField


class Visit(models.Model):
    """One opening of a set's page, and the seconds of work in it; idle time is not among them.

    The page says again and again how many they are by now, and a row only ever grows: a report that comes twice, late
    or after a later one changes nothing.
    """

    uid = UidField(unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="+", db_index=False
    )
    annotation_set = models.ForeignKey(
        AnnotationSet, verbose_name=_("annotation set"), on_delete=models.CASCADE, related_name="visits", db_index=False
    )
    seconds = models.PositiveIntegerField(_("seconds of work"))
    began_at = models.DateTimeField(_("began"), default=timezone.now)
    updated_at = models.DateTimeField(_("changed"), default=timezone.now)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        indexes = [
            models.Index(fields=["annotation_set", "user"], name="visit_by_set_and_user"),
            models.Index(fields=["user"], name="visit_by_user"),
        ]

    def __str__(self) -> str:
        return f"{self.annotation_set_id} · {self.seconds}"
