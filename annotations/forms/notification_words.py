"""How does a notification read, and where does it lead?"""

from collections.abc import Callable
from typing import NamedTuple

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.errors import gettext_noop
from annotations.models import JobState, Notification, NotificationKind
from annotations.queries.notifications import actor_name

SENTENCES = {
    NotificationKind.RETURNED: gettext_noop("{who} returned your work"),
    NotificationKind.ACCEPTED: gettext_noop("{who} accepted your work"),
    NotificationKind.ASSIGNED: gettext_noop("{who} gave you an article"),
    NotificationKind.MENTION: gettext_noop("{who} mentioned you in a comment"),
    NotificationKind.ANSWER: gettext_noop("{who} answered in a thread of yours"),
}
SEVERAL = gettext_noop("{who} gave you several articles")
JOBS = {
    JobState.DONE: gettext_noop("«{what}» is done"),
    JobState.FAILED: gettext_noop("«{what}» has failed"),
}


class Notice(NamedTuple):
    """A notification as it is shown: what happened, to what, and the words that came with it."""

    notification: Notification
    sentence: SafeString
    about: str
    words: str


def notice_of(notification: Notification, *, job_title: Callable[[str], str]) -> Notice:
    """Returns the notification in the words of the interface; `job_title` returns the msgid of a kind of job."""
    return Notice(notification, _sentence(notification, job_title), _about(notification), _words(notification))


def address_of(notification: Notification) -> str:
    """Returns where a notification leads: the work, or the job."""
    if notification.job_id is not None:
        return reverse("job", args=[notification.job_id])
    if notification.annotation_set_id is not None:
        return reverse("workspace", args=[notification.annotation_set_id])
    return reverse("notifications")


def _sentence(notification: Notification, job_title: Callable[[str], str]) -> SafeString:
    if notification.job is not None:
        state = notification.data.get("state", JobState.DONE)
        return format_html(_(JOBS[state]), what=_(job_title(notification.job.kind)))
    who = format_html("<bdi>{}</bdi>", actor_name(notification) or _("Somebody"))
    if notification.data.get("sets", 1) > 1:
        return format_html(_(SEVERAL), who=who)
    return format_html(_(SENTENCES[NotificationKind(notification.kind)]), who=who)


def _about(notification: Notification) -> str:
    if notification.annotation_set is not None:
        return notification.annotation_set.article.headline
    files = notification.job.files.all() if notification.job is not None else ()
    return next((file.name for file in files), "")


def _words(notification: Notification) -> str:
    comment = notification.comment
    if comment is not None:
        return "" if comment.deleted_at else comment.text[:300]
    note: str = notification.data.get("note", "")
    return note
