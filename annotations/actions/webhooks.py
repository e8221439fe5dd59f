"""Which other programs hear of what happened? Their messages are written in the transaction of what happened.

A message lies in the database before anybody is asked over the network; annotations/jobs/deliveries.py sends it.
"""

import base64
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.dispatch import Signal
from django.utils import timezone

from annotations.actions.turns import write_turn
from annotations.errors import NewsroomError, gettext_noop
from annotations.importers.addresses import PORTS, target_of
from annotations.models import Delivery, DeliveryState, Job, Membership, Project, Release, StatusChange, User, Webhook
from annotations.models.fields import new_uid

# What a webhook can ask for, with its title; `ping` is sent to whoever asks for it by the button.
EVENTS = {
    "set.moved": gettext_noop("work on an article was begun, handed in, accepted, returned, …"),
    "articles.imported": gettext_noop("articles were brought in"),
    "job.ended": gettext_noop("a job ended"),
    "release.sealed": gettext_noop("a release was sealed"),
}
PING = "ping"
# How long after each failed attempt the next one comes; after the last of them the message is given up.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
# So long a sender may take for one attempt before another may try.
LEASE = timedelta(minutes=2)
KEPT_FOR = timedelta(days=30)
ANY_PORT = range(1, 65536)

# Sent in the transaction that wrote messages: `webhooks`, the ids of those they are for.
messages_written = Signal()


class EventUnknown(NewsroomError):
    """Raised for an event that nothing is ever sent for."""

    def __init__(self, *, event: str) -> None:
        super().__init__(
            code="event_unknown",
            message=gettext_noop("There is no event «{event}»."),
            hint=gettext_noop("Choose one of: {known}."),
            data={"event": event, "known": ", ".join(EVENTS)},
        )


def make_webhook(project: Project, *, url: str, events: Iterable[str], by: User) -> Webhook:
    """Makes a webhook with a secret of its own, which is shown once. Raises Refused or EventUnknown.

    An empty list of events means all of them.
    """
    check_address(url)
    row = Webhook(project=project, url=url, events=_known(events), by=by, secret=new_secret())
    with write_turn():
        row.save()
    return row


def change_webhook(
    webhook: Webhook, *, url: str | None = None, events: Iterable[str] | None = None, active: bool | None = None
) -> Webhook:
    """Changes what is named; what waits for an address that was changed goes to the new one."""
    given = {"url": url, "events": events, "active": active}
    if url is not None:
        check_address(url)
        webhook.url = url
    if events is not None:
        webhook.events = _known(events)
    if active is not None:
        webhook.active = active
    with write_turn():
        webhook.save(update_fields=[field for field, value in given.items() if value is not None])
        if active:
            messages_written.send(Webhook, webhooks=[webhook.pk])
    return webhook


def delete_webhook(webhook: Webhook) -> None:
    """Takes a webhook away with its messages; what was not sent yet never is."""
    with write_turn():
        webhook.delete()


def renew_secret(webhook: Webhook) -> str:
    """Gives a webhook another secret; from now on what is sent is signed with it."""
    webhook.secret = new_secret()
    with write_turn():
        webhook.save(update_fields=["secret"])
    return webhook.secret


def new_secret() -> str:
    """Returns a secret as Standard Webhooks writes it: `whsec_` and 32 random bytes in base64."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def allowed_ports() -> Sequence[int]:
    """Returns the ports that messages may go to: the web's, and all where the site's own network may be meant."""
    return ANY_PORT if settings.WEBHOOK_PRIVATE_ADDRESSES else PORTS


def check_address(url: str) -> None:
    """Refuses what is no address of the web; what its name resolves to is judged at each attempt. Raises Refused."""
    target_of(url, ports=allowed_ports())


def _known(events: Iterable[str]) -> list[str]:
    chosen = list(dict.fromkeys(events))
    for event in chosen:
        if event not in EVENTS:
            raise EventUnknown(event=event)
    return [] if set(chosen) == set(EVENTS) else chosen


def send_move(change: StatusChange) -> None:
    """Tells the project's webhooks that the work on a set moved on."""
    work = change.annotation_set

    def told() -> dict[str, Any]:
        return {
            "set": work.pk, "article": work.article_id, "kind": work.kind, "annotator": work.pseudonym,
            "transition": change.transition, "from": change.source, "to": change.target,
            "by": _pseudonym(change.actor, work.project_id), "note": change.note, "batch": change.batch,
        }  # fmt: skip

    _write(work.project_id, "set.moved", told, at=change.at)


def send_articles(sender: type[Project], project: Project, articles: list[int], **_signal: Any) -> None:
    """Tells the project's webhooks of new articles; receives `articles_stored`."""
    _write(project.pk, "articles.imported", lambda: {"articles": articles}, at=timezone.now())


def send_job(job: Job) -> None:
    """Tells the webhooks of a job's project that it ended."""
    if job.project_id is None:
        return

    def told() -> dict[str, Any]:
        return {"job": job.pk, "kind": job.kind, "state": job.state, "counts": job.counts}

    _write(job.project_id, "job.ended", told, at=job.finished_at or timezone.now())


def send_release(release: Release) -> None:
    """Tells the project's webhooks that a release is there to be downloaded."""

    def told() -> dict[str, Any]:
        return {"release": release.name, "id": release.uid, "sha256": release.sha256, "counts": release.counts}

    _write(release.project_id, "release.sealed", told, at=release.sealed_at or timezone.now())


def send_ping(webhook: Webhook) -> Delivery:
    """Writes a message that only tests the way, to this webhook alone."""
    with write_turn():
        row = _message(webhook, PING, {"webhook": webhook.pk}, at=timezone.now())
        row.save()
        messages_written.send(Webhook, webhooks=[webhook.pk])
    return row


def send_again(delivery: Delivery) -> Delivery:
    """Puts a message back among those that wait, under the same id, with all its attempts before it."""
    with write_turn():
        Delivery.objects.filter(pk=delivery.pk).exclude(state=DeliveryState.WAITING).update(
            state=DeliveryState.WAITING, attempts=0, next_at=timezone.now(), ended_at=None
        )
        messages_written.send(Webhook, webhooks=[delivery.webhook_id])
    delivery.refresh_from_db()
    return delivery


def _write(project_id: int, event: str, told: Callable[[], dict[str, Any]], *, at: datetime) -> None:
    """Writes a message for each webhook that asks for the event; `told` is asked only where there is one."""
    wanting = [
        webhook
        for webhook in Webhook.objects.filter(project=project_id, active=True).select_related("project")
        if not webhook.events or event in webhook.events
    ]
    if not wanting:
        return
    data = told()
    Delivery.objects.bulk_create(_message(webhook, event, data, at=at) for webhook in wanting)
    messages_written.send(Webhook, webhooks=[webhook.pk for webhook in wanting])


def _message(webhook: Webhook, event: str, data: dict[str, Any], *, at: datetime) -> Delivery:
    uid = new_uid()
    body = {"id": uid, "type": event, "timestamp": at.isoformat(), "project": webhook.project.slug, "data": data}
    return Delivery(uid=uid, webhook=webhook, event=event, payload=body)


def _pseudonym(user: User | None, project_id: int) -> str | None:
    if user is None:
        return None
    found = Membership.objects.filter(project=project_id, user=user).values_list("pseudonym", flat=True).first()
    return found or "admin"
