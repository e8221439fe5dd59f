"""Whose work on which article? One annotation set."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.articles import Article
from annotations.models.fields import UidField, new_uid
from annotations.models.projects import Project
from annotations.states import OPEN, State


class SetKind(models.TextChoices):
    """Where a set comes from."""

    ANNOTATOR = "annotator", _("annotator")
    GOLD = "gold", _("gold")
    MACHINE = "machine", _("machine")
    IMPORTED = "imported", _("imported")


class SetStatus(models.TextChoices):
    """How far the work on a set is: the states of annotations/states.py, with their titles."""

    ASSIGNED = State.ASSIGNED.value, _("assigned")
    IN_PROGRESS = State.IN_PROGRESS.value, _("in progress")
    SUBMITTED = State.SUBMITTED.value, _("submitted")
    ACCEPTED = State.ACCEPTED.value, _("accepted")
    RETURNED = State.RETURNED.value, _("returned")
    ADJUDICATED = State.ADJUDICATED.value, _("adjudicated")
    GIVEN_BACK = State.GIVEN_BACK.value, _("given back")


OPEN_STATUSES = tuple(SetStatus(state) for state in OPEN)


class AnnotationSet(models.Model):
    """One annotator's spans, relations and labels on one article in one project (GATE's term).

    `version` counts the revisions. `pseudonym` names the annotator in exports and stays when the
    account goes; a gold set has none.
    """

    uid = UidField(default=new_uid, editable=False)
    project = models.ForeignKey(
        Project, db_index=False, verbose_name=_("project"), on_delete=models.CASCADE, related_name="annotation_sets"
    )
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="annotation_sets"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=SetKind.choices, default=SetKind.ANNOTATOR)
    annotator = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("annotator"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="annotation_sets",
    )  # fmt: skip
    pseudonym = models.CharField(_("pseudonym"), max_length=40, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=SetStatus.choices, default=SetStatus.ASSIGNED)
    version = models.PositiveIntegerField(_("version"), default=0)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    updated_at = models.DateTimeField(_("changed"), default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)

    class Meta:
        verbose_name = _("annotation set")
        verbose_name_plural = _("annotation sets")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "uid"], name="set_uid_once"),
            models.UniqueConstraint(
                fields=["project", "article", "kind", "pseudonym"], name="set_once_per_annotator_and_article"
            ),
            models.UniqueConstraint(
                fields=["project", "article", "annotator"],
                condition=models.Q(kind="annotator"),
                name="set_once_per_user_and_article",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=SetKind.values), name="set_kind_known"),
            models.CheckConstraint(condition=models.Q(status__in=SetStatus.values), name="set_status_known"),
            models.CheckConstraint(
                condition=~models.Q(kind="annotator", pseudonym=""), name="set_annotator_has_pseudonym"
            ),
        ]
        indexes = [models.Index(fields=["annotator", "status"], name="set_by_annotator_and_status")]

    def __str__(self) -> str:
        return f"{self.article} · {self.pseudonym or self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        """Whether the annotations may still be edited by their annotator."""
        return self.status in OPEN_STATUSES
