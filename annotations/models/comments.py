"""What do people say to each other about the work? Threads on an article, span or relation; how far each has read."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation_sets import AnnotationSet
from annotations.models.fields import UidField

LONGEST_COMMENT = 4000


class CommentQuerySet(models.QuerySet["Comment"]):
    """Chainable filters over comments."""

    def shown(self) -> "CommentQuerySet":
        """What is still there, and deleted beginnings of threads that others have answered."""
        answers = Comment.objects.filter(parent=models.OuterRef("pk"), deleted_at=None)
        return self.filter(Q(deleted_at=None) | Q(models.Exists(answers)))


class Comment(models.Model):
    """One thing said about an annotation set; without `parent` it begins a thread, with one it answers there.

    A thread is about the span `span_uid`, the relation `relation_uid`, or neither: the article as a whole. They are
    ids and no foreign keys, for a thread outlives what it is about, and finds it again when the deletion is undone.
    `about` keeps what was commented on as it stood then (queries/comments.py has its shape).
    """

    annotation_set = models.ForeignKey(
        AnnotationSet,
        db_index=False,
        verbose_name=_("annotation set"),
        on_delete=models.CASCADE,
        related_name="comments",
    )
    uid = UidField(editable=False)
    parent = models.ForeignKey(
        "self", verbose_name=_("answers"), null=True, blank=True, on_delete=models.CASCADE, related_name="answers"
    )
    span_uid = UidField(null=True, blank=True, editable=False, verbose_name=_("span"))
    relation_uid = UidField(null=True, blank=True, editable=False, verbose_name=_("relation"))
    about = models.JSONField(_("about"), default=dict, blank=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="comments",
    )  # fmt: skip
    text = models.TextField(_("text"), help_text=_("Plain text."))
    created_at = models.DateTimeField(_("time"), default=timezone.now)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("resolved by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["annotation_set", "uid"], name="comment_uid_once"),
            models.CheckConstraint(condition=Q(span_uid=None) | Q(relation_uid=None), name="comment_about_one_thing"),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(span_uid=None, relation_uid=None, resolved_at=None),
                name="comment_thread_says_what_about",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ReadMark(models.Model):
    """How far a person has read the comments of a set: all with an `id` up to `upto`."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, db_index=False, verbose_name=_("user"), on_delete=models.CASCADE, related_name="+"
    )
    annotation_set = models.ForeignKey(
        AnnotationSet, verbose_name=_("annotation set"), on_delete=models.CASCADE, related_name="read_marks"
    )
    upto = models.PositiveBigIntegerField(_("read up to"), default=0)

    class Meta:
        verbose_name = _("read mark")
        verbose_name_plural = _("read marks")
        constraints = [models.UniqueConstraint(fields=["user", "annotation_set"], name="read_mark_once")]

    def __str__(self) -> str:
        return f"{self.annotation_set_id} · {self.upto}"
