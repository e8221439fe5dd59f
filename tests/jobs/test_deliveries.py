"""Messages to webhooks, against a real server on this machine: signed, tried again, never lost, never in the way."""

import base64
import hashlib
import hmac
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from annotations.actions import jobs
from annotations.actions.import_jobs import draft_import
from annotations.actions.transitions import NoteNeeded, move
from annotations.actions.turns import write_turn
from annotations.actions.webhooks import (
    LEASE,
    WAITS,
    EventUnknown,
    change_webhook,
    make_webhook,
    new_secret,
    send_again,
    send_ping,
)
from annotations.importers.addresses import Refused
from annotations.jobs import deliveries
from annotations.models import AnnotationSet, Delivery, DeliveryState, Job, JobState, StatusChange, Webhook
from tests.factories import Cast, make_article, make_cast, make_set
from tests.importers.servers import Web, send, web
from tests.shape.files import ROOT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("_without_analyses", "_own_network")]
Received = list[tuple[dict[str, str], bytes]]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def _own_network(settings: Any) -> None:
    """Lets messages go to this machine."""
    settings.WEBHOOK_PRIVATE_ADDRESSES = True


@contextmanager
def receiver(answer: Callable[[int], int] = lambda _count: 200, body: bytes = b"ok") -> Iterator[tuple[Web, Received]]:
    """Serves and notes what comes; `answer` gives the status of the nth message."""
    received: Received = []

    def take(handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers["Content-Length"])
        received.append(({name.lower(): value for name, value in handler.headers.items()}, handler.rfile.read(length)))
        send(handler, body, status=answer(len(received)))

    with web(take) as server:
        yield server, received


def hooked(cast: Cast, server: Web, **fields: Any) -> Webhook:
    url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    return make_webhook(cast.project, url=url, by=cast.manager, **({"events": []} | fields))


def work() -> None:
    """Runs the worker until nothing is due."""
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)


def pass_time(delivery: Delivery | None = None) -> None:
    """Lets all that waits be due."""
    now = timezone.now() - timedelta(seconds=1)
    Delivery.objects.filter(state=DeliveryState.WAITING).update(next_at=now)
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=now)


def accept_in_vain(done: AnnotationSet, cast: Cast) -> None:
    """Accepts work in a transaction that does not commit."""
    with write_turn():
        move(done, "accept", by=cast.reviewer)
        raise DatabaseError


def test_a_transition_arrives_signed_by_the_worker(cast: Cast) -> None:
    with receiver() as (server, received):
        hook = hooked(cast, server)
        article_set = make_set(cast)
        move(article_set, "submit", by=cast.annotator)
        assert received == []
        work()
    messages = [json.loads(body) for _headers, body in received]
    assert {message["type"] for message in messages} == {"articles.imported", "set.moved"}
    headers, body = next(one for one in received if json.loads(one[1])["type"] == "set.moved")
    told = json.loads(body)
    assert told["project"] == "test"
    assert told["data"] == {
        "set": article_set.pk, "article": article_set.article_id, "kind": "annotator",
        "annotator": article_set.pseudonym, "transition": "submit", "from": "assigned", "to": "submitted",
        "by": article_set.pseudonym, "note": "", "batch": None,
    }  # fmt: skip
    delivery = Delivery.objects.get(event="set.moved")
    assert headers["webhook-id"] == told["id"] == delivery.uid
    assert headers["content-type"] == "application/json"
    signed = b"%s.%s.%s" % (headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body)
    key = base64.b64decode(hook.secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert (delivery.state, delivery.status_code, delivery.attempts) == (DeliveryState.DELIVERED, 200, 1)


def test_the_receiver_that_the_documents_show_believes_what_is_genuine_alone(cast: Cast) -> None:
    shown = re.search(r"```python\n(.*?)```", (ROOT / "docs/notifications.md").read_text(encoding="utf-8"), re.DOTALL)
    assert shown
    documented: dict[str, Any] = {}
    exec(shown[1], documented)
    is_genuine = documented["is_genuine"]
    with receiver() as (server, received):
        hook = hooked(cast, server)
        send_ping(hook)
        work()
    headers, body = received[0]
    assert is_genuine(hook.secret, headers, body)
    assert not is_genuine(hook.secret, headers, body + b" ")
    assert not is_genuine(new_secret(), headers, body)
    assert not is_genuine(hook.secret, headers | {"webhook-id": "other"}, body)
    assert not is_genuine(hook.secret, headers | {"webhook-timestamp": "1"}, body)
    old = str(int(headers["webhook-timestamp"]) - 301)
    signed = deliveries.signature(hook.secret, headers["webhook-id"], int(old), body)
    assert not is_genuine(hook.secret, headers | {"webhook-timestamp": old, "webhook-signature": signed}, body)


def test_a_message_stands_or_falls_with_what_it_tells_of(cast: Cast) -> None:
    with receiver() as (server, _received):
        hooked(cast, server, events=["set.moved"])
        done = make_set(cast)
        move(done, "submit", by=cast.annotator)
        with pytest.raises(NoteNeeded):
            move(done, "return", by=cast.reviewer)
        with pytest.raises(DatabaseError):
            accept_in_vain(done, cast)
    assert Delivery.objects.count() == StatusChange.objects.filter(transition="submit").count() == 1
    assert not StatusChange.objects.exclude(transition__in=("assign", "submit")).exists()
    assert DBTaskResult.objects.count() == 1


def test_events_go_to_whom_they_were_asked_for(cast: Cast) -> None:
    with receiver() as (server, received):
        hooked(cast, server, events=["job.ended"])
        hooked(cast, server, events=["set.moved"]).delete()
        change_webhook(hooked(cast, server), active=False)
        job = draft_import(cast.project, by=cast.manager)
        move(make_set(cast), "submit", by=cast.annotator)
        Job.objects.filter(pk=job.pk).update(state=JobState.WAITING)
        held = jobs.claim(job.pk)
        assert held is not None
        jobs.let_go(held, JobState.DONE)
        work()
    assert [json.loads(body)["data"] for _headers, body in received] == [
        {"job": job.pk, "kind": "import", "state": "done", "counts": {}}
    ]


def test_an_article_that_was_brought_in_is_told_by_its_id(cast: Cast) -> None:
    with receiver() as (server, received):
        hooked(cast, server, events=["articles.imported"])
        article = make_article(cast.project)
        work()
    assert [json.loads(body)["data"] for _headers, body in received] == [{"articles": [article.pk]}]


def test_what_is_refused_comes_again_later_and_later_with_the_same_id_and_body(cast: Cast) -> None:
    with receiver(lambda count: 200 if count == 3 else 503, "سرور خسته است".encode()) as (server, received):
        delivery = send_ping(hooked(cast, server))
        for attempt, wait in enumerate(WAITS[:2], start=1):
            before = timezone.now()
            work()
            delivery.refresh_from_db()
            assert (delivery.attempts, delivery.status_code, delivery.state) == (attempt, 503, DeliveryState.WAITING)
            assert delivery.error == "سرور خسته است"
            assert before + wait <= delivery.next_at <= timezone.now() + wait
            task = DBTaskResult.objects.get(status=TaskResultStatus.READY)
            assert task.run_after == delivery.next_at
            pass_time()
        work()
    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.state, delivery.error) == (3, DeliveryState.DELIVERED, "")
    assert len({headers["webhook-id"] for headers, _body in received}) == 1
    assert len({body for _headers, body in received}) == 1


def test_after_the_last_attempt_it_is_given_up_until_a_person_sends_it_again(cast: Cast) -> None:
    status = 500
    with receiver(lambda _count: status) as (server, received):
        delivery = send_ping(hooked(cast, server))
        for _attempt in range(len(WAITS) + 1):
            pass_time()
            work()
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts) == (DeliveryState.FAILED, len(WAITS) + 1)
        pass_time()
        work()
        assert len(received) == len(WAITS) + 1
        status = 204
        send_again(delivery)
        work()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.DELIVERED, 1)
    assert {headers["webhook-id"] for headers, _body in received} == {delivery.uid}


def test_an_address_that_leads_elsewhere_is_not_followed(cast: Cast) -> None:
    with receiver(lambda _count: 307) as (server, received):
        delivery = send_ping(hooked(cast, server))
        work()
    delivery.refresh_from_db()
    assert (delivery.status_code, delivery.state, len(received)) == (307, DeliveryState.WAITING, 1)


def test_a_receiver_that_is_gone_is_left_alone(cast: Cast) -> None:
    with receiver(lambda _count: 410) as (server, _received):
        delivery = send_ping(hooked(cast, server))
        work()
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.FAILED
    assert not Webhook.objects.get().active


def test_one_that_does_not_answer_costs_one_attempt_for_all_that_waits(cast: Cast) -> None:
    with receiver() as (server, _received):
        dead = hooked(cast, server)
    for _message in range(3):
        send_ping(dead)
    with receiver() as (server, received):
        send_ping(hooked(cast, server))
        work()
        assert len(received) == 1
    assert sorted(dead.deliveries.values_list("attempts", flat=True)) == [0, 0, 1]
    assert not dead.deliveries.filter(next_at__lte=timezone.now()).exists()
    failed = dead.deliveries.get(attempts=1)
    assert (failed.status_code, failed.filling["host"]) == (None, "127.0.0.1")


def test_private_addresses_are_refused_unless_the_site_means_its_own_network(cast: Cast, settings: Any) -> None:
    settings.WEBHOOK_PRIVATE_ADDRESSES = False
    hook = make_webhook(cast.project, url="http://localhost/hook", events=[], by=cast.manager)
    delivery = send_ping(hook)
    work()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.status_code) == (DeliveryState.WAITING, None)
    assert "private network" in delivery.error


@pytest.mark.parametrize("url", ["ftp://example.org/", "http://me:pw@example.org/", "example.org", "http://x:22/"])
def test_what_is_no_address_of_the_web_is_refused_at_once(cast: Cast, settings: Any, url: str) -> None:
    settings.WEBHOOK_PRIVATE_ADDRESSES = False
    with pytest.raises(Refused):
        make_webhook(cast.project, url=url, events=[], by=cast.manager)
    assert not Webhook.objects.exists()


def test_an_event_that_nothing_is_sent_for_is_refused(cast: Cast) -> None:
    with pytest.raises(EventUnknown):
        make_webhook(cast.project, url="http://example.org/", events=["set.eaten"], by=cast.manager)


def test_two_workers_send_a_message_once(cast: Cast) -> None:
    with receiver() as (server, received):
        hook = hooked(cast, server)
        for _message in range(6):
            send_ping(hook)
        together = threading.Barrier(2)

        def run() -> None:
            together.wait()
            try:
                deliveries.send_waiting.call(hook.pk)
            finally:
                connection.close()

        threads = [threading.Thread(target=run) for _worker in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(headers["webhook-id"] for headers, _body in received) == sorted(
        Delivery.objects.values_list("uid", flat=True)
    )


def test_what_a_dead_worker_has_taken_is_sent_by_the_next(cast: Cast) -> None:
    with receiver() as (server, received):
        delivery = send_ping(hooked(cast, server))
        DBTaskResult.objects.all().delete()
        Delivery.objects.update(attempts=1, next_at=timezone.now() - LEASE - timedelta(seconds=1))
        work()
        assert len(received) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.DELIVERED, 2)


def test_old_messages_are_forgotten_and_waiting_ones_are_not(cast: Cast) -> None:
    hook = make_webhook(cast.project, url="http://example.org/", events=[], by=cast.manager)
    old, waiting = send_ping(hook), send_ping(hook)
    Delivery.objects.filter(pk=old.pk).update(state="failed", ended_at=timezone.now() - timedelta(days=31))
    deliveries.tidy()
    assert list(Delivery.objects.all()) == [waiting]
