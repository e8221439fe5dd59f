"""How do spans stand to each other? A relation of three slots carries attribution and stance alike."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation_sets import AnnotationSet
from annotations.models.fields import UidField
from annotations.models.knowledge import Topic
from annotations.models.labels import Label
from annotations.models.spans import Span

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable
    from django_stubs_ext import StrPromise

SLOTS = ("head", "via", "tail")


class EndKind(models.TextChoices):
    """What may stand in a slot."""

    NONE = "", _("nothing")
    SPAN = "span", _("span")
    TOPIC = "topic", _("topic")
    ARTICLE = "article", _("the article itself")
    IMPLICIT = "implicit", _("implicit")


def _kind(verbose_name: "StrPromise") -> "models.CharField[str | Combinable, str]":
    return models.CharField(verbose_name, max_length=8, choices=EndKind.choices, default=EndKind.NONE, blank=True)


def _span(verbose_name: "StrPromise") -> "models.ForeignKey[Span | Combinable | None, Span | None]":
    # PROTECT: a span that relations stand on is deleted after them, by operations that can be undone one by one.
    return models.ForeignKey(
        Span, verbose_name=verbose_name, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


def _topic(verbose_name: "StrPromise") -> "models.ForeignKey[Topic | Combinable | None, Topic | None]":
    return models.ForeignKey(
        Topic, verbose_name=verbose_name, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


def _whole(slot: str) -> models.CheckConstraint:
    """A slot's span is given exactly when its kind says so, and so is its topic."""
    plain = [EndKind.ARTICLE, EndKind.IMPLICIT] + ([EndKind.NONE] if slot == "via" else [])
    return models.CheckConstraint(
        condition=Q(**{f"{slot}_kind": "span", f"{slot}_span__isnull": False, f"{slot}_topic": None})
        | Q(**{f"{slot}_kind": "topic", f"{slot}_topic__isnull": False, f"{slot}_span": None})
        | Q(**{f"{slot}_kind__in": plain, f"{slot}_span": None, f"{slot}_topic": None}),
        name=f"relation_{slot}_whole",
    )


class Relation(models.Model):
    """head – via – tail: attribution is claim – cue – source, stance is holder – expression – target."""

    annotation_set = models.ForeignKey(
        AnnotationSet,
        db_index=False,
        verbose_name=_("annotation set"),
        on_delete=models.CASCADE,
        related_name="relations",
    )
    uid = UidField(editable=False)
    label = models.ForeignKey(Label, verbose_name=_("label"), on_delete=models.PROTECT, related_name="relations")
    head_kind = _kind(_("kind of head"))
    head_span = _span(_("head"))
    head_topic = _topic(_("head (topic)"))
    via_kind = _kind(_("kind of middle"))
    via_span = _span(_("middle"))
    via_topic = _topic(_("middle (topic)"))
    tail_kind = _kind(_("kind of tail"))
    tail_span = _span(_("tail"))
    tail_topic = _topic(_("tail (topic)"))
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["annotation_set", "uid"], name="relation_uid_once"),
            *[_whole(slot) for slot in SLOTS],
        ]

    def __str__(self) -> str:
        return f"{self.label_id} · {self.uid}"
