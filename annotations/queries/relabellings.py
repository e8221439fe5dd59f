"""Which merges of labels were there in a project, which can be taken back, and where did they write?"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from annotations.models import Job, Project, Relabelling, RevisionStep, StepKind
from annotations.models.jobs import UNFINISHED


def steps_of(relabelling: Relabelling) -> QuerySet[RevisionStep]:
    """The steps that a merge wrote into the histories of sets."""
    rows = RevisionStep.objects.filter(annotation_set__project=relabelling.version.project_id, kind=StepKind.MERGE)
    return rows.filter(about__uid=relabelling.uid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a version of the scheme merged or took back, whether that can be taken back, and the job to look at."""

    relabelling: Relabelling
    may_go_back: bool
    job: Job | None


def merges_by_version(project: Project) -> dict[int, Merged]:
    """Returns the merges of a project by the number of the version that brought them, in one query."""
    undone = Relabelling.objects.filter(undoes=OuterRef("pk"))
    rows = Relabelling.objects.filter(version__project=project).select_related("version", "job", "undoes__version")
    return {
        row.version.number: Merged(
            relabelling=row, job=row.job, may_go_back=not row.undone and row.undoes_id is None and not _runs(row.job)
        )
        for row in rows.annotate(undone=Exists(undone)).defer("version__labels", "undoes__version__labels")
    }


def _runs(job: Job | None) -> bool:
    return job is not None and job.state in UNFINISHED


def latest_under_way(project: Project) -> Relabelling | None:
    """Returns the merge whose annotations are still on their way."""
    rows = Relabelling.objects.filter(version__project=project, job__state__in=UNFINISHED)
    return rows.select_related("job", "version").first()
