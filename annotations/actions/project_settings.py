"""How does a project come to be set otherwise? Field by field, at once, and written down with what stood before."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from annotations.actions.turns import write_turn
from annotations.models import Project, ProjectChange, User

# What a manager may change later, in the order in which it is shown.
FIELDS = (
    "title", "title_en", "description", "overlap", "self_assign", "queue_order", "timeout_hours", "blind",
    "reviewer_not_author", "deadline", "threshold",
)  # fmt: skip
ARCHIVED = "archived"


def changes_of(project: Project, wanted: dict[str, Any]) -> dict[str, list[Any]]:
    """Returns before and after of each field that would change, as JSON; `archived` is true or false."""
    stands = {name: getattr(project, name) for name in FIELDS} | {ARCHIVED: project.archived_at is not None}
    return {
        name: [_plain(stands[name]), _plain(value)]
        for name, value in wanted.items()
        if name in stands and _plain(stands[name]) != _plain(value)
    }


def change_settings(project: Project, *, by: User, **wanted: Any) -> dict[str, list[Any]]:
    """Sets the fields named and returns what changed; the values must be valid ones, as a form leaves them."""
    with write_turn():
        locked = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        changes = changes_of(locked, wanted)
        if changes:
            for name in changes:
                if name == ARCHIVED:
                    locked.archived_at = timezone.now() if wanted[name] else None
                else:
                    setattr(locked, name, wanted[name])
            locked.save(update_fields=["archived_at" if name == ARCHIVED else name for name in changes])
            ProjectChange.objects.create(project=locked, by=by, changes=changes)
    project.refresh_from_db()
    return changes


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
