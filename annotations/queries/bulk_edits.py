"""What has a person changed in many sets at once, and what of it can still be taken back?"""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from annotations import policy
from annotations.models import BulkEdit, Project, User

# For so long a page offers to take the newest one back; whoever knows its id may do so later.
OFFERED_FOR = timedelta(days=1)


def own_edits(project: Project, *, by: User) -> QuerySet[BulkEdit]:
    """The person's bulk edits in a project, the newest first."""
    return policy.own_bulk_edits(by).filter(project=project).order_by("-pk")


def to_take_back(project: Project, *, by: User) -> BulkEdit | None:
    """Returns the newest edit that changed something, is not undone and not long ago."""
    rows = own_edits(project, by=by).filter(undone_at=None, created_at__gte=timezone.now() - OFFERED_FOR)
    return rows.exclude(parts=None).first()


def tally(edit: BulkEdit) -> dict[str, Any]:
    """Counts what an edit did: things made, changed and deleted, in how many sets, and what was refused, by reason."""
    counted: dict[str, Any] = {"new": 0, "changed": 0, "deleted": 0, "sets": 0, "refused": {}}
    for changes, refusals in edit.parts.values_list("changes", "refusals").iterator(chunk_size=200):
        counted["sets"] += bool(changes)
        for change in changes:
            verb = "new" if change["before"] is None else "changed" if change["after"] else "deleted"
            counted[verb] += 1
        for refusal in refusals:
            counted["refused"][refusal["reason"]] = counted["refused"].get(refusal["reason"], 0) + 1
    return counted
