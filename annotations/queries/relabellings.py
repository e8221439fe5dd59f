"""Which merges of labels were there in a project, which can be taken back, and where did they write?"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from annotations.kinds.touch import touched
from annotations.models import (
    AnnotationSet,
    Job,
    Label,
    LabelKind,
    Project,
    Relabelling,
    Relation,
    Revision,
    RevisionStep,
    StepKind,
)
from annotations.models.jobs import UNFINISHED

BATCH = 500


def steps_of(relabelling: Relabelling) -> QuerySet[RevisionStep]:
    """The steps that a merge wrote into the histories of sets."""
    rows = RevisionStep.objects.filter(annotation_set__project=relabelling.version.project_id, kind=StepKind.MERGE)
    return rows.filter(about__uid=relabelling.uid)


def is_given_otherwise(relabelling: Relabelling, label: Label, bearers: QuerySet[Any]) -> bool:
    """Whether something bears a label that a merge did not give it, or that somebody has changed since.

    `bearers` are all that bear it. Sets in which nothing has happened since the merge are judged by their counts.
    """
    sets = bearers.order_by("annotation_set").values_list("annotation_set", flat=True).distinct()
    batches = batched(sets.iterator(chunk_size=BATCH), BATCH)
    return any(_holds_other(relabelling, label, bearers, ids) for ids in batches)


def _holds_other(relabelling: Relabelling, label: Label, bearers: QuerySet[Any], ids: Collection[int]) -> bool:
    steps: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    written = steps_of(relabelling).filter(about__into=label.key, annotation_set__in=ids)
    for set_id, first, last in written.values_list("annotation_set", "first", "last"):
        steps[set_id].append((first, last))
    bears = bearers.filter(annotation_set__in=ids).order_by().values_list("annotation_set").annotate(n=Count("pk"))
    versions = dict(AnnotationSet.objects.filter(pk__in=ids).values_list("pk", "version"))
    each = 2 if label.kind == LabelKind.ARTICLE else 1  # a document label takes two operations
    for set_id, n in bears:
        moved = sum(last - first + 1 for first, last in steps[set_id]) // each
        latest = max((last for _first, last in steps[set_id]), default=0)
        if n > moved or (versions[set_id] != latest and _touched_since(label, bearers, set_id, steps[set_id])):
            return True
    return False


def _touched_since(label: Label, bearers: QuerySet[Any], set_id: int, steps: list[tuple[int, int]]) -> bool:
    """Whether a set has a bearer of a label that the steps did not touch, or that was touched again after them."""
    first = min(begin for begin, _end in steps)
    rows = Revision.objects.filter(annotation_set=set_id, version__gte=first).values_list("version", "operations")
    by_steps: set[str] = set()
    since: set[str] = set()
    for version, operations in rows.iterator():
        inside = any(begin <= version <= end for begin, end in steps)
        for operation in operations:
            (by_steps if inside else since).add(touched(operation)[0])
    things = _things(label, bearers.filter(annotation_set=set_id))
    return any(thing not in by_steps or thing in since for thing in things)


def _things(label: Label, bearers: QuerySet[Any]) -> Iterator[str]:
    """Names what bears a label as histories do (kinds/touch.py)."""
    if label.kind == LabelKind.ARTICLE:
        return (f"label:{label.key}|{topic or ''}" for topic in bearers.values_list("topic__key", flat=True))
    noun = "relation" if bearers.model is Relation else "span"
    return (f"{noun}:{uid}" for uid in bearers.values_list("uid", flat=True))


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
