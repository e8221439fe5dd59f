"""How far do a project's people agree, as it was last measured?"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.models.jobs import Job
from annotations.models.projects import Project


class AgreementReport(models.Model):
    """The figures of one measuring, or the count so far of one that still runs: then `made_at` is null.

    `fingerprint` says which finished sets it was computed from (queries/agreement.py). `result` and `examples` are what
    annotations/agreement/plain.py makes, `state` what state.py does; examples are kept of the newest report only.
    """

    project = models.ForeignKey(
        Project, db_index=False, verbose_name=_("project"), on_delete=models.CASCADE,
        related_name="agreement_reports",
    )  # fmt: skip
    job = models.OneToOneField(
        Job, verbose_name=_("job"), null=True, on_delete=models.SET_NULL, related_name="agreement_report"
    )
    made_at = models.DateTimeField(_("made"), null=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=120)
    result = models.JSONField(_("result"), default=dict)
    examples = models.JSONField(_("examples"), default=list)
    state = models.BinaryField(_("count so far"), default=b"", editable=False)

    class Meta:
        verbose_name = _("agreement report")
        verbose_name_plural = _("agreement reports")
        ordering = ["-id"]
        indexes = [models.Index(fields=["project", "made_at"], name="agreement_by_project")]

    def __str__(self) -> str:
        return f"{self.project} · {self.made_at or '…'}"
