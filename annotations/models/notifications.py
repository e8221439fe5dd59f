"""What should a person know that happened while they were away?"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation_sets import AnnotationSet
from annotations.models.comments import Comment
from annotations.models.jobs import Job


class NotificationKind(models.TextChoices):
    """What happened."""

    RETURNED = "returned", _("work returned")
    ACCEPTED = "accepted", _("work accepted")
    ASSIGNED = "assigned", _("work assigned")
    MENTION = "mention", _("mentioned in a comment")
    ANSWER = "answer", _("comment answered")
    JOB = "job", _("job ended")


class Notification(models.Model):
    """One thing that happened, told to one person."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, db_index=False, verbose_name=_("user"), on_delete=models.CASCADE,
        related_name="notifications",
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=10, choices=NotificationKind.choices)
    annotation_set = models.ForeignKey(
        AnnotationSet, verbose_name=_("annotation set"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="+",
    )  # fmt: skip
    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    job = models.ForeignKey(
        Job, verbose_name=_("job"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("actor"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    data = models.JSONField(_("data"), default=dict, blank=True)
    created_at = models.DateTimeField(_("time"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=NotificationKind.values), name="notification_kind_known"),
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="notification_by_user"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notification_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.kind}"
