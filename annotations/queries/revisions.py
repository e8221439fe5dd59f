"""What has been done to an annotation set since a version? Its revisions in order, a bounded page at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from annotations.models import AnnotationSet, Revision

PAGE_OPERATIONS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One revision: the operations, without `op_id`, that led from the version before to `version`."""

    version: int
    op_id: str
    created_at: datetime
    operations: list[dict[str, Any]]


def steps_since(annotation_set: AnnotationSet, since: int, *, most: int = PAGE_OPERATIONS) -> list[Step]:
    """Returns the revisions after `since` up to the set's version as it was read, oldest first.

    The page ends with the revision that fills it: an import is one revision with all its operations, given whole.
    """
    if since >= annotation_set.version:
        return []
    steps: list[Step] = []
    held = 0
    for step in _steps(annotation_set, since, most):
        steps.append(step)
        held += len(step.operations)
        if held >= most:
            break
    return steps


def _steps(annotation_set: AnnotationSet, since: int, most: int) -> Iterator[Step]:
    rows = (
        Revision.objects.filter(
            annotation_set=annotation_set.pk, version__gt=since, version__lte=annotation_set.version
        )
        .order_by("version")
        .values_list("version", "op_id", "created_at", "operations")[:most]
    )
    for version, op_id, created_at, operations in rows.iterator(chunk_size=100):
        yield Step(version=version, op_id=op_id, created_at=created_at, operations=operations)


def operations_since(annotation_set: AnnotationSet, since: int, *, but: set[str]) -> Iterator[dict[str, Any]]:
    """Yields the stored operations of the revisions after `since`, except those of the given `op_id`s."""
    rows = Revision.objects.filter(annotation_set=annotation_set.pk, version__gt=since).order_by("version")
    for op_id, operations in rows.values_list("op_id", "operations").iterator(chunk_size=100):
        if op_id not in but:
            yield from operations
