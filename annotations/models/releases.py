"""Which data sets were cut from a project? Immutable once sealed; their files lie in the storage `releases`."""

from django.core.files.storage import Storage, storages
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.models.fields import UidField, done_by, new_uid
from annotations.models.jobs import Job
from annotations.models.projects import Project


def release_storage() -> Storage:
    """Returns where the files of releases lie: on this machine, or where RELEASE_STORAGE says."""
    return storages["releases"]


# A release's name stands in addresses and in file names.
NAME = RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9_.-]*\Z", _("ASCII letters, digits, _ . - only."))


class Release(models.Model):
    """A frozen choice of a project's articles and work, in files with their sums; without `sealed_at` being built.

    `filter` are the parameters of the export (queries/selection.py), `split` is a plan of releases/splits.py. `scheme`
    is the label scheme as it was when the records were read, and so are the two versions. `counts`, `agreement`,
    `losses` and `difference` (to `previous`) are what the builder found; `sha256` is the sum of the manifest, which has
    the sum of each file: who knows it can check everything.
    """

    uid = UidField(unique=True, default=new_uid, editable=False)
    project = models.ForeignKey(
        Project, db_index=False, verbose_name=_("project"), on_delete=models.PROTECT, related_name="releases"
    )
    name = models.CharField(_("name"), max_length=40, validators=[NAME])
    note = models.TextField(_("note"), blank=True, help_text=_("Markdown."))
    authors = models.JSONField(_("authors"), default=list, blank=True)
    license = models.CharField(_("licence"), max_length=60, blank=True, help_text=_("An SPDX identifier."))
    dated = models.DateField(_("date"))
    filter = models.JSONField(_("filter"), default=dict, blank=True)
    formats = models.JSONField(_("formats"), default=list)
    split = models.JSONField(_("split"), default=dict)
    scheme = models.JSONField(_("label scheme"), default=list)
    scheme_version = models.PositiveIntegerField(_("version of the label scheme"))
    guideline_version = models.PositiveIntegerField(_("guideline version"))
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    agreement = models.JSONField(_("agreement"), default=dict, blank=True)
    losses = models.JSONField(_("losses"), default=dict, blank=True)
    previous = models.ForeignKey(
        "self", verbose_name=_("previous release"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    difference = models.JSONField(_("difference"), default=dict, blank=True)
    sha256 = models.CharField(_("sum of the manifest"), max_length=64, blank=True)
    job = models.OneToOneField(
        Job, verbose_name=_("job"), null=True, blank=True, on_delete=models.SET_NULL, related_name="release"
    )
    by = done_by()
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    sealed_at = models.DateTimeField(_("sealed"), null=True, blank=True)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["project", "name"], name="release_name_once")]

    def __str__(self) -> str:
        return f"{self.project.slug} {self.name}"


def _place(file: "ReleaseFile", name: str) -> str:
    """Under the release's id, and there in a folder of its own: what was written once is never written over.

    A builder that was taken for dead and wakes up would otherwise write into files of a release that is sealed.
    """
    return f"{file.release.uid}/{new_uid()}/{file.path}"


class ReleaseFile(models.Model):
    """A file of a release; `path` is its name there, such as `jsonl/train.jsonl`; `content` knows where it lies."""

    release = models.ForeignKey(
        Release, db_index=False, verbose_name=_("release"), on_delete=models.CASCADE, related_name="files"
    )
    path = models.CharField(_("path"), max_length=120)
    media_type = models.CharField(_("type"), max_length=80)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    content = models.FileField(_("content"), upload_to=_place, storage=release_storage, max_length=200)

    class Meta:
        verbose_name = _("file of a release")
        verbose_name_plural = _("files of releases")
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["release", "path"], name="release_file_once")]

    def __str__(self) -> str:
        return self.path
