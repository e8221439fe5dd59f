"""How was each disagreement decided, and where does each annotation of the gold set come from?"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation_sets import AnnotationSet
from annotations.models.fields import UidField, done_by


class ErrorType(models.TextChoices):
    """Why annotators differed."""

    AMBIGUOUS = "ambiguous", _("ambiguous text")
    GUIDELINE = "guideline", _("gap in the guideline")
    ANNOTATOR = "annotator", _("annotator's error")
    EDGE_CASE = "edge_case", _("edge case")
    SUBJECTIVE = "subjective", _("subjective")


class Verdict(models.Model):
    """One decision of an adjudication: of the candidates for one unit of disagreement, what goes into the gold set.

    `unit` names the disagreement by what it is about and not by rows, so that a decision is found again when the sets
    change. `candidates` keeps what there was to choose from, `chosen` what was taken.
    """

    gold = models.ForeignKey(
        AnnotationSet, db_index=False, verbose_name=_("gold set"), on_delete=models.CASCADE, related_name="verdicts"
    )
    unit = models.CharField(_("unit"), max_length=80)
    kind = models.CharField(_("kind"), max_length=12)
    candidates = models.JSONField(_("candidates"), default=list)
    chosen = models.JSONField(_("chosen"), default=dict)
    error_type = models.CharField(_("error type"), max_length=10, choices=ErrorType.choices, blank=True)
    note = models.TextField(_("note"), blank=True)
    by = done_by()
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["gold", "unit"], name="verdict_once")]

    def __str__(self) -> str:
        return f"{self.gold_id} · {self.kind}"


class Provenance(models.Model):
    """Where one annotation of a gold set comes from.

    `sources` lists the sets it was taken from and the ids it had there: `[[set id, annotation uid], …]`, empty for what
    the adjudicator wrote. Without `verdict` it was agreed by all and taken over.
    """

    gold = models.ForeignKey(
        AnnotationSet, db_index=False, verbose_name=_("gold set"), on_delete=models.CASCADE, related_name="provenances"
    )
    uid = UidField(editable=False)
    sources = models.JSONField(_("sources"), default=list)
    verdict = models.ForeignKey(
        Verdict, verbose_name=_("verdict"), null=True, blank=True, on_delete=models.SET_NULL, related_name="provenances"
    )

    class Meta:
        verbose_name = _("provenance")
        verbose_name_plural = _("provenances")
        constraints = [models.UniqueConstraint(fields=["gold", "uid"], name="provenance_once")]

    def __str__(self) -> str:
        return f"{self.gold_id} · {self.uid}"


class AdjudicationStep(models.Model):
    """One step of an adjudication, as it is taken back: a decision, or all that was agreed at once.

    `uid` is made by the client: sent twice, it is done once. `unit` is empty for the agreed. `changes` holds
    `{"thing", "before", "after"}` of the gold set (annotations/kinds/undo.py), `before` the verdict and the provenances
    as they stood: `{"verdict": {…} or null, "provenances": [[uid, sources, with verdict], …]}`; `made` beside them
    lists the uids whose provenance the step wrote, `units` the units of the agreed.
    """

    gold = models.ForeignKey(
        AnnotationSet,
        db_index=False,
        verbose_name=_("gold set"),
        on_delete=models.CASCADE,
        related_name="adjudication_steps",
    )
    uid = UidField(editable=False)
    unit = models.CharField(_("unit"), max_length=80, blank=True)
    changes = models.JSONField(_("changes"), default=list)
    before = models.JSONField(_("before"), default=dict)
    by = done_by()
    at = models.DateTimeField(_("time"), default=timezone.now)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("step of an adjudication")
        verbose_name_plural = _("steps of adjudications")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["gold", "uid"], name="adjudication_step_once")]

    def __str__(self) -> str:
        return f"{self.gold_id} · {self.unit or '…'}"
