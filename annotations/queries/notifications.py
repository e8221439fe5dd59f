"""What was a person told, newest first, and how much of it have they not read?"""

from dataclasses import dataclass

from django.db.models import QuerySet

from annotations import policy
from annotations.models import Notification, User

PAGE = 30
# The bell counts no further.
MOST_COUNTED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationsPage:
    """Notifications newest first; `older` is the id to go on below, None where the list ends."""

    rows: list[Notification]
    older: int | None


def notifications_page(user: User, *, unread: bool = False, before: int | None = None) -> NotificationsPage:
    """Reads a page of what the person was told, with what each line shows."""
    rows = with_lines(policy.own_notifications(user))
    if unread:
        rows = rows.filter(read_at=None)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return NotificationsPage(rows=found[:PAGE], older=found[PAGE - 1].pk if len(found) > PAGE else None)


def with_lines(rows: QuerySet[Notification]) -> QuerySet[Notification]:
    """Adds what the line of a notification shows, so that a page of them costs two queries."""
    article = "annotation_set__article"
    lines = rows.select_related("actor", "comment", "job__project", "annotation_set__project", article)
    return lines.prefetch_related("job__files").defer(f"{article}__text", f"{article}__sections")


def unread_count(user: User) -> int:
    """How much the person has not read, up to MOST_COUNTED."""
    return policy.own_notifications(user).filter(read_at=None)[:MOST_COUNTED].count()


def actor_name(notification: Notification) -> str:
    """Who did it, as the person told may know them: the annotator of a set by their pseudonym."""
    work, actor = notification.annotation_set, notification.actor
    if actor is None:
        return ""
    if work is not None and actor.pk == work.annotator_id:
        return work.pseudonym
    return actor.display_name
