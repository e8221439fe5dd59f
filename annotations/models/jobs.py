"""What runs for long, how far has it come, what went wrong on the way, and is anybody there to run it?"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.fields import UidField, new_uid
from annotations.models.projects import Project


class JobState(models.TextChoices):
    """Where a job stands. A draft waits for its person's word; what is interrupted goes on from its last chunk."""

    DRAFT = "draft", _("not begun")
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")
    INTERRUPTED = "interrupted", _("interrupted")


ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
UNFINISHED = (JobState.WAITING, JobState.RUNNING, JobState.INTERRUPTED)


class Unit(models.TextChoices):
    """What `done` and `total` count."""

    RECORDS = "records", _("records")
    BYTES = "bytes", _("bytes")


class Job(models.Model):
    """A long run of one kind (annotations/jobs), in chunks that each commit their data together with `cursor`.

    Whoever runs it holds `lease`, a token that each chunk's transaction asks for again: a runner that was taken for
    dead and wakes up can't commit. `heartbeat` is when the runner was last known to live. `counts` are what became of
    the records, `pace` is where the present run began, for the rate. `message` is a msgid, `error` has what fills it.
    """

    uid = UidField(unique=True, default=new_uid, editable=False)
    kind = models.CharField(_("kind"), max_length=30)
    project = models.ForeignKey(
        Project, verbose_name=_("project"), null=True, blank=True, on_delete=models.CASCADE, related_name="jobs"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("started by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="jobs",
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=12, choices=JobState.choices, default=JobState.DRAFT)
    by_hand = models.BooleanField(_("run from the command line"), default=False)
    params = models.JSONField(_("parameters"), default=dict, blank=True)
    cursor = models.JSONField(_("cursor"), default=dict, blank=True)
    unit = models.CharField(_("unit"), max_length=8, choices=Unit.choices, default=Unit.RECORDS)
    done = models.PositiveBigIntegerField(_("done"), default=0)
    total = models.PositiveBigIntegerField(_("total"), null=True, blank=True)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    pace = models.JSONField(_("pace"), default=dict, blank=True)
    result = models.JSONField(_("result"), default=dict, blank=True)
    message = models.TextField(_("message"), blank=True)
    error = models.JSONField(_("error"), default=dict, blank=True)
    cancel_asked = models.BooleanField(_("cancelling asked for"), default=False)
    lease = models.CharField(max_length=36, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts without progress"), default=0)
    heartbeat = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    started_at = models.DateTimeField(_("begun"), null=True, blank=True)
    finished_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=JobState.values), name="job_state_known"),
            models.CheckConstraint(condition=models.Q(unit__in=Unit.values), name="job_unit_known"),
        ]
        indexes = [
            # Looked at every few seconds by workers and by the bar of each page.
            models.Index(
                fields=["state"], condition=models.Q(state__in=["waiting", "running", "interrupted"]),
                name="job_unfinished",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_ended(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state in ENDED

    @property
    def is_unfinished(self) -> bool:
        """Whether it runs, or is to run."""
        return self.state in UNFINISHED

    @property
    def own_project(self) -> Project:
        """The project that it works in. Raises Project.DoesNotExist for a job that has none."""
        if self.project is None:
            raise Project.DoesNotExist
        return self.project

    def count(self, name: str) -> int:
        """Returns one of the counts, 0 where nothing was counted."""
        counted: int = self.counts.get(name, 0)
        return counted


def _place(file: "JobFile", name: str) -> str:
    """Keeps the uploader's file name out of the paths."""
    return f"jobs/{file.job.uid}-{file.place}"


class JobFile(models.Model):
    """A file that a job reads: uploaded, or lying where the command line named it (`path`, and its `stamp` then)."""

    job = models.ForeignKey(Job, verbose_name=_("job"), on_delete=models.CASCADE, related_name="files", db_index=False)
    place = models.PositiveIntegerField(_("place"))
    name = models.CharField(_("name"), max_length=400)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    file = models.FileField(_("file"), upload_to=_place, blank=True)
    path = models.TextField(_("path"), blank=True)
    url = models.TextField(_("URL"), blank=True, help_text=_("The address it was fetched from."))
    stamp = models.CharField(_("stamp"), max_length=80, blank=True)
    importer = models.CharField(_("format"), max_length=40, blank=True)
    options = models.JSONField(_("options"), default=dict, blank=True)
    counts = models.JSONField(_("counts"), default=dict, blank=True)

    class Meta:
        verbose_name = _("file of a job")
        verbose_name_plural = _("files of jobs")
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["job", "place"], name="job_file_once")]

    def __str__(self) -> str:
        return self.name


class Severity(models.TextChoices):
    """Whether a record was lost, or stored with something to be said about it."""

    FAILURE = "failure", _("failure")
    REMARK = "remark", _("remark")


class JobProblem(models.Model):
    """What was wrong with one record, or noticed about it; the message is a msgid that `data` fills."""

    job = models.ForeignKey(
        Job, verbose_name=_("job"), on_delete=models.CASCADE, related_name="problems", db_index=False
    )
    file = models.PositiveIntegerField(_("file"), default=0)
    place = models.PositiveBigIntegerField(_("place"))
    severity = models.CharField(_("severity"), max_length=8, choices=Severity.choices)
    code = models.CharField(_("code"), max_length=80)
    message = models.TextField(_("message"))
    data = models.JSONField(_("data"), default=dict, blank=True)

    class Meta:
        verbose_name = _("problem of a job")
        verbose_name_plural = _("problems of jobs")
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=models.Q(severity__in=Severity.values), name="severity_known")]
        indexes = [
            models.Index(fields=["job", "id"], name="job_problem_in_order"),
            models.Index(fields=["job", "code", "id"], name="job_problem_by_code"),
        ]

    def __str__(self) -> str:
        return f"{self.place} · {self.code}"

    @property
    def filling(self) -> dict[str, Any]:
        """What fills the message's places."""
        return self.data if isinstance(self.data, dict) else {}


class WorkerMark(models.Model):
    """A worker that lives, and when it last said so; a worker that stops takes its mark away."""

    worker = models.CharField(_("worker"), max_length=64, unique=True)
    seen_at = models.DateTimeField(_("last sign of life"))

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self) -> str:
        return self.worker
