"""When and how are messages to webhooks sent? By the worker, signed, again and again with growing waits.

One task a webhook, so that one that does not answer keeps nobody else waiting. The next attempt of each message stands
in its row: a task that is lost with its worker is queued again from there.
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Min, Q
from django.tasks import TaskResultStatus, task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from annotations.actions.turns import write_turn
from annotations.actions.webhooks import KEPT_FOR, LEASE, WAITS, allowed_ports
from annotations.importers.addresses import Refused, is_public
from annotations.importers.post import Answer, post
from annotations.models import Delivery, DeliveryState, Webhook

SLICE_SECONDS = 4.0
TASKS_KEPT_FOR = timedelta(days=1)
GONE = 410
TAKEN = range(200, 300)


@task
def send_waiting(webhook: int) -> int:
    """Sends what is due to one webhook for a slice of time, queues the rest for its time; returns how many were taken.

    An address that can't be reached ends the slice: what else waits for it would only wait for the same silence.
    """
    taken, until = 0, time.monotonic() + SLICE_SECONDS
    while time.monotonic() < until and (delivery := _claim(webhook)) is not None:
        answer, problem = attempt(delivery)
        taken += answer is not None and answer.status in TAKEN
        conclude(delivery, answer, problem)
        if answer is None:
            _hold_back(webhook)
            break
    queue_next(webhook)
    return taken


def _claim(webhook: int) -> Delivery | None:
    """Takes the message that is due longest; until the lease is over nobody else sends it."""
    now = timezone.now()
    with write_turn():
        due = Delivery.objects.select_for_update(of=("self",)).filter(
            webhook=webhook, webhook__active=True, state=DeliveryState.WAITING, next_at__lte=now
        )
        delivery = due.order_by("next_at", "id").first()
        if delivery is None:
            return None
        delivery.attempts, delivery.next_at = delivery.attempts + 1, now + LEASE
        delivery.save(update_fields=["attempts", "next_at"])
    return Delivery.objects.select_related("webhook").get(pk=delivery.pk)


def attempt(delivery: Delivery) -> tuple[Answer | None, Refused | None]:
    """Sends a message once; returns the answer, or why there is none."""
    body, moment = body_of(delivery), int(time.time())
    headers = {
        "Content-Type": "application/json", "User-Agent": "Newsroom (webhook)", "webhook-id": delivery.uid,
        "webhook-timestamp": str(moment),
        "webhook-signature": signature(delivery.webhook.secret, delivery.uid, moment, body),
    }  # fmt: skip
    allowed = (lambda _address: True) if settings.WEBHOOK_PRIVATE_ADDRESSES else is_public
    try:
        return post(delivery.webhook.url, body, headers=headers, ports=allowed_ports(), allowed=allowed), None
    except Refused as refusal:
        return None, refusal


def body_of(delivery: Delivery) -> bytes:
    """Returns the bytes that are sent and signed: the same at each attempt, whatever the database does to the order."""
    return json.dumps(delivery.payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def signature(secret: str, uid: str, moment: int, body: bytes) -> str:
    """Returns the signature of Standard Webhooks: HMAC-SHA256 over id, time and body, by the secret's own bytes."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, b"%s.%d.%s" % (uid.encode(), moment, body), hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def conclude(delivery: Delivery, answer: Answer | None, problem: Refused | None) -> None:
    """Writes down what became of an attempt: taken, to be tried again later, or given up."""
    now = timezone.now()
    delivery.status_code = answer.status if answer else None
    if answer and answer.status in TAKEN:
        delivery.state, delivery.ended_at = DeliveryState.DELIVERED, now
        delivery.error, delivery.filling = "", {}
    else:
        delivery.error = answer.beginning if answer else problem.message if problem else ""
        delivery.filling = problem.data if problem else {}
        gone = answer is not None and answer.status == GONE
        if gone or delivery.attempts > len(WAITS):
            delivery.state, delivery.ended_at = DeliveryState.FAILED, now
        else:
            delivery.next_at = now + WAITS[delivery.attempts - 1]
    with write_turn():
        if delivery.status_code == GONE:
            Webhook.objects.filter(pk=delivery.webhook_id).update(active=False)
        delivery.save(update_fields=["state", "status_code", "error", "filling", "next_at", "ended_at"])


def _hold_back(webhook: int) -> None:
    """Lets what else is due to an address that did not answer wait as long as a first attempt would."""
    later = timezone.now() + WAITS[0]
    with write_turn():
        Delivery.objects.filter(webhook=webhook, state=DeliveryState.WAITING, next_at__lt=later).update(next_at=later)


def queue_written(sender: type[Webhook], webhooks: Iterable[int], **_signal: Any) -> None:
    """Queues the sending of what was just written, in the same transaction; receives `messages_written`."""
    for webhook in webhooks:
        _queue(webhook, at=None)


def queue_next(webhook: int) -> None:
    """Queues the next attempt for when it is due, if there is one to come."""
    waiting = Delivery.objects.filter(webhook=webhook, webhook__active=True, state=DeliveryState.WAITING)
    due = waiting.aggregate(at=Min("next_at"))["at"]
    if due is not None:
        _queue(webhook, at=due if due > timezone.now() else None)


def _queue(webhook: int, *, at: datetime | None) -> None:
    """Queues a task for a webhook unless one is queued that comes as soon."""
    queued = DBTaskResult.objects.filter(
        Q(run_after=get_date_max()) | Q(run_after__lte=at or timezone.now()), status=TaskResultStatus.READY,
        task_path=send_waiting.module_path, args_kwargs={"args": [webhook], "kwargs": {}},
    )  # fmt: skip
    with write_turn():
        if not queued.exists():
            send_waiting.using(run_after=at).enqueue(webhook)


def look_after() -> None:
    """Queues what is long due and has no task: its worker died."""
    lost = Delivery.objects.filter(
        state=DeliveryState.WAITING, webhook__active=True, next_at__lt=timezone.now() - LEASE
    )  # fmt: skip
    for webhook in lost.order_by().values_list("webhook", flat=True).distinct():
        _queue(webhook, at=None)


def tidy() -> None:
    """Forgets messages that ended long ago, and tasks that nobody reads any more."""
    now = timezone.now()
    Delivery.objects.filter(ended_at__lt=now - KEPT_FOR).delete()
    tasks = DBTaskResult.objects.finished().filter(task_path=send_waiting.module_path)
    tasks.filter(finished_at__lt=now - TASKS_KEPT_FOR).delete()
