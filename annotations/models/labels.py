"""What can be said: a project's labels, and those said of a whole article."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from jsonschema import Draft202012Validator, SchemaError

from annotations.kinds.base import SLOTS
from annotations.kinds.soundness import searches
from annotations.models.annotation_sets import AnnotationSet
from annotations.models.knowledge import Topic
from annotations.models.projects import Project


class LabelKind(models.TextChoices):
    """What a label is given to, and what it may hold (annotations/kinds has the rules)."""

    ENTITY = "entity", _("entity")
    CLAIM = "claim", _("claim")
    CUE = "cue", _("cue")
    EXPRESSION = "expression", _("expression")
    ATTRIBUTION = "attribution", _("attribution")
    STANCE = "stance", _("stance")
    RELATION = "relation", _("relation")
    ARTICLE = "article", _("article label")


class LabelQuerySet(models.QuerySet["Label"]):
    """Chainable filters over labels."""

    def active(self) -> "LabelQuerySet":
        """Labels that may still be given: not archived."""
        return self.filter(archived_at=None)


class Label(models.Model):
    """One label of a project's scheme: its kind, ASCII key, titles, look, attributes and allowed ends.

    `attributes` is a JSON Schema of an object. `ends` holds, for relation kinds, lists under `head`, `via`
    and `tail` of what may stand there: a label key, `@kind` for any label of a kind, `@topic`, `@article`,
    `@implicit`.
    """

    project = models.ForeignKey(
        Project, db_index=False, verbose_name=_("project"), on_delete=models.CASCADE, related_name="labels"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=LabelKind.choices)
    key = models.CharField(
        _("key"), max_length=40,
        validators=[RegexValidator(r"^[A-Za-z][A-Za-z0-9_.-]*\Z", _("ASCII letters, digits, _ . - only."))],
    )  # fmt: skip
    title_fa = models.CharField(_("Persian title"), max_length=80)
    title_en = models.CharField(_("English title"), max_length=80)
    color = models.CharField(_("colour"), max_length=20, default="slate")
    shortcut = models.CharField(_("shortcut"), max_length=20, blank=True, help_text=_("A KeyboardEvent.code."))
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)
    ends = models.JSONField(_("allowed ends"), default=dict, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    objects = LabelQuerySet.as_manager()

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], name="label_key_once"),
            models.UniqueConstraint(
                fields=["project", "shortcut"],
                condition=models.Q(archived_at=None) & ~models.Q(shortcut=""),
                name="label_shortcut_once",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=LabelKind.values), name="label_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.key} · {self.title_fa}"

    def clean(self) -> None:
        """Refuses attributes that are no JSON Schema, and ends that are no lists by slot."""
        try:
            Draft202012Validator.check_schema(self.attributes)
        except SchemaError as error:
            raise ValidationError({"attributes": error.message}) from error
        if searched := searches(self.attributes):
            raise ValidationError({"attributes": searched})
        slots = self.ends.items() if isinstance(self.ends, dict) else [("", None)]
        if not all(slot in SLOTS and isinstance(allowed, list) for slot, allowed in slots):
            raise ValidationError({"ends": _("Lists of what may stand there, under head, via and tail.")})


class ArticleLabel(models.Model):
    """A value of a document label in one annotation set, of the article or of its relation to a topic."""

    annotation_set = models.ForeignKey(
        AnnotationSet,
        db_index=False,
        verbose_name=_("annotation set"),
        on_delete=models.CASCADE,
        related_name="article_labels",
    )
    label = models.ForeignKey(Label, verbose_name=_("label"), on_delete=models.PROTECT, related_name="article_labels")
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), null=True, blank=True, on_delete=models.PROTECT, related_name="article_labels"
    )
    value = models.CharField(_("value"), max_length=80)

    class Meta:
        verbose_name = _("article label")
        verbose_name_plural = _("article labels")
        constraints = [
            models.UniqueConstraint(fields=["annotation_set", "label", "topic"], name="article_label_topic_once"),
            models.UniqueConstraint(
                fields=["annotation_set", "label"],
                condition=models.Q(topic=None),
                name="article_label_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label.key} = {self.value}"
