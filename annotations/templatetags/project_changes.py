"""How does a change of a project read? «overlap: 2 → 3», or who came, went, or does something else now."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from django import template
from django.db.models import Field
from django.utils.translation import gettext as _

from annotations.models import Project, ProjectChange, QueueOrder, Role
from annotations.templatetags.newsroom import decimal, typed_day

register = template.Library()


class ChangeLine(NamedTuple):
    """One thing that changed: what, before, after; `who` is the member it is about."""

    at: datetime
    by: str
    what: str
    who: str
    before: str
    after: str


@register.filter
def change_lines(changes: Iterable[ProjectChange]) -> list[ChangeLine]:
    """Returns a line for each field of each change."""
    return [_line(change, field, *values) for change in changes for field, values in change.changes.items()]


def _line(change: ProjectChange, field: str, before: Any, after: Any) -> ChangeLine:
    by = change.by.display_name if change.by else ""
    if field == "role":
        who = change.member.display_name if change.member else "–"
        names = [str(Role(value).label) if value in Role.values else "" for value in (before, after)]
        what = _("came") if before is None else _("went") if after is None else _("role")
        return ChangeLine(change.at, by, what, who, *names)
    return ChangeLine(change.at, by, _name(field), "", _value(field, before), _value(field, after))


def _name(field: str) -> str:
    if field == "archived":
        return _("put away")
    found = Project._meta.get_field(field)
    return str(found.verbose_name) if isinstance(found, Field) else field


def _value(field: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field == "deadline":
        return typed_day(date.fromisoformat(value))
    if field == "queue_order" and value in QueueOrder.values:
        return str(QueueOrder(value).label)
    return decimal(str(value)) if isinstance(value, int | float) else str(value)[:80]
